"""Learns where words end in Chinese, which has no spaces: a linear model over the letters around each place.

    python3 segmenter.py --treebanks DIR --out ../models/segmenter.txt

Learns from UD Chinese-GSDSimp (train words, dev), measures on its test set. A feature is a position letter and
up to three letters; the file has lines `weight<TAB>feature feature …`, and a place whose weights sum above zero
ends a word. The reader in `crates/parse/src/han.rs` does the same.
"""

import argparse
import collections
import os
import random
import re

import treebanks

HAN = re.compile("[\u2e80-\u2fdf\u3005-\u3007\u3041-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
                 "\U00020000-\U0003ffff]")
ROUNDS = 8
SCALE = 8  # weights are kept as whole eighths


def runs(path):
    """Runs of Han letters, with the places where words end inside them."""
    for sentence in treebanks.read(path):
        letters, ends = "", set()
        for word in sentence.words:
            if all(HAN.match(letter) for letter in word):
                if letters:
                    ends.add(len(letters))
                letters += word
            else:
                if letters:
                    yield letters, ends
                letters, ends = "", set()
                # A word such as `3万` is cut at the digit whatever we do; its Han part begins a run.
                tail = re.search(f"({HAN.pattern}+)$", word)
                letters = tail[1] if tail else ""
        if letters:
            yield letters, ends


def features(letters, place):
    """Of the place between letters[place - 1] and letters[place]."""
    at = lambda i: letters[i] if 0 <= i < len(letters) else "#"
    a, b, c, d, e, f = (at(place + i) for i in (-3, -2, -1, 0, 1, 2))
    return ["A" + b, "B" + c, "C" + d, "D" + e, "E" + b + c, "F" + c + d, "G" + d + e, "H" + b + c + d,
            "I" + c + d + e, "J" + c + e, "K" + b + d, "L" + a + b + c, "M" + d + e + f]


def learn(data):
    weights, totals, stamps, step = collections.defaultdict(int), collections.defaultdict(int), {}, 0
    places = [(letters, place, 1 if place in ends else -1) for letters, ends in data for place in range(1, len(letters))]
    seen = collections.Counter(f for letters, place, _ in places for f in features(letters, place))
    rng = random.Random(1)
    for _ in range(ROUNDS):
        rng.shuffle(places)
        for letters, place, right in places:
            step += 1
            found = [f for f in features(letters, place) if seen[f] > 1]
            # A margin of one keeps it learning where it is right by a hair.
            if right * sum(weights[f] for f in found) <= 1:
                for f in found:
                    totals[f] += (step - stamps.get(f, 0)) * weights[f]
                    stamps[f] = step
                    weights[f] += right
    return {f: (totals[f] + (step - stamps.get(f, 0)) * w) / step for f, w in weights.items()}


def cut(weights, letters):
    ends = {place for place in range(1, len(letters)) if sum(weights.get(f, 0) for f in features(letters, place)) > 0}
    return ends


def measure(weights, data):
    def words(letters, ends):
        marks = [0, *sorted(ends), len(letters)]
        return set(zip(marks, marks[1:]))

    both = gold = found = 0
    for letters, ends in data:
        right, ours = words(letters, ends), words(letters, cut(weights, letters))
        both, gold, found = both + len(right & ours), gold + len(right), found + len(ours)
    return 200 * both / (gold + found)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--treebanks", required=True)
    arguments.add_argument("--out", required=True)
    arguments.add_argument("--least", type=int, default=4, help="weights nearer to zero, in eighths, are dropped")
    options = arguments.parse_args()
    path = lambda name: os.path.join(options.treebanks, "zh", name)
    data = [run for name in ("zh_gsdsimp-train.ner.iob2", "zh_gsdsimp-dev.conllu") for run in runs(path(name))]
    test = list(runs(path("zh_gsdsimp-test.conllu")))
    weights = learn(data)
    print(f"all {len(weights)} weights: F {measure(weights, test):.2f}")
    weights = {f: round(w * SCALE) for f, w in weights.items() if abs(round(w * SCALE)) >= options.least}
    print(f"kept {len(weights)}: F {measure(weights, test):.2f}")
    lines = collections.defaultdict(list)
    for feature, weight in weights.items():
        lines[weight].append(feature)
    with open(options.out, "w", encoding="utf8") as out:
        out.write("# Where words end in Chinese; learned by training/segmenter.py from UD Chinese-GSDSimp (CC BY-SA 4.0).\n")
        for weight, found in sorted(lines.items()):
            out.write(f"{weight}\t{' '.join(sorted(found))}\n")
    print(f"{options.out}: {os.path.getsize(options.out) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
