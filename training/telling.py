"""Learns to read off a word's vector how it is told, and writes models/telling.bin: whether what it tells is stated as
having happened or happening (and not negated, to come, wished, asked for, conditional or merely possible), and whether
it is put into somebody's mouth (and not told in the author's own voice).

    cargo build --release && cargo build --release -p chancery-parse --example vectors
    python3 telling.py --vectors target/release/examples/vectors --program target/release/chancery \\
        --gold DIR --bulk DIR --cases cases --draws measurements/precision --out models/telling.bin

As in acts.py the encoder stays as it is, and for each exit a linear map is learnt over the word's vector and the mean of
its sentence's. It learns from
  * UDS and MegaVeridicality, which say of predicates how surely they happened, but for the part of UDS that is for trying;
  * GUM, whose quotations are marked: what stands in one is attributed, what stands in none is not;
  * our own cases: the statuses that cases/code promises, the quotations that cases/find marks;
  * random news as the rules read it, which counts little.
What measures is not learnt from: MEANTIME (nor its Dutch set, which translates the same reports), PolNeAR and the judged
draws, nor the sets of quotations whose licence is for measuring only (adaq, spkatt, wikinews-de). Areas under the curve on
all of them are printed.
"""

import argparse
import collections
import json
import pathlib
import re
import subprocess

import numpy as np
import torch
from torch.nn.functional import binary_cross_entropy_with_logits

import container
from acts import WIDTH, documents_judged, drawn_news, read_vectors

LABELS = ["happened", "attributed"]
HAPPENED, ATTRIBUTED = range(2)
ROUNDS, BATCH = 6, 512
# What a word of each source counts.
WEIGHTS = {"uds": 1.0, "megaveridicality": 0.3, "cases": 2.0, "gum": 1.0, "rules": 0.1}
# The share of the words of news that is taken of what acts.py takes.
SHARE_OF_NEWS = 0.5
# Acts whose status says what kind of act they are, and not whether they were done.
OF_KIND = {"REQUEST": "requested", "THREATEN": "planned", "REJECT": "denied"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ["vectors", "program", "gold", "bulk", "cases", "draws", "out"]:
        parser.add_argument(f"--{name}", required=True, type=pathlib.Path)
    options = parser.parse_args()
    learnt = what_is_learnt(options)
    measured = what_measures(options)
    labels = "\n".join(LABELS).encode()
    entries = [("labels.telling", container.TEXT, [len(labels)], labels)]
    for tier in ["balanced", "fast"]:
        read_vectors(learnt + [sample for samples in measured.values() for sample in samples], options.vectors, tier)
        torch.manual_seed(1)
        weights, bias = fitted(learnt)
        for name, samples in measured.items():
            print(tier, name, measure(samples, weights, bias), flush=True)
        entries.append((f"{tier}.weights", container.FLOAT16, weights.shape, weights.astype("<f2").tobytes()))
        entries.append((f"{tier}.bias", container.FLOAT32, bias.shape, bias.astype("<f4").tobytes()))
    container.write(options.out, entries)


# ------------------------------------------------------------------------------------------ what is learnt from


class Sample:
    """A text with what is known of its words: (byte where the word begins, place of the label, whether it holds, what it
    counts). `spans` are the bytes of quotations where these are known: every word is in one or in none."""

    def __init__(self, text, language, words=(), spans=None, weight=1.0):
        self.text, self.language, self.words, self.spans, self.weight = text, language, list(words), spans, weight

    def known(self):
        """Place among the vectors, label, whether it holds, weight."""
        for at, label, holds, weight in self.words:
            if at in self.at:
                yield self.at[at], label, holds, weight
        if self.spans is not None:
            for at, place in self.at.items():
                yield place, ATTRIBUTED, any(start <= at < end for start, end in self.spans), self.weight


def what_is_learnt(options):
    gold, samples = options.gold, []
    for record in records(gold / "factuality/factuality.uds.jsonl"):
        if record["orig_split"] != "dev":
            samples.append(of_factuality(record, WEIGHTS["uds"]))
    for record in records(gold / "factuality/factuality.megaveridicality.jsonl"):
        samples.append(of_factuality(record, WEIGHTS["megaveridicality"]))
    samples += of_quotations(gold, "gum", WEIGHTS["gum"])
    samples += of_coding_cases(options.cases / "code", options.program)
    samples += of_quotation_cases(options.cases / "find")
    return samples + of_news(options.bulk, options.program, documents_judged(options.draws))


def what_measures(options):
    gold = options.gold
    uds = [record for record in records(gold / "factuality/factuality.uds.jsonl") if record["orig_split"] == "dev"]
    measured = {"UDS, for trying": [of_factuality(record, 1.0) for record in uds]}
    for name, file in [("MEANTIME", "meantime"), ("MEANTIME, Dutch", "meantime-nl")]:
        measured[name] = [of_meantime(record) for record in records(gold / f"factuality/factuality.{file}.jsonl")]
    for name, one_in in [("polnear", 4), ("wikinews-de", 4), ("spkatt", 1), ("adaq", 1)]:
        measured[name] = of_quotations(gold, name, 1.0)[::one_in]
    return measured


def records(path):
    return [json.loads(line) for line in open(path, encoding="utf-8")]


def bytes_at(text, point):
    return len(text[:point].encode())


def of_factuality(record, weight):
    """How surely from -3 to 3; what is near nothing counts little."""
    text = record["text"]
    words = [(bytes_at(text, event["predicate"]["start"]), HAPPENED, event["factuality"] > 0, weight * abs(event["factuality"]) / 3)
             for event in record["events"]]
    return Sample(text, record["lang"], words)


def of_meantime(record):
    happened = lambda event: event["factuality"] == 3 and event["time"] == "NON_FUTURE"
    text = record["text"]
    words = [(bytes_at(text, event["predicate"]["start"]), HAPPENED, happened(event), 1.0) for event in record["events"]]
    return Sample(text, record["lang"], words)


def of_quotations(gold, name, weight):
    samples = []
    for record in records(gold / f"quotes/quotes.{name}.jsonl"):
        text = record["text"]
        contents = [quote["content"] for quote in record["quotes"] if quote.get("content")]
        spans = [(bytes_at(text, content["start"]), bytes_at(text, content["end"])) for content in contents]
        samples.append(Sample(text, record["lang"], spans=spans, weight=weight))
    return samples


def lines_of(folder, ending):
    for path in sorted(folder.glob(f"*{ending}")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith(("#", "@")):
                yield path.name.split("_")[0], line.removeprefix("?").strip()


def with_each(sentence):
    """The sentences that alternatives in braces stand for."""
    before, brace, rest = sentence.partition("{")
    if not brace:
        return [sentence]
    words, _, after = rest.partition("}")
    return [each for word in words.split("|") for each in with_each(before + word + after)]


def of_coding_cases(folder, program):
    """The words by which the program codes an act that is promised with a status: that status holds, whether the program
    finds it or not."""
    cases = [(language, sentence, promised) for language, line in lines_of(folder, ".txt") if " => " in line
             for each, promised in [line.split(" => ", 1)] for sentence in with_each(each)]
    coded = read(program, [{"id": str(number), "lang": language, "text": sentence, "date": "2024-05-06"}
                           for number, (language, sentence, _) in enumerate(cases)])
    samples = []
    for number, (language, sentence, promised) in enumerate(cases):
        words = []
        for act in promised.split(";"):
            parts = act.replace(">", " ").split()
            status = next((part for part in parts if part in STATUSES), None)
            kind = parts[0].split(".")[0] if parts else ""
            events = [event for event in coded.get(str(number), {}).get("events", []) if event["type"] == kind]
            if status in HOLDS and len(events) == 1 and OF_KIND.get(kind) != status:
                words.append((events[0]["predicate"][0], HAPPENED, HOLDS[status], WEIGHTS["cases"]))
        if words:
            samples.append(Sample(sentence, language, words))
    return samples


# What is alleged is said to have happened, by nobody who vouches for it: neither.
HOLDS = {"asserted": True, "denied": False, "planned": False, "conditional": False, "possible": False, "negated": False,
         "requested": False}
STATUSES = {*HOLDS, "alleged"}


def of_quotation_cases(folder):
    samples = []
    for language, line in lines_of(folder, "_quotations.txt"):
        text, spans = unmarked(line.replace(" // ", "\n"))
        samples.append(Sample(text, language, spans=spans, weight=WEIGHTS["cases"]))
    return samples


def unmarked(line):
    """The text without its marks `{words|value}`, and the bytes of the words."""
    text, spans, opened, in_value = [], [], [], 0
    for part in re.split(r"([{|}])", line):
        size = len("".join(text).encode())
        if part == "{":
            opened.append(size)
        elif part == "}":
            spans.append((opened.pop(), size))
            in_value = 0
        elif part == "|" and opened:
            in_value = 1
        elif not in_value:
            text.append(part)
    return "".join(text), spans


def of_news(bulk, program, left_out):
    news = drawn_news(bulk, left_out, SHARE_OF_NEWS)
    documents, samples = read(program, news), []
    for record in news:
        document = documents.get(record["id"])
        if document:
            told = [(each["span"][0], HAPPENED, HOLDS[each["status"]], WEIGHTS["rules"]) for each in document["predicates"]
                    if each["status"] in HOLDS]
            spans = [statement["span"] for statement in document["statements"]]
            samples.append(Sample(record["text"], record["lang"], told, spans, WEIGHTS["rules"]))
    return samples


def read(program, documents):
    lines = "".join(json.dumps(document) + "\n" for document in documents)
    out = subprocess.run([program, "read", "--json", "-"], input=lines, check=False, capture_output=True, text=True).stdout
    return {document["doc"]: document for document in map(json.loads, out.splitlines())}


# ------------------------------------------------------------------------------------------ learning


def table(samples):
    """What is known of words as (vectors, label, whether it holds, weight)."""
    vectors, known = [], []
    for sample in samples:
        each = list(sample.known())
        vectors.append(sample.x[[place for place, *_ in each]])
        known += [rest for _, *rest in each]
    label, holds, weight = zip(*known)
    return torch.cat(vectors), torch.tensor(label), torch.tensor(holds, dtype=torch.float32), torch.tensor(weight)


def fitted(samples):
    """The weights and biases of the map."""
    vectors, label, holds, weight = table(samples)
    mean, deviation = vectors.mean(0), vectors.std(0)
    vectors = (vectors - mean) / deviation
    linear = torch.nn.Linear(2 * WIDTH, len(LABELS))
    optimiser = torch.optim.AdamW(linear.parameters(), lr=2e-3, weight_decay=0.1)
    batches = len(vectors) // BATCH
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2e-3, ROUNDS * batches)
    for _ in range(ROUNDS):
        order = torch.randperm(len(vectors))
        for number in range(batches):
            batch = order[number * BATCH:(number + 1) * BATCH]
            odds = linear(torch.nn.functional.dropout(vectors[batch], 0.3)).gather(1, label[batch, None])[:, 0]
            loss = (weight[batch] * binary_cross_entropy_with_logits(odds, holds[batch], reduction="none")).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    # The map over vectors as they come.
    weights = (linear.weight / deviation).detach()
    return weights.numpy(), (linear.bias - weights @ mean).detach().numpy()


def measure(samples, weights, bias):
    vectors, label, holds, _ = (part.numpy() for part in table(samples))
    odds = vectors @ weights.T + bias
    said = []
    for place, name in enumerate(LABELS):
        of = label == place
        if of.any():
            true, false = odds[of & (holds == 1), place], odds[of & (holds == 0), place]
            said.append(f"{name}: {of.sum()} words, {len(true) / of.sum():.2f} of them; area under the curve {area(true, false):.3f}")
    return "; ".join(said)


def area(true, false):
    order = np.concatenate([true, false]).argsort(kind="stable").argsort(kind="stable") + 1.0
    return (order[:len(true)].sum() - len(true) * (len(true) + 1) / 2) / (len(true) * len(false))


if __name__ == "__main__":
    main()
