"""Chooses the pieces that the packed model keeps, and writes their ids.

    python3 vocabulary.py --e5 e5-small-q4.bin --treebanks DIR --bulk DIR [--bulk DIR] --most 80000 --out pieces.txt

The training sets (no test set) and the bulk text are only counted: which pieces do their words use? Kept, until
`--most` is reached: the special pieces; single characters of our scripts; what the training sets use twice, or once in
a language that we have little text of; the likeliest pieces in the letters of those languages (Cyrillic, Arabic,
Hebrew, Turkish); then what the bulk text uses, the commonest first. A piece that is not kept costs nothing but length:
its words are cut into shorter ones. Train with the same pieces (`train.py --kept`).
"""

import argparse
import collections
import glob
import gzip
import itertools
import json
import os
import re
import unicodedata

import numpy as np

import treebanks
from pieces import MARK, Pieces
from read_e5 import E5File

WORD = re.compile(r"(\s?)(\w+|[^\w\s])")
LETTERS = {
    "Cyrillic of ru, uk, be, bg": "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў",
    "Arabic and Persian": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهويىپچژکگی\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u200c",
    "Hebrew": "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
    "Turkish": "abcçdefgğhıijklmnoöprsştuüvyzâîû",
}
# Pieces in the letters of each of them that are kept whether our texts use them or not. We have next to no Arabic.
LIKELIEST = {"Arabic and Persian": 9500, "Hebrew": 4500}
LIKELIEST_ELSEWHERE = 4000
# Blocks whose every single character is kept where the source has it: what a name may be spelled in.
KEPT_BLOCKS = ("LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "DIGIT")
SPARSE = {"ar", "fa", "he", "ru", "tr", "uk", "zh"}
BULK_LANGUAGES = {"en", "eng", "sv", "swe", "ru", "uk", "fr", "fra", "es", "de", "fa", "ar", "tr", "he", "zh", "no", "da",
                  "nl", "it", "pl", "pt", "fi", None}


def count_treebanks(folder, pieces):
    counts = collections.defaultdict(collections.Counter)
    for language, files in treebanks.TRAIN.items():
        for path in (os.path.join(folder, language, name) for name in files):
            for fused in (False, True):
                for sentence in treebanks.read(path, fused):
                    for word, space in zip(sentence.words, sentence.space):
                        counts[language].update(pieces.word(word, space))
    return dict(sorted(counts.items()))


def count_bulk(folders, pieces, most_characters=12_000_000):
    words = collections.Counter()
    for folder in folders:
        for path in sorted(glob.glob(os.path.join(folder, "*.jsonl.gz"))):
            read = 0
            with gzip.open(path, "rt", encoding="utf8") as file:
                for line in file:
                    record = json.loads(line)
                    text = record.get("text") or ""
                    if record.get("lang") not in BULK_LANGUAGES:
                        continue
                    read += len(text)
                    words.update((word, bool(space)) for space, word in WORD.findall(text))
                    if read > most_characters:
                        break
    counts = collections.Counter()
    for (word, space), count in words.items():
        for piece in pieces.word(word, space):
            counts[piece] += count
    return counts


def choose(e5, treebank_counts, bulk_counts, most):
    """Ids of the source's pieces to keep, in the order of the source."""
    specials = [e5.start, e5.padding, e5.end, e5.unknown]
    kept = dict.fromkeys(specials)

    def keep(ids):
        for piece in ids:
            if len(kept) >= most:
                return
            kept[piece] = None

    bare = [piece.lstrip(MARK) for piece in e5.pieces]
    likeliest = np.argsort(-e5.scores, kind="stable").tolist()
    names = {i: unicodedata.name(bare[i], "?") for i in likeliest if len(bare[i]) == 1}
    keep(i for i, piece in enumerate(bare) if not piece)
    keep(i for i, name in names.items()
         if name.startswith(KEPT_BLOCKS) or unicodedata.category(bare[i])[0] in "PSNM" and ord(bare[i]) < 0x3100)
    keep([i for i, name in names.items() if name.startswith("CJK UNIFIED")][:6000])
    print("single characters", len(kept))
    total = sum(treebank_counts.values(), collections.Counter())
    keep(i for i, count in total.items() if count > 1)
    for language, counts in treebank_counts.items():
        if language in SPARSE:
            keep(counts)
    print("and those of the treebanks", len(kept))
    for name, letters in LETTERS.items():
        alphabet = set(letters) | set(letters.upper())
        likely = (i for i in likeliest if bare[i] and not bare[i].isascii() and set(bare[i]) <= alphabet)
        keep(itertools.islice(likely, LIKELIEST.get(name, LIKELIEST_ELSEWHERE)))
    print("and the likeliest of the sparse languages", len(kept))
    keep(i for i, _ in bulk_counts.most_common())
    keep(total)
    print("in all", len(kept))
    # Sorted by bytes: the reader looks pieces up by narrowing a range, with nothing to build.
    return sorted(kept, key=lambda i: e5.pieces[i].encode())


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--e5", required=True)
    arguments.add_argument("--treebanks", required=True)
    arguments.add_argument("--bulk", action="append", default=[])
    arguments.add_argument("--most", type=int, default=80_000)
    arguments.add_argument("--out", required=True)
    options = arguments.parse_args()
    e5 = E5File(options.e5)
    pieces = Pieces.of_e5(e5)
    counts = count_treebanks(options.treebanks, pieces)
    bulk_counts = count_bulk(options.bulk, pieces)
    kept = choose(e5, counts, bulk_counts, options.most)
    seen = set(kept)
    for name, of in [*counts.items(), ("bulk text", bulk_counts)]:
        lost = sum(count for piece, count in of.items() if piece not in seen)
        print(f"{name}: {100 * lost / max(1, sum(of.values())):.2f} % of the pieces are cut shorter")
    with open(options.out, "w", encoding="utf8") as file:
        file.write("".join(f"{piece}\n" for piece in kept))


if __name__ == "__main__":
    main()
