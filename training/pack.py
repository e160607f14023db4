"""Packs the model that ships: the encoder and heads of a training, and the part of the word table that our
languages need, in one file (`container.py`).

    python3 pack.py --weights encoder.safetensors --e5 e5-small-q4.bin --kept pieces.txt \\
        --out ../models/encoder.bin

Needs numpy and safetensors. `--kept` holds the ids of the pieces to keep, as `vocabulary.py` writes them.
"""

import argparse
import os

import numpy as np
from safetensors.numpy import load_file

import container
import treebanks
from read_e5 import E5File

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
    arguments.add_argument("--kept", required=True)
    arguments.add_argument("--out", required=True)
    options = arguments.parse_args()
    e5 = E5File(options.e5)
    with open(options.kept, encoding="utf8") as file:
        kept = [int(line) for line in file]
    pack(options.weights, e5, kept, options.out)


if __name__ == "__main__":
    main()
