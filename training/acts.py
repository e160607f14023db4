"""Learns to read off a word's vector how much it looks like an act of each type of PLOVER, and writes models/acts.bin.

    cargo build --release && cargo build --release -p chancery-parse --example vectors
    python3 acts.py --vectors target/release/examples/vectors --program target/release/chancery \\
        --gold DIR --bulk DIR --draws measurements/precision --out models/acts.bin

The encoder stays as it is: for each exit a linear map is learnt, over the word's vector and the mean of its sentence's.
It learns from
  * sentences of gold sets whose types are known, though not the words that tell of them: of a type that a sentence holds,
    some word must speak (noisy or); of one that it does not hold, none;
  * random news as the frames code it, which counts little.
Sets that the table of scores measures are left out, and with them every sentence that stands in them, but for two that
list some events of a sentence only (zsp_plv, case21_acled). The codings of random news that a person judged are left out
too, with their documents: `cargo xtask calibrate` weighs the odds by them. How well the odds tell those that are right from
those that are wrong is printed (area under the curve, and the share that is right in each fifth by odds).
"""

import argparse
import collections
import gzip
import hashlib
import json
import pathlib
import subprocess

import numpy as np
import torch
from torch.nn.functional import logsigmoid

import container

TYPES = ["AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
         "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"]
QUADS = {1: TYPES[:4], 2: TYPES[4:7], 3: TYPES[7:11], 4: TYPES[11:]}
TRAINED = ["es_brat", "es_protest", "india_police", "conflibert_quad", "ar_actors", "petr2_gsr", "zsp_plv", "case21_acled"]
MEASURED = ["plover_gsr", "cameo_conflibert", "es_fight", "es_protest_actors", "ar_events"]
# News without gold, and how many words of each language are taken.
NEWS = [("permissive/wikinews_en.jsonl.gz", "en", 80_000), ("local_only/masakhanews.jsonl.gz", "en", 40_000),
        ("local_only/masakhanews.jsonl.gz", "fr", 40_000), ("local_only/10kgnad_test_de.jsonl.gz", "de", 40_000),
        ("local_only/moldova_ru_ro.jsonl.gz", "ru", 40_000), ("permissive/regeringen_sv.jsonl.gz", "sv", 40_000)]
# Words that can tell of an act: places in the list of parts of speech that the program keeps.
ADJECTIVE, NOUN, VERB = 0, 7, 15
WIDTH, ROUNDS, BATCH = 384, 8, 64
# What a word that the frames code counts, and one that they do not, beside a sentence of gold.
FRAMES, SILENCE = 0.3, 0.0125
# Acts are rare: the odds begin here.
START = -4.0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ["vectors", "program", "gold", "bulk", "draws", "out"]:
        parser.add_argument(f"--{name}", required=True, type=pathlib.Path)
    options = parser.parse_args()
    torch.manual_seed(1)
    judged = of_draws(options.draws, options.bulk)
    samples = of_gold(options.gold) + of_news(options.bulk, options.program, documents_judged(options.draws))
    labels = "\n".join(TYPES).encode()
    entries = [("labels.acts", container.TEXT, [len(labels)], labels)]
    for tier in ["balanced", "fast"]:
        read_vectors(samples + judged, options.vectors, tier)
        weights, bias = fitted([sample for sample in samples if len(sample.x)])
        measure(judged, weights, bias, tier)
        entries.append((f"{tier}.weights", container.FLOAT16, weights.shape, weights.astype("<f2").tobytes()))
        entries.append((f"{tier}.bias", container.FLOAT32, bias.shape, bias.astype("<f4").tobytes()))
    container.write(options.out, entries)


# ------------------------------------------------------------------------------------------ what is learnt from


class Sample:
    """A text with what is known of it. `some` are types (or several, of which one holds) that some word tells of, `none`
    types that no word does; `coded` are (byte, type) by frames; `judged` are (byte, type, whether it is right)."""

    def __init__(self, text, language, some=(), none=(), coded=None, judged=(), document=None):
        self.text, self.language, self.document = text, language, document
        self.some, self.none, self.coded, self.judged = some, none, coded, judged


def start_of(text):
    """By which a sentence is known again in another set."""
    return text.strip().lower()[:60]


def of_gold(folder):
    def records(name):
        return [json.loads(line) for line in open(folder / f"{name}.jsonl", encoding="utf-8")]
    measured = {start_of(record["text"]) for name in MEASURED for record in records(name)}
    return [of_record(name, record) for name in TRAINED for record in records(name)
            if start_of(record["text"]) not in measured]


def of_record(name, record):
    places = lambda types: tuple(sorted(TYPES.index(each) for each in types))
    gold = record["gold"]
    quads = [event["quad"] for event in gold if event.get("quad") is not None and not event.get("event")]
    typed = [places({event["event"], *(event.get("alt") or [])}) for event in gold if event.get("event")]
    if quads:
        some = [places(QUADS[quad]) for quad in quads if quad]
        none = () if some else range(len(TYPES))
    else:
        some = typed
        lists_all = not record.get("partial") or (name == "case21_acled" and not gold)
        judged = set(record.get("scope") or TYPES) - set(record.get("ignore") or [])
        none = sorted(set(places(judged)) - {each for types in typed for each in types}) if lists_all else ()
    return Sample(record["text"], record["lang"], some, none)


def of_draws(folder, bulk):
    """The paragraphs of judged codings. The act is right where only a side, a mode or the status is wrong."""
    samples = []
    for table in sorted(folder.glob("*.tsv")):
        language, seed = table.stem.split(".")
        drawn = subprocess.run(["python3", folder / "draw.py", "documents", language, seed, bulk], check=True,
                               capture_output=True, text=True).stdout.splitlines()
        texts = {record["id"]: record["text"].encode() for record in map(json.loads, drawn)}
        paragraphs = collections.defaultdict(list)
        for row in table.read_text(encoding="utf-8").splitlines()[1:]:
            name, _, at, event, _, verdict = row.split("\t")[:6]
            if name in texts and at.isdigit():
                at = int(at)
                start = texts[name].rfind(b"\n", 0, at) + 1
                paragraphs[name, start].append((at - start, TYPES.index(event.split(".")[0]), verdict != "wrong"))
        for (name, start), words in paragraphs.items():
            text = texts[name][start:].split(b"\n", 1)[0].decode()
            samples.append(Sample(text, language, judged=words, document=name))
    return samples


def documents_judged(draws):
    """The documents of which a person judged something, in the draws or in the folder beside them: confidence is fitted by them."""
    tables = [*draws.glob("*.tsv"), *draws.parent.joinpath("judged").glob("*.tsv")]
    return {row.split("\t")[0] for table in tables for row in table.read_text(encoding="utf-8").splitlines()}


def drawn_news(bulk, left_out, share=1):
    """Records of random news: of each language a share of the words that NEWS names."""
    records = []
    for path, language, most in NEWS:
        most *= share
        with gzip.open(bulk / path, "rt", encoding="utf-8") as lines:
            pool = [record for record in map(json.loads, lines) if record.get("lang") == language and record["id"] not in left_out]
        pool.sort(key=lambda record: hashlib.md5(record["id"].encode()).hexdigest())
        for record in pool:
            words = len((record.get("text") or "").split())
            if 40 <= words <= 900 and most > 0:
                records.append({key: record.get(key) for key in ["id", "lang", "text", "date"]})
                most -= words
    return records


def of_news(bulk, program, left_out):
    records = drawn_news(bulk, left_out)
    lines = "".join(json.dumps(record) + "\n" for record in records)
    read = subprocess.run([program, "read", "--json", "-"], input=lines, check=False, capture_output=True, text=True)
    coded = {document["doc"]: document["events"] for document in map(json.loads, read.stdout.splitlines())}
    places = lambda events: [(event["predicate"][0], TYPES.index(event["type"])) for event in events]
    return [Sample(record["text"], record["lang"], coded=places(coded[record["id"]]))
            for record in records if record["id"] in coded]


def read_vectors(samples, program, tier):
    lines = "".join(json.dumps({"text": sample.text, "lang": sample.language}) + "\n" for sample in samples)
    data = subprocess.run([program, tier], input=lines.encode(), check=True, capture_output=True).stdout
    at = 0
    for sample in samples:
        count = int(np.frombuffer(data, "<u4", 1, at)[0])
        rows = np.frombuffer(data, np.dtype([("word", "<u4", 4), ("vector", "<f4", WIDTH)]), count, at + 4)
        at += 4 + count * (16 + 4 * WIDTH)
        sentence, start, _, upos = rows["word"].T if count else np.zeros((4, 0), np.uint32)
        means = {each: rows["vector"][sentence == each].mean(0) for each in set(sentence)}
        kept = [index for index in range(count) if upos[index] in (ADJECTIVE, NOUN, VERB)]
        pairs = [np.concatenate([rows["vector"][index], means[sentence[index]]]) for index in kept]
        sample.x = torch.from_numpy(np.array(pairs, np.float32).reshape(-1, 2 * WIDTH))
        sample.at = {int(start[index]): place for place, index in enumerate(kept)}


# ------------------------------------------------------------------------------------------ learning


def fitted(samples):
    """The weights and biases of the map."""
    some = torch.cat([sample.x for sample in samples[::7]])
    mean, deviation = some.mean(0), some.std(0)
    inputs = [(sample.x - mean) / deviation for sample in samples]
    linear = torch.nn.Linear(2 * WIDTH, len(TYPES))
    linear.bias.data.fill_(START)
    optimiser = torch.optim.AdamW(linear.parameters(), lr=4e-3, weight_decay=0.1)
    batches = len(samples) // BATCH
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, ROUNDS * batches)
    for _ in range(ROUNDS):
        order = torch.randperm(len(samples)).tolist()
        for number in range(batches):
            batch = order[number * BATCH:(number + 1) * BATCH]
            odds = linear(torch.nn.functional.dropout(torch.cat([inputs[place] for place in batch]), 0.3))
            parts = odds.split([len(inputs[place]) for place in batch])
            loss = sum(loss_of(part, samples[place]) for part, place in zip(parts, batch)) / BATCH
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    # The map over vectors as they come.
    weights = (linear.weight / deviation).detach()
    return weights.numpy(), (linear.bias - weights @ mean).detach().numpy()


def loss_of(odds, sample):
    if sample.coded is not None:
        known = [(sample.at[at], kind) for at, kind in sample.coded if at in sample.at]
        silent = torch.ones(len(odds), 1)
        silent[[place for place, _ in known]] = 0
        told = sum(logsigmoid(odds[place, kind]) for place, kind in known)
        return -FRAMES * told - SILENCE * (logsigmoid(-odds) * silent).sum()
    silence = logsigmoid(-odds).sum(0)
    loss = -silence[list(sample.none)].sum()
    for types in sample.some:
        loss = loss - torch.log1p(-torch.exp(silence[list(types)].sum()).clamp(max=1 - 1e-5))
    return loss


def measure(samples, weights, bias, tier):
    judged = collections.defaultdict(list)
    for sample in samples:
        odds = sample.x.numpy() @ weights.T + bias
        judged[sample.language] += [(odds[sample.at[at], kind], right) for at, kind, right in sample.judged if at in sample.at]
    for language, codings in judged.items():
        right, wrong = [odds for odds, is_right in codings if is_right], [odds for odds, is_right in codings if not is_right]
        area = np.mean([(a > b) + (a == b) / 2 for a in right for b in wrong])
        print(f"{tier} {language}: {len(codings)} codings, {len(right) / len(codings):.2f} right; area under the curve {area:.3f}")
    codings = sorted(coding for of_language in judged.values() for coding in of_language)
    fifths = [codings[len(codings) * fifth // 5:len(codings) * (fifth + 1) // 5] for fifth in range(5)]
    print(f"{tier} right, by fifths:", *(f"{np.mean([right for _, right in fifth]):.2f}" for fifth in fifths), flush=True)


if __name__ == "__main__":
    main()
