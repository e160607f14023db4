"""Packs the model that ships: the encoder and heads of a training, and the part of the word table that our
languages need, in one file (`container.py`).

    python3 pack.py --weights encoder.safetensors --e5 e5-small-q4.bin --kept pieces.txt \\
        --out ../models/encoder.bin

Needs numpy and safetensors. `--kept` holds the ids of the pieces to keep, as `vocabulary.py` writes them. Matrices are
rounded to a byte a weight with a scale for each output (`container.py`), which is how the program multiplies them;
vectors stay as they are.
"""

import argparse
import os

import numpy as np
from safetensors.numpy import load_file

import container
import treebanks
from read_e5 import E5File

# What the exits are called, the last one last.
TIERS = ["fast", "balanced"]


def text(lines):
    return "\n".join(lines).encode()


def exits(weights, depths):
    """The heads of each exit: (layers below it, weights by name)."""
    layers = 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("enc.layers."))
    numbers = sorted({int(name.split(".")[1]) for name in weights if name.startswith("exits.")})
    if len(numbers) != len(depths) or depths[-1] != layers:
        raise ValueError(f"{len(numbers)} exits and {layers} layers, but exits are said to be after {depths}")
    start = lambda number: f"exits.{number}."
    return [(depth, {name.removeprefix(start(number)): weight for name, weight in weights.items()
                     if name.startswith(start(number))}) for number, depth in zip(numbers, depths)]


def folded(heads, policy):
    """The heads with the name policy in the bias that it is added to."""
    heads = dict(heads)
    policies = heads.pop("policy.weight", None)
    if policies is not None:
        heads["ner.0.bias"] = heads["ner.0.bias"] + policies[list(treebanks.POLICIES).index(policy)]
    return heads


def pack(weights, e5, kept, depths, policy, out):
    weights = {name: weight.astype(np.float32) for name, weight in weights.items()}
    of_exits = exits(weights, depths)
    entries = []

    def add_text(name, data):
        entries.append((name, container.TEXT, (len(data),), data))

    def add(name, array):
        """Matrices in whole numbers, all else in single precision."""
        if array.ndim > 1:
            entries.append((name, container.BYTES, array.shape, container.rounded(array)))
        else:
            entries.append((name, container.FLOAT32, array.shape, np.ascontiguousarray(array).astype("<f4").tobytes()))

    kept_pieces = [e5.pieces[i] for i in kept]
    if any("\n" in piece for piece in kept_pieces):
        raise ValueError("a piece holds a line end")
    place = {old: new for new, old in enumerate(kept)}
    first = of_exits[0][1]
    settings = {"width": e5.width, "layers": of_exits[-1][0], "attention.heads": e5.heads, "inner": e5.inner,
                "positions": e5.positions, "arc.size": first["U"].shape[0], "relation.size": first["V"].shape[1],
                "name.size": first["ner.0.weight"].shape[0], "epsilon": e5.epsilon,
                "piece.start": place[e5.start], "piece.end": place[e5.end], "piece.unknown": place[e5.unknown],
                "score.unknown": float(e5.scores.min()) - 10.0}
    add_text("settings", text(f"{key} {value!r}" for key, value in settings.items()))
    add_text("exits", text(f"{tier} {depth} {len(heads['mix'])}" for tier, (depth, heads) in zip(TIERS, of_exits)))
    add_text("labels.upos", text(treebanks.UPOS))
    add_text("labels.relations", text(treebanks.RELATIONS))
    add_text("labels.names", text(treebanks.NAMES))
    add_text("labels.features", text(treebanks.FEATURES))
    add_text("characters", text(f"{code:04X} " + " ".join(f"{ord(c):04X}" for c in replacement)
                                for code, replacement in sorted(e5.characters.items())))
    add_text("pieces", text(kept_pieces))
    add_text("pieces.special", text(str(place[i]) for i in (e5.start, e5.padding, e5.end, e5.unknown)))
    add("pieces.scores", e5.scores[kept])
    blocks = e5.blocks("emb.word", e5.rows, e5.width)[kept]
    entries.append(("word", container.BLOCKS, (len(kept), e5.width), blocks.tobytes()))
    for name, array in sorted(weights.items()):
        if name == "enc.pos.weight":
            entries.append(("pos.weight", container.FLOAT16, array.shape, array.astype("<f2").tobytes()))
        elif name.startswith("enc."):
            add(name.removeprefix("enc.").replace("layers.", "layer."), array)
    for number, (_, heads) in enumerate(of_exits):
        for name, array in sorted(folded(heads, policy).items()):
            # A row an output, as in the other maps.
            array = array.T if name == "U" else array.reshape(-1, array.shape[-1]) if name == "V" else array
            add(f"exit.{number}.{name}", np.ascontiguousarray(array))
    container.write(out, entries)
    print(f"{out}: {os.path.getsize(out) / 1e6:.1f} MB, {len(kept)} pieces")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--weights", required=True, help="what `train.py` saved")
    arguments.add_argument("--e5", required=True)
    arguments.add_argument("--kept", required=True)
    arguments.add_argument("--exits", type=int, nargs="+", default=[4, 10], help="layers below each exit")
    arguments.add_argument("--policy", default="any", help="the one of the policies for names that is kept")
    arguments.add_argument("--out", required=True)
    options = arguments.parse_args()
    e5 = E5File(options.e5)
    with open(options.kept, encoding="ascii") as file:
        # Sorted by bytes: the reader looks pieces up by narrowing a range, with nothing to build.
        kept = sorted(map(int, file), key=lambda i: e5.pieces[i].encode())
    pack(load_file(options.weights), e5, kept, options.exits, options.policy, options.out)


if __name__ == "__main__":
    main()
