"""Compiles persons_compiled.tsv and holders_compiled.tsv, leaving out what persons.tsv and holders.tsv hold.

Usage: holders.py FACTBOOK_HEADS.csv WIKIDATA_HOLDERS.csv WORLD_DIR
"""

import csv
import pathlib
import re
import sys
import unicodedata

OFFICES = [
    (r"^(Acting |Interim |Transitional )?President$|^President of the Republic|^Federal President|^State President", "president"),
    (r"^(First )?Vice[- ]President( of the (Republic|United States))?$", "vice-president"),
    (r"^(King|Queen|Emir|Amir|Sultan|Grand Duke|Emperor|Prince)$|^Monarch", "monarch"),
    (r"^Supreme Leader", "supreme-leader"),
    (r"^(Acting |Interim |Caretaker )?(Prime Minister|Premier|Chancellor|Federal Chancellor|Taoiseach|Chairman of the Council of Ministers)$|^President of the (Government|Council of Ministers)$", "prime-minister"),
    (r"^(First )?Deputy Prime Minister$|^Vice[- ]Premier$", "deputy-prime-minister"),
    (r"^(Minister|Secretary|Secretary of State|Federal Minister) (of|for) (Foreign Affairs|External Affairs|Foreign and European Affairs|Europe and Foreign Affairs|Foreign Relations)|^(Foreign Minister|Foreign Secretary|United States Secretary of State|Secretary of State)$|^Secretary of State for Foreign", "foreign-minister"),
    (r"^(Minister|Secretary|Secretary of State|Federal Minister) (of|for) (National )?(Defence|Defense)|^(Defence|Defense) (Minister|Secretary)$|^Minister of the Armed Forces|^Minister of Armies", "defence-minister"),
    (r"^Minister (of|for) (the )?(Interior|Internal Affairs)|^Interior Minister$|^Home Secretary|^Secretary of State for the Home Department", "interior-minister"),
    (r"^Minister (of|for) Finance$|^Finance Minister$|^Chancellor of the Exchequer|^Secretary of the Treasury", "finance-minister"),
    (r"^Chief of (the )?(General Staff|Defence Staff|Staff of the Armed Forces)$|^Chairman of the Joint Chiefs of Staff$|^Supreme Commander of the Swedish Armed Forces", "chief-of-staff"),
    (r"^Secretary of the (National )?Security (and Defense |and Defence )?Council|^Secretary of the Supreme National Security Council", "security-council-secretary"),
    (r"^National Security Advis[eo]r$", "national-security-adviser"),
    (r"^(Speaker|President|Chairman) of the (National Assembly|House of Representatives|Parliament|Riksdag|State Duma|Knesset|Sejm|Grand National Assembly|Verkhovna Rada)$|^Speaker of (the )?Parliament$", "speaker-of-parliament"),
    (r"^(Government Spokesperson|Spokesperson of the Government)$", "spokesperson-government"),
]
STATES = {
    "Q145": "GBR", "Q30": "USA", "Q408": "AUS", "Q29": "ESP", "Q142": "FRA", "Q20": "NOR", "Q17": "JPN", "Q668": "IND",
    "Q38": "ITA", "Q1049": "SDN", "Q16": "CAN", "Q34": "SWE", "Q159": "RUS", "Q212": "UKR", "Q865": "TWN", "Q184": "BLR",
    "Q843": "PAK", "Q884": "KOR", "Q801": "ISR", "Q36": "POL", "Q155": "BRA", "Q28": "HUN", "Q33": "FIN", "Q43": "TUR",
    "Q805": "YEM", "Q230": "GEO", "Q148": "CHN", "Q35": "DNK", "Q37": "LTU", "Q796": "IRQ", "Q851": "SAU", "Q232": "KAZ",
    "Q403": "SRB", "Q794": "IRN", "Q423": "PRK", "Q858": "SYR", "Q822": "LBN", "Q399": "ARM", "Q889": "AFG", "Q79": "EGY",
    "Q717": "VEN", "Q810": "JOR", "Q1016": "LBY", "Q115": "ETH", "Q227": "AZE", "Q878": "ARE", "Q874": "TKM",
}
# Whose head of state is another state's: dependencies, and the realms of the British crown.
HEADS_ELSEWHERE = set(
    "AIA ASM ATF BLM BMU CCK COK CUW CXR CYM FLK FRO GGY GIB GRL GUM IMN IOT JEY MAF MNP MSR "
    "NCL NFK NIU PCN PRI PYF SHN SPM SXM TCA VGB VIR WLF ABW SJM BVT TKL "
    "ATG AUS BHS BLZ CAN GRD JAM KNA LCA NZL PNG SLB TUV VCT".split()
)
EARLIEST = "2000"
WIKIDATA_AS_OF = "2022-07-28"
# Titles of the factbook before the name.
TITLES = [
    (r"(?:Interim |Acting |Transitional |Transition |Caretaker |De facto |Co-)*(?:State |Federal )?President(?:-elect)? (?:of the (?:Republic|Government|Swiss Confederation|Presidency|Transition)[^A-Z]* )?", "president"),
    (r"(?:First |Second |Executive )*Vice Presidents? ", "vice-president"),
    (r"(?:Interim |Acting |Transitional |Caretaker |Transition )*(?:Prime Minister|Premier|Chancellor|Federal Chancellor|Taoiseach \(Prime Minister\)|Head of Government|Prime Minister-designate) ", "prime-minister"),
    (r"(?:First |Second |Third )?Deputy (?:Prime Minister|Premier)s? ", "deputy-prime-minister"),
    (r"(?:King|Queen|Amir|Emir|Sultan|Grand Duke|Emperor|Prince|Sovereign) ", "monarch"),
    (r"Supreme Leader ", "supreme-leader"),
]


def ascii_fold(text):
    text = unicodedata.normalize("NFD", text.lower().replace("ł", "l").replace("ø", "o").replace("đ", "d").replace("ə", "e"))
    return "".join(c for c in text if not unicodedata.combining(c))


def slug(name):
    return re.sub(r"[^a-z0-9]+", "-", ascii_fold(name.replace("'", "").replace("’", ""))).strip("-")


def rough(word):
    """A surname in broad strokes, so that Rohani and Rouhani, Lavrov and Lawrow fall together."""
    word = re.sub(r"[^a-z]", "", ascii_fold(word))
    for old, new in (("kh", "h"), ("gh", "g"), ("ph", "f"), ("w", "v"), ("q", "k"), ("y", ""), ("j", ""), ("tz", "c"), ("ts", "c")):
        word = word.replace(old, new)
    word = re.sub(r"[aeiou]+", "a", word)
    return re.sub(r"(.)\1+", r"\1", word)


def person_name(text):
    """`Masoud PEZESHKIAN` → `Masoud Pezeshkian`, surname `Pezeshkian`; None where it is not one plain name."""
    text = re.sub(r"\s*[(\[;].*", "", text)
    text = re.sub(r",? (Jr\.?|Sr\.?|III|II|IV)$", "", text).strip(" ,")
    text = re.sub(r"\b(Gen\.|Col\.|Lt\.|Maj\.|Brig\.|Capt\.|Field Marshal|Marshal|Sheikh|Shaykh|Sayyid|Dr\.|Sir|Dame|Brigadier General|General|Major|Colonel|Ret\.|Vice Adm\.|Adm\.|Amir|Emir|King|Queen)\s+", "", text)
    words = text.split()
    surname = [w for w in words if len(re.sub(r"[^A-Za-zÀ-ž]", "", w)) > 1 and re.sub(r"^(al-|el-|Al-|El-|bin|d')", "", w).isupper() or re.fullmatch(r"(Al-|al-|el-|El-)?[A-Z'’\-]{2,}", w)]
    if not surname or len(words) > 7 or "," in text or any(not re.fullmatch(r"[A-Za-zÀ-ž.'’\-`]+", w) for w in words):
        return None

    def lower(word):
        return "-".join(part if part in ("al", "el", "bin") else part[:1] + part[1:].lower() if part.isupper() and len(part) > 1 else part for part in word.split("-"))

    if not words[0][:1].isupper():
        return None
    name = " ".join(lower(w) if w in surname else w for w in words)
    family_first = words[0] in surname and words[-1] not in surname
    return name, " ".join(lower(w) for w in surname), family_first


def short(name, surname):
    """Leaves out the patronymic and middle names: first word and surname."""
    words = name.split()
    if name.startswith(surname) or len(words) <= 2:
        return name
    return f"{words[0]} {surname}"


def main(heads, holders, world):
    world = pathlib.Path(world)
    known = {}

    def rows(path):
        lines = path.read_text().splitlines()
        columns = next(l for l in lines if l.startswith("# columns:")).removeprefix("# columns: ").split("\t")
        return [dict(zip(columns, l.split("\t") + [""] * len(columns))) for l in lines if l and not l.startswith("#")]

    persons, taken = [], set()
    by_name = {}
    for row in rows(world / "persons.tsv"):
        taken.add(row["id"])
        for name in [row["name"], *row["other"].split("|")]:
            words = name.split()
            if len(words) > 1:
                by_name.setdefault((row["country"], rough(words[-1]), rough(words[0])[:1]), row["id"])
                by_name.setdefault((row["country"], rough("".join(words)), ""), row["id"])
    hand = {}
    for row in rows(world / "holders.tsv"):
        hand.setdefault((row["office"], row["of"]), []).append((row["start"], row["end"] or "9999", row["person"]))
    tenures = {}

    def person(name, surname, country, wikidata=""):
        words = name.split()
        keys = [(country, rough("".join(words)), ""), (country, rough(surname.split()[-1]), rough(words[0])[:1])]
        for key in keys:
            if key in by_name:
                return by_name[key]
        identifier = f"person:{slug(name)}"
        if identifier in taken:
            identifier += "-" + country.lower()
            if identifier in taken:
                return identifier
        taken.add(identifier)
        for key in keys:
            by_name[key] = identifier
        persons.append((identifier, name, "person", country, "GOV", wikidata, "", ""))
        return identifier

    def add(identifier, office, of, start, end, as_of):
        for other_start, other_end, who in hand.get((office, of), []):
            # Ours knows better wherever it speaks of the same time.
            if start[:7] <= other_end[:7] and other_start[:7] <= (end or "9999")[:7] and (who == identifier or start[:7] < other_end[:7]):
                overlap_end = min(end or "9999", other_end)
                if who == identifier or overlap_end[:7] > max(start, other_start)[:7]:
                    return
        key = (identifier, office, of)
        for index, (s, e, a) in enumerate(tenures.get(key, [])):
            if start[:4] <= (e or "9999")[:4] and s[:4] <= (end or "9999")[:4]:
                tenures[key][index] = (min(s, start), e if a > as_of else end, max(a, as_of))
                return
        tenures.setdefault(key, []).append((start, end, as_of))

    for row in csv.DictReader(open(holders)):
        of = STATES.get(row["state_qid"])
        office = next((office for pattern, office in OFFICES if re.search(pattern, row["position"])), None)
        if of is None or office is None or not row["start"] or re.search(r"[^\w\s.'’\-,()]", row["person"]) or re.fullmatch(r"Q\d+", row["person"]):
            continue
        if office == "foreign-minister" and row["position"] == "Secretary of State" and of != "USA":
            continue
        end = row["end"]
        if (end or "9999")[:4] < EARLIEST or (not end and row["start"] < "2010" and office not in ("monarch", "supreme-leader")):
            continue
        if end and end < row["start"]:
            continue
        name = re.sub(r"\s*\(.*\)|,.*", "", row["person"])
        if len(name.split()) < 2 and office != "monarch":
            continue
        add(person(name, name.split()[-1], of, row["person_qid"]), office, of, row["start"], end, WIKIDATA_AS_OF)
    current = {}
    for row in csv.DictReader(open(heads)):
        text, of = row["title_and_name"], {"XKX": "KOS"}.get(row["iso3"], row["iso3"])
        if not re.fullmatch(r"\d{4}(-\d\d){0,2}", row["start"]) or row["start"] < "1970" or "elect " in text:
            continue
        for pattern, office in TITLES:
            match = re.match(pattern, text)
            if match:
                break
        else:
            continue
        if of in HEADS_ELSEWHERE and office in ("president", "vice-president", "monarch"):
            continue
        parsed = person_name(text[match.end():])
        if parsed is None:
            continue
        name, surname, family_first = parsed
        if office == "president" and row["slot"] == "head of government" and re.match(r"President of the Government", text):
            office = "prime-minister"
        identifier = person(name if family_first or office == "monarch" else short(name, surname), surname if not family_first else name.split()[-1], of)
        seen = current.setdefault((identifier, office, of, row["start"][:4]), [row["start"], row["seen_to"]])
        seen[0] = min(seen[0], row["start"])
        seen[1] = max(seen[1], row["seen_to"])
    latest = max(seen for _, seen in current.values())
    for (identifier, office, of, _), (start, seen) in sorted(current.items()):
        if seen == latest:
            add(identifier, office, of, start, "", seen)
            continue
        # The end is when the next one took over, where that is one person and soon enough to be sure.
        nexts = sorted(s for (other, o, state, _), (s, e) in current.items() if o == office and state == of and s > start and e > seen)
        soon = nexts and nexts[0] >= seen[:7] and int(nexts[0][:4]) * 12 + int(nexts[0][5:7] or 1) <= int(seen[:4]) * 12 + int(seen[5:7]) + 13
        if soon and office != "vice-president" and office != "deputy-prime-minister":
            add(identifier, office, of, start, nexts[0], seen)
        else:
            add(identifier, office, of, start, "", seen)
    lines = []
    used = set()
    for (identifier, office, of), spans in tenures.items():
        for start, end, as_of in spans:
            if end and end < start:
                continue
            used.add(identifier)
            lines.append("\t".join((identifier, office, of, start, end, as_of)))
    with open(world / "persons_compiled.tsv", "w") as out:
        out.write("# Heads of state and government and ministers beyond persons.tsv. From the World Factbook (public domain, to January\n"
                  "# 2026) and Wikidata (CC0, as of 2022-07-28).\n# columns: id\tname\tkind\tcountry\tsector\twikidata\tas_of\tother\n")
        for row in sorted(persons):
            if row[0] in used:
                out.write("\t".join(row).rstrip("\t") + "\n")
    with open(world / "holders_compiled.tsv", "w") as out:
        out.write("# As holders.tsv. From the World Factbook (public domain, to January 2026) and Wikidata (CC0, as of 2022-07-28).\n"
                  "# columns: person\toffice\tof\tstart\tend\tas_of\n" + "\n".join(sorted(lines)) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
