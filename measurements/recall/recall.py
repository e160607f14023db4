#!/usr/bin/env python3
"""Measures how much of what a report tells is found: recall, on reports that nobody had tuned anything to.

    recall.py documents LANGUAGE BULK > documents.jsonl     the documents of LANGUAGE.tsv: news of the bulk, or our own reports
    chancery read --json documents.jsonl > coded.jsonl
    recall.py score LANGUAGE coded.jsonl                    recall and precision
    recall.py score LANGUAGE coded.jsonl --missing          and what is missed: document, bytes, type, sides

A row of LANGUAGE.tsv is an act that an expert reads: the document, where the words that tell it begin and end (bytes), the
type and others that would do as well, the countries of both sides (- where the text names nobody of a country), the
status, and `must` or `may`. An act is located where an event's evidence overlaps these words by half of the shorter of the two and is of such a
type; it is found whole where a country of each side agrees. Countries alone are compared, so that a wrong office of the right
state counts as right.
"""
import gzip
import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
# Where news lies in the bulk; languages that are not here have reports of our own.
POOLS = {
    "en": "permissive/wikinews_en.jsonl.gz",
    "sv": "permissive/regeringen_sv.jsonl.gz",
    "ru": "local_only/moldova_ru_ro.jsonl.gz",
    "de": "../gold/quotes/quotes.wikinews-de.jsonl",
    "fr": "local_only/masakhanews.jsonl.gz",
}
MUTUAL = {"AGREE", "CONSULT", "COOPERATE", "SUPPORT"}


def keys(language):
    lines = (HERE / f"{language}.tsv").read_text(encoding="utf8").splitlines()
    columns = lines[0].split("\t")
    return [dict(zip(columns, line.split("\t"))) for line in lines[1:]]


def documents(language, bulk):
    wanted = list(dict.fromkeys(key["document"] for key in keys(language)))
    if language not in POOLS:
        for name in wanted:
            day, _, text = (HERE / "reports" / f"{name}.txt").read_text(encoding="utf8").partition("\n")
            print(json.dumps({"id": name, "lang": language, "date": day, "text": text.strip()}, ensure_ascii=False))
        return
    pool = Path(bulk) / POOLS[language]
    known = {}
    with (gzip.open if pool.suffix == ".gz" else open)(pool, "rt", encoding="utf8") as lines:
        for line in lines:
            record = json.loads(line)
            known[record["id"]] = record
    for name in wanted:
        record = {key: known[name].get(key) for key in ("id", "lang", "date", "title", "text", "url")}
        print(json.dumps({key: value for key, value in record.items() if value}, ensure_ascii=False))


def located(key, event):
    start, end = int(key["start"]), int(key["end"])
    shared = min(end, event["span"][1]) - max(start, event["span"][0])
    shorter = min(end - start, event["span"][1] - event["span"][0])
    return shared * 2 >= shorter and event["type"] in [key["type"], *key["or"].split(",")]


def agrees(wanted, side):
    if wanted == "-":
        return True
    return bool({party.get("country") for party in side} & set(wanted.split(",")))


def whole(key, event):
    source, recipient = event["source"], event["recipient"]
    if event["type"] in MUTUAL and not recipient:
        return agrees(key["source"], source) and agrees(key["recipient"], source)
    ways = [(source, recipient)] + ([(recipient, source)] if event["type"] in MUTUAL else [])
    return any(agrees(key["source"], one) and agrees(key["recipient"], other) for one, other in ways)


def score(language, coded, show):
    events = {}
    with open(coded, encoding="utf8") as lines:
        for line in lines:
            record = json.loads(line)
            events[record["doc"]] = record["events"]
    rows = keys(language)
    pairs = []
    for at, key in enumerate(rows):
        for place, event in enumerate(events.get(key["document"], [])):
            if located(key, event):
                pairs.append((not whole(key, event), key["must"] != "must", at, (key["document"], place)))
    found, taken = {}, set()
    for partly, _, at, event in sorted(pairs):
        if at not in found and event not in taken:
            found[at] = partly
            taken.add(event)
    must = [at for at, key in enumerate(rows) if key["must"] == "must"]
    hit, right = sum(at in found for at in must), sum(at in found and not found[at] for at in must)
    all_events = sum(map(len, events.values()))
    # A second event of one act is no error: it tells what a key tells.
    of_a_key = sum(
        any(located(key, event) for key in rows if key["document"] == name) for name in events for event in events[name]
    )
    print(
        f"{language}: of {len(must)} acts {hit} located ({hit / len(must):.2f}), {right} whole ({right / len(must):.2f}); "
        f"of {all_events} events {of_a_key} are of an act that the key has ({of_a_key / max(all_events, 1):.2f})"
    )
    for at in must if show else []:
        if found.get(at, True):
            key = rows[at]
            state = "sides" if at in found else "missed"
            print(f"  {state}\t{key['document']}\t{key['start']}-{key['end']}\t{key['type']}\t{key['source']} > {key['recipient']}")


if __name__ == "__main__":
    command, language, file, *options = sys.argv[1:]
    if command == "documents":
        documents(language, file)
    else:
        score(language, file, "--missing" in options)
