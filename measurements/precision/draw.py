#!/usr/bin/env python3
"""Draws random sentences of bulk news, and shows what is coded in them, for judging by hand.

    draw.py documents LANGUAGE SEED BULK > documents.jsonl     the documents that hold the sample
    chancery read --json documents.jsonl > coded.jsonl
    draw.py codings LANGUAGE SEED BULK coded.jsonl             each sentence with its codings, to read
    draw.py codings LANGUAGE SEED BULK coded.jsonl --tsv       the same as rows to judge, without the sentences
    draw.py trained LANGUAGE BULK > documents.jsonl            the documents of measurements/judged

Documents of measurements/judged, by whose codings confidence is fitted, are left out of every draw later than those of UNTOUCHED.

Three sentences are drawn of each of 300 documents, 900 in all. Documents and sentences are ordered by a hash of the seed and
their names (seeds are 1, 2, 3 …; no document is drawn by two), so that the draw is the same everywhere and does not hang on how Chancery splits sentences.
"""
import gzip
import hashlib
import json
import re
import sys
from pathlib import Path

DOCUMENTS = 300
SENTENCES_EACH = 3
# The news of each language in the bulk, and the language that its records must state.
POOLS = {
    "en": ["permissive/wikinews_en.jsonl.gz", "local_only/masakhanews.jsonl.gz"],
    "sv": ["permissive/regeringen_sv.jsonl.gz"],
    "ru": ["local_only/moldova_ru_ro.jsonl.gz"],
    "de": ["local_only/10kgnad_test_de.jsonl.gz"],
    "fr": ["local_only/masakhanews.jsonl.gz"],
}
# English news of measurements/judged alone: of many publishers, whose records state no language, of the news that translators
# were given (without bounds of documents: so many lines are taken for one), and of sets whose toponyms are marked.
OTHER_NEWS = "local_only/fundus_gold_text.jsonl.gz"
LINES_OF_NEWS = "local_only/newstest2021_sources.jsonl.gz"
LINES_EACH, DAY_OF_LINES = 25, "2020-08-01"
OF_PLACES = ["../gold/places/geowebnews.jsonl", "../gold/places/trnews.jsonl"]
# The last draw of each language that was laid by before the documents of measurements/judged were; none of it is among those.
UNTOUCHED = {"en": 8, "sv": 5, "ru": 5, "de": 0, "fr": 0}
# A sentence ends at a line's end, or at a full stop, with quotes or brackets behind it, before a capital.
END = re.compile(r"\n+|(?<=[.!?…])[\"'”’»)]*\s+(?=[\"'“‘«(–—-]*\s?[A-ZÅÄÖÉА-ЯЁ0-9])")
SHORTEST = 30


def order(seed, *names):
    return hashlib.sha256("\0".join([seed, *names]).encode()).hexdigest()


def records(language, bulk, pools=None):
    for pool in pools or POOLS[language]:
        with (gzip.open if pool.endswith(".gz") else open)(Path(bulk) / pool, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                if record.get("lang") in (language, None) and record.get("text"):
                    yield record


def sentences(text):
    """The sentences of a text as (start, end) in UTF-8 bytes."""
    start, found = 0, []
    for end in [match for match in END.finditer(text)] + [None]:
        stop = end.start() if end else len(text)
        if len(text[start:stop].strip()) >= SHORTEST:
            found.append((len(text[:start].encode()), len(text[:stop].encode())))
        start = end.end() if end else stop
    return found


def draw(language, seed, bulk):
    """Returns 300 records, each with the spans of the sentences drawn of it; none that a lower seed draws, or, where no
    record is left, no sentence."""
    pool, drawn, shown = list(records(language, bulk)), set(), {}
    for number in range(1, int(seed) + 1):
        if number == UNTOUCHED[language] + 1:
            trained = judged_for_training(language)
            pool = [record for record in pool if record["id"] not in trained]
        seed, sample = str(number), []
        for record in sorted(pool, key=lambda record: order(seed, record["id"])):
            spans = sentences(record["text"]) if len(sample) < DOCUMENTS and record["id"] not in drawn else []
            if spans:
                spans.sort(key=lambda span: order(seed, record["id"], str(span[0])))
                sample.append((record, sorted(spans[:SENTENCES_EACH])))
        if not sample:
            # No document is left: other sentences of those that were drawn.
            for record in sorted(pool, key=lambda record: order(seed, record["id"])):
                spans = [span for span in sentences(record["text"]) if span not in shown.get(record["id"], ())]
                if len(sample) < DOCUMENTS and spans:
                    spans.sort(key=lambda span: order(seed, record["id"], str(span[0])))
                    sample.append((record, sorted(spans[:SENTENCES_EACH])))
        drawn.update(record["id"] for record, _ in sample)
        for record, spans in sample:
            shown.setdefault(record["id"], set()).update(spans)
    return sample


def judged_for_training(language):
    tables = Path(__file__).parent.parent.joinpath("judged").glob(f"{language}.*tsv")
    return {row.split("\t")[0] for table in tables for row in table.read_text(encoding="utf-8").splitlines()[1:]}


def other_news(language, bulk):
    """Records that measurements/judged holds beside those of the pools."""
    if language != "en":
        return
    yield from records(language, bulk, [OTHER_NEWS])
    seen = set()
    for record in records(language, bulk, [LINES_OF_NEWS]):
        lines = list(dict.fromkeys(line for line in record["text"].split("\n") if line.strip() and line not in seen))
        seen.update(lines)
        for start in range(0, len(lines), LINES_EACH):
            text = "\n".join(lines[start:start + LINES_EACH])
            yield {"id": f"{record['id']}#{start}", "text": text, "date": DAY_OF_LINES}
    for record in records(language, bulk, OF_PLACES):
        day = re.search(r"(20\d\d)/(\d\d)/(\d\d)", record.get("url") or "")
        yield {"id": record["id"], "text": record["text"], "date": "-".join(day.groups()) if day else None}


def parties(side):
    return ", ".join(f"{party['name']} ({party['country']})" for party in side) or "-"


def main():
    if sys.argv[1] == "trained":
        _, language, bulk = sys.argv[1:]
        trained = judged_for_training(language)
        for record in [*records(language, bulk), *other_news(language, bulk)]:
            if record["id"] in trained:
                print(json.dumps({**record, "lang": language}, ensure_ascii=False))
        return
    command, language, seed, bulk, *rest = sys.argv[1:]
    sample = draw(language, seed, bulk)
    if command == "documents":
        for record, _ in sample:
            print(json.dumps(record, ensure_ascii=False))
        return
    with open(rest[0], encoding="utf-8") as lines:
        coded = {document["doc"]: document for document in map(json.loads, lines)}
    for record, start, end in [(record, *span) for record, spans in sample for span in spans]:
        events = [
            event
            for event in coded.get(record["id"], {}).get("events", [])
            if start <= event["predicate"][0] < end
        ]
        if "--tsv" in rest:
            for event in events:
                kind = event["type"] + (f".{event['mode']}" if event.get("mode") else "")
                print(record["id"], start, event["predicate"][0], kind, event["rule"], sep="\t")
            continue
        sentence = record["text"].encode()[start:end].decode()
        if not events:
            continue
        print(f"## {record['id']} @{start} [{record.get('date')}] {record.get('title')}\n{sentence.strip()}")
        for event in events:
            kind = event["type"] + (f".{event['mode']}" if event.get("mode") else "")
            word = record["text"].encode()[slice(*event["predicate"])].decode()
            date = (event.get("date") or {}).get("value")
            print(
                f"   {event['predicate'][0]} {kind} `{word}` {parties(event['source'])} > {parties(event['recipient'])}"
                f" | {event['status']} by {event['attribution']} | {date} | {event['rule']}"
            )


if __name__ == "__main__":
    main()
