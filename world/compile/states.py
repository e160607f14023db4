"""Compiles states.tsv and names/compiled/*.tsv.

Usage: states.py FACTBOOK_STATES.csv GEONAMES_COUNTRIES.json GEONAMES_CITIES.json HOLDERS.csv WORLD_DIR

Names in other languages come from the Unicode CLDR as the package Babel holds it.
"""

import csv
import json
import pathlib
import re
import sys

from babel import Locale

LANGUAGES = "en sv ru uk fr es de tr fa ar he zh".split()
CODES = {"XKX": "KOS"}
ENGLISH = {
    "COD": "Democratic Republic of the Congo", "COG": "Republic of the Congo", "MMR": "Myanmar",
    "HKG": "Hong Kong", "MAC": "Macau", "PSE": "Palestine", "CIV": "Ivory Coast", "TUR": "Turkey",
    "CZE": "Czech Republic", "BIH": "Bosnia and Herzegovina", "VAT": "Vatican", "TLS": "Timor-Leste",
    "LCA": "Saint Lucia", "KNA": "Saint Kitts and Nevis", "VCT": "Saint Vincent and the Grenadines",
    "STP": "São Tomé and Príncipe", "ATG": "Antigua and Barbuda", "TTO": "Trinidad and Tobago",
    "FLK": "Falkland Islands", "KOS": "Kosovo", "SWZ": "Eswatini", "CPV": "Cape Verde",
}
WIKIDATA = {
    code: f"Q{number}" for code, number in (pair.split(":") for pair in """
    CAN:16 JPN:17 NOR:20 IRL:27 HUN:28 ESP:29 USA:30 BEL:31 LUX:32 FIN:33 SWE:34 DNK:35 POL:36 LTU:37 ITA:38
    CHE:39 AUT:40 GRC:41 TUR:43 PRT:45 NLD:55 URY:77 EGY:79 MEX:96 KEN:114 ETH:115 GHA:117 FRA:142 GBR:145
    CHN:148 BRA:155 RUS:159 DEU:183 BLR:184 ISL:189 EST:191 LVA:211 UKR:212 CZE:213 SVK:214 SVN:215 MDA:217
    ROU:218 BGR:219 MKD:221 ALB:222 HRV:224 BIH:225 AZE:227 AND:228 CYP:229 GEO:230 KAZ:232 MLT:233 MCO:235
    MNE:236 VAT:237 SMR:238 CUB:241 BLZ:242 BRB:244 IDN:252 ZAF:258 DZA:262 UZB:265 CHL:298 SGP:334 LIE:347
    BHR:398 ARM:399 SRB:403 AUS:408 ARG:414 PER:419 PRK:423 KHM:424 TLS:574 TCD:657 NZL:664 IND:668 TUV:672
    TON:678 WSM:683 SLB:685 VUT:686 PNG:691 PLW:695 NRU:697 FSM:702 MHL:709 KIR:710 MNG:711 FJI:712 VEN:717
    SUR:730 PRY:733 GUY:734 ECU:736 COL:739 BOL:750 TTO:754 VCT:757 LCA:760 KNA:763 JAM:766 GRD:769 GTM:774
    BHS:778 ATG:781 HND:783 DMA:784 DOM:786 HTI:790 SLV:792 IRN:794 IRQ:796 CRI:800 ISR:801 PAN:804 YEM:805
    JOR:810 NIC:811 KGZ:813 KWT:817 LAO:819 LBN:822 MDV:826 MYS:833 MMR:836 NPL:837 OMN:842 PAK:843 QAT:846
    SAU:851 LKA:854 SYR:858 TJK:863 TWN:865 THA:869 TKM:874 ARE:878 VNM:881 KOR:884 AFG:889 BGD:902 MLI:912
    AGO:916 BTN:917 BRN:921 TZA:924 PHL:928 CAF:929 TGO:945 TUN:948 ZMB:953 ZWE:954 SSD:958 BEN:962 BWA:963
    BFA:965 BDI:967 COM:970 COG:971 COD:974 DJI:977 GNQ:983 ERI:986 GAB:1000 GMB:1005 GIN:1006 GNB:1007
    CIV:1008 CMR:1009 CPV:1011 LSO:1013 LBR:1014 LBY:1016 MDG:1019 MWI:1020 MRT:1025 MUS:1027 MAR:1028
    MOZ:1029 NAM:1030 NER:1032 NGA:1033 UGA:1036 RWA:1037 STP:1039 SEN:1041 SYC:1042 SLE:1044 SOM:1045
    SDN:1049 SWZ:1050 KOS:1246 PSE:219060 HKG:8646 MAC:14773 GRL:223 FRO:4628 PRI:1183 ESH:6250 NCL:33788
    EUR:458 UNO:1065""".split())
}
# Words too common to stand for a state by themselves, and names that are somebody's first name.
LEFT_OUT = {
    "ar": {"مالي", "عمّان"},
    "fa": {"چک", "امان", "عَمان"},
    "fr": {"Maurice", "Saint-Martin"},
    "he": {"מלי"},
    "ru": {"Виргинские о-ва"},
}


def cyrillic(name, language):
    """A name in every case of Russian or Ukrainian, so far as plain rules go."""
    if " " in name or len(name) < 3:
        return [name]
    vowels = "аеиоуыэюяіїє"
    last, stem = name[-1], name[:-1]
    if language == "ru":
        if name.endswith("ия"):
            endings = ["я", "и", "ю", "ей"]
        elif last == "а":
            endings = ["а", "и" if stem[-1] in "гкхжчшщ" else "ы", "е", "у", "ой"]
        elif last == "я":
            endings = ["я", "и", "е", "ю", "ей"]
        elif last == "й":
            endings = ["й", "я", "ю", "ем", "е"]
        elif last == "ь":
            endings = ["ь", "я", "ю", "ем", "е", "и", "ью"]
        elif last in "ы":
            endings = ["ы", "", "ам", "ами", "ах"]
        elif last in vowels:
            return [name]
        else:
            stem, endings = name, ["", "а", "у", "ом", "ем" if last in "жчшщц" else "е", "е"]
    else:
        if name.endswith(("ія", "ея")):
            endings = ["я", "ї", "ю", "єю"]
        elif last == "а" and (stem[-1] in "жчшщ" or name.endswith("джа")):
            endings = ["а", "і", "у", "ею"]
        elif last == "а" and stem[-1] in "кгґх":
            # Мексиці, Празі: before `і` these letters are others.
            softened = stem[:-1] + {"к": "ц", "г": "з", "ґ": "з", "х": "с"}[stem[-1]] + "і"
            return [name, stem + "и", softened, stem + "у", stem + "ою"]
        elif last == "а":
            endings = ["а", "и", "і", "у", "ою"]
        elif last == "я":
            endings = ["я", "і", "ю", "ею"]
        elif last == "й":
            endings = ["й", "ю", "єм", "ї", "я"]
        elif last == "ь":
            endings = ["ь", "ю", "я", "ем", "і"]
        elif last in vowels:
            return [name]
        else:
            stem, endings = name, ["", "у", "а", "ом", "ові", "і"]
    return list(dict.fromkeys(stem + ending for ending in endings))


def plain(name):
    """Parts a name of the CLDR: `Myanmar (Burma)` is two."""
    name = name.replace("\u00a0", " ").strip()
    match = re.fullmatch(r"(.+?)\s*[(（](.+)[)）]", name)
    return [match[1]] if match else [name]


def main(factbook, countries, cities, holders, world):
    world = pathlib.Path(world)
    geonames = {country["iso3"]: country for country in json.load(open(countries)).values()}
    by_code = {}
    for row in csv.DictReader(open(factbook)):
        by_code[CODES.get(row["iso3"], row["iso3"])] = row
    english = Locale("en").territories
    cities = json.load(open(cities))
    capital_ids = {}
    for city in cities.values():
        country = city["countrycode"]
        key = (country, city["name"].lower())
        if key not in capital_ids or city["population"] > capital_ids[key][1]:
            capital_ids[key] = (city["geonameid"], city["population"])
    rows, two = [], {}
    for iso3 in sorted(set(geonames) | set(by_code)):
        country = geonames.get({"KOS": "XKX"}.get(iso3, iso3)) or geonames.get(iso3)
        code = CODES.get(iso3, iso3)
        if country is None or code in {"ANT", "SCG", "XKX"} or code in two:
            continue
        two[code] = country["iso"]
        name = ENGLISH.get(code) or plain(english.get(country["iso"], country["name"]))[0].replace("’", "'")
        name = name.replace("St. ", "Saint ")
        capital = capital_ids.get((country["iso"], country["capital"].lower()), ("", 0))[0]
        rows.append((code, name, "state", code, "", WIKIDATA.get(code, ""), country["geonameid"], capital))
    rows.append(("EUR", "European Union", "alliance", "EUR", "", "Q458", "", ""))
    rows.append(("UNO", "United Nations", "organisation", "UNO", "", "Q1065", "", ""))
    with open(world / "states.tsv", "w") as out:
        out.write("# States, dependencies and unions of states. Codes: ISO 3166-1 and PLOVER; English names: Unicode CLDR\n"
                  "# (Unicode licence) and own; GeoNames ids: GeoNames (CC BY 4.0); Wikidata ids: Wikidata (CC0).\n"
                  "# columns: id\tname\tkind\tcountry\tsector\twikidata\tgeonameid\tcapital\n")
        for row in rows:
            out.write("\t".join(map(str, row)).rstrip("\t") + "\n")
    zones = {}
    for code, iso2 in two.items():
        capital = by_code.get(code, {}).get("capital", "") if code in by_code else ""
        zones[code] = capital
    (world / "names/compiled").mkdir(exist_ok=True)
    from babel.core import get_global
    territory_zones = get_global("territory_zones")
    for language in LANGUAGES:
        locales = [Locale(language)] + ([Locale.parse("zh_Hant")] if language == "zh" else [])
        lines = []
        for code, name, *_ in rows:
            iso2 = two.get(code)
            if iso2 is None:
                continue
            forms = []
            if language == "en":
                forms.append(name)
            for locale in locales:
                forms += plain(locale.territories.get(iso2, ""))
            if code in {"PSE", "HKG", "MAC", "COD", "COG", "GBR", "USA", "VAT", "UMI"} and language in {"ru", "uk", "he", "ar", "fa"}:
                forms = forms[:1] if code in {"GBR", "USA", "VAT"} else []
            if code in {"PSE", "HKG", "MAC", "COD", "COG"}:
                forms = [name] if language == "en" else []
            forms = [form.replace("’", "'").replace("ʼ", "'") for form in forms if form]
            forms = [form for form in forms if form not in LEFT_OUT.get(language, ())]
            if language in {"ru", "uk"}:
                forms = [case for form in forms for case in cyrillic(form, language)]
            capitals = []
            geo = geonames.get({"KOS": "XKX"}.get(code, code), {}).get("capital", "").lower()
            for zone in territory_zones.get(iso2, []):
                city = zone.split("/")[-1].replace("_", " ")
                if city.lower() != geo and (city, geo) not in {("Kiev", "kyiv")}:
                    continue
                for locale in locales:
                    exemplar = locale.time_zones.get(zone, {}).get("city") or (city if language in {"sv", "de", "fr", "es", "tr", "en"} else None)
                    if exemplar:
                        capitals.append(exemplar.replace("’", "'").replace("ʼ", "'"))
            capitals = [c for c in dict.fromkeys(capitals) if c not in forms and c not in LEFT_OUT.get(language, ())]
            if language in {"ru", "uk"}:
                capitals = [case for form in capitals for case in cyrillic(form, language)]
            forms = list(dict.fromkeys(forms))
            if forms or capitals:
                lines.append("\t".join((code, "|".join(forms), "|".join(capitals))).rstrip("\t"))
        with open(world / f"names/compiled/{language}.tsv", "w") as out:
            out.write("# Plain names of states, and capitals. From the Unicode CLDR (Unicode licence v3).\n# columns: id\tname\tcapital\n")
            out.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
