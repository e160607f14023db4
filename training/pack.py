"""Packs the model that ships: the encoder and heads of a training, and the part of the word table that our
languages need, in one file (`container.py`).

    python3 pack.py --weights encoder.safetensors --e5 e5-small-q4.bin --treebanks DIR --bulk DIR [--bulk DIR] \\
        --most 104000 --out ../models/encoder.bin

Needs numpy and safetensors. The treebanks and the bulk text are only counted: which pieces do their words use?
Kept, until `--most` is reached: the special pieces; single characters of our scripts; what the treebanks use
twice, or once in a language that we have little text of; what the bulk text uses three times; then the likeliest
pieces in the letters of those languages (Cyrillic, Arabic, Hebrew, Turkish); then whatever was used at all.
A piece that is not kept costs nothing but length: its words are cut into shorter ones.
"""

import argparse
import collections
import glob
import gzip
import json
import os
import re
import unicodedata

import numpy as np
from safetensors.numpy import load_file

import container
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
# Blocks whose every single character is kept where the source has it: what a name may be spelled in.
KEPT_BLOCKS = ("LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "DIGIT")
SPARSE = {"ar", "fa", "he", "ru", "tr", "uk", "zh"}
BULK_LANGUAGES = {"en", "eng", "sv", "swe", "ru", "uk", "fr", "fra", "es", "de", "fa", "ar", "tr", "he", "zh", "no", "da",
                  "nl", "it", "pl", "pt", "fi", None}


def count_treebanks(folder, pieces):
    counts = collections.defaultdict(collections.Counter)
    for path in sorted(glob.glob(os.path.join(folder, "*", "*.conllu")) + glob.glob(os.path.join(folder, "*", "*.iob2"))):
        for fused in (False, True):
            for sentence in treebanks.read(path, fused):
                for word, space in zip(sentence.words, sentence.space):
                    counts[sentence.language].update(pieces.word(word, space))
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
    keep(i for i, count in bulk_counts.items() if count > 2)
    print("and those used", len(kept))
    alphabets = [set(letters) | set(letters.upper()) for letters in LETTERS.values()]
    keep(i for i in likeliest if bare[i] and not bare[i].isascii()
         and any(set(bare[i]) <= alphabet for alphabet in alphabets))
    print("and the likeliest of the sparse languages", len(kept))
    keep(total)
    keep(i for i, _ in bulk_counts.most_common())
    print("in all", len(kept))
    # Sorted by bytes: the reader looks pieces up by narrowing a range, with nothing to build.
    return sorted(kept, key=lambda i: e5.pieces[i].encode())


def text(lines):
    return "\n".join(lines).encode()


def pack(weights_path, e5, kept, out):
    weights = load_file(weights_path)
    entries = []

    def add_text(name, data):
        entries.append((name, container.TEXT, (len(data),), data))

    def add(name, array, kind):
        form = "<f2" if kind == container.FLOAT16 else "<f4"
        entries.append((name, kind, array.shape, np.ascontiguousarray(array).astype(form).tobytes()))

    kept_pieces = [e5.pieces[i] for i in kept]
    if any("\n" in piece for piece in kept_pieces):
        raise ValueError("a piece holds a line end")
    place = {old: new for new, old in enumerate(kept)}
    settings = {"width": e5.width, "layers": e5.layers, "attention.heads": e5.heads, "inner": e5.inner,
                "positions": e5.positions, "arc.size": weights["U"].shape[0], "relation.size": weights["V"].shape[1],
                "name.size": weights["ner.0.weight"].shape[0], "epsilon": e5.epsilon, "mix.first": 5,
                "piece.start": place[e5.start], "piece.end": place[e5.end], "piece.unknown": place[e5.unknown],
                "score.unknown": float(e5.scores.min()) - 10.0}
    add_text("settings", text(f"{key} {value!r}" for key, value in settings.items()))
    add_text("labels.upos", text(treebanks.UPOS))
    add_text("labels.relations", text(treebanks.RELATIONS))
    add_text("labels.names", text(treebanks.NAMES))
    add_text("characters", text(f"{code:04X} " + " ".join(f"{ord(c):04X}" for c in replacement)
                                for code, replacement in sorted(e5.characters.items())))
    add_text("pieces", text(kept_pieces))
    add_text("pieces.special", text(str(place[i]) for i in (e5.start, e5.padding, e5.end, e5.unknown)))
    add("pieces.scores", e5.scores[kept], container.FLOAT32)
    blocks = e5.blocks("emb.word", e5.rows, e5.width)[kept]
    entries.append(("word", container.BLOCKS, (len(kept), e5.width), blocks.tobytes()))
    for name, array in sorted(weights.items()):
        name = name.removeprefix("enc.").replace("layers.", "layer.")
        half = array.dtype == np.float16 or name == "pos.weight"
        add(name, array, container.FLOAT16 if half and array.ndim > 1 else container.FLOAT32)
    container.write(out, entries)
    print(f"{out}: {os.path.getsize(out) / 1e6:.1f} MB, {len(kept)} pieces")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--weights", required=True)
    arguments.add_argument("--e5", required=True)
    arguments.add_argument("--treebanks", required=True)
    arguments.add_argument("--bulk", action="append", default=[])
    arguments.add_argument("--most", type=int, default=104_000)
    arguments.add_argument("--out", required=True)
    options = arguments.parse_args()
    e5 = E5File(options.e5)
    pieces = Pieces.of_e5(e5)
    treebank_counts = count_treebanks(options.treebanks, pieces)
    bulk_counts = count_bulk(options.bulk, pieces)
    kept = choose(e5, treebank_counts, bulk_counts, options.most)
    total = sum(bulk_counts.values()) or 1
    seen = set(kept)
    lost = sum(count for piece, count in bulk_counts.items() if piece not in seen)
    print(f"of the bulk text's pieces {100 * lost / total:.2f} % are cut shorter")
    pack(options.weights, e5, kept, options.out)


if __name__ == "__main__":
    main()
