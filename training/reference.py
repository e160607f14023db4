"""What torch reads with the packed weights, for comparing with `crates/parse`.

    python3 reference.py --model ../models/encoder.bin --treebanks DIR --out DIR [--sentences 500]
    cargo run --release -p chancery-parse --example measure -- agreement DIR/*.json

The first sentences of each language's first test file, with their own words, in float32 throughout. The files hold
sentences of the treebanks: they are not for committing.
"""

import argparse
import json
import os

import numpy as np
import torch

import container
import treebanks
from batches import batch, grouped
from model import Encoder, Parser
from pieces import Pieces
from treebanks import NAMES, RELATIONS, UPOS

NEVER = -1e9


def load(path):
    """The model of a packed file, and its tokenizer."""
    entries = container.read(path)
    settings = dict(line.split(" ") for line in entries["settings"].split("\n"))
    special = [int(piece) for piece in entries["pieces.special"].split("\n")]
    characters = {}
    for line in entries["characters"].split("\n"):
        code, *replacement = (int(part, 16) for part in line.split())
        characters[code] = "".join(map(chr, replacement))
    strings = entries["pieces"].split("\n")
    pieces = Pieces(strings, entries["pieces.scores"], characters, int(settings["piece.unknown"]), set(special))
    pieces.floor = float(settings["score.unknown"])
    number = lambda name: int(settings[name])
    encoder = Encoder(len(strings), number("width"), number("layers"), number("attention.heads"), number("inner"),
                      number("positions"), float(settings["epsilon"]))
    model = Parser(encoder, number("arc.size"), number("relation.size"), number("name.size"))
    weights = {"enc.word.weight": entries["word"]}
    for name in model.state_dict():
        if name != "enc.word.weight":
            weights[name] = entries[name.removeprefix("enc.").replace("layers.", "layer.")]
    model.load_state_dict({name: torch.from_numpy(np.array(array)) for name, array in weights.items()})
    return model.eval(), pieces, (number("piece.start"), number("piece.end"), special[1])


def is_tree(heads):
    """Whether heads (0 the root) are a tree with one root."""
    if sum(head == 0 for head in heads) != 1:
        return False
    for start in range(1, len(heads) + 1):
        at, steps = start, 0
        while at and steps <= len(heads):
            at, steps = heads[at - 1], steps + 1
        if at:
            return False
    return True


def spanning_tree(scores):
    """Chu-Liu-Edmonds over nodes 0 (the root) to n; scores[node, head]."""
    scores = scores.copy()
    np.fill_diagonal(scores, NEVER)
    scores[0] = NEVER
    heads = scores.argmax(1)
    heads[0] = 0
    seen, cycle = np.zeros(len(scores), int), None
    for start in range(1, len(scores)):
        at, path = start, []
        while at and not seen[at]:
            seen[at] = start
            path.append(at)
            at = heads[at]
        if at and seen[at] == start:
            cycle = np.array(path[path.index(at):])
            break
    if cycle is None:
        return heads
    rest = np.array([node for node in range(len(scores)) if node not in set(cycle)])
    inside = len(rest)
    contracted = np.full((inside + 1, inside + 1), NEVER)
    contracted[:inside, :inside] = scores[np.ix_(rest, rest)]
    out = scores[np.ix_(rest, cycle)]
    contracted[:inside, inside] = out.max(1)
    entering = scores[np.ix_(cycle, rest)] - scores[cycle, heads[cycle]][:, None]
    contracted[inside, :inside] = entering.max(0)
    outer = spanning_tree(contracted)
    for place, node in enumerate(rest):
        if node:
            heads[node] = cycle[out.argmax(1)[place]] if outer[place] == inside else rest[outer[place]]
    heads[cycle[entering.argmax(0)[outer[inside]]]] = rest[outer[inside]]
    return heads


def best_tree(shares):
    """Heads of n words by n x (n + 1) log shares: greedy, or the best tree under one of the three likeliest roots."""
    greedy = shares.argmax(1)
    if is_tree(greedy):
        return greedy
    count, best = len(greedy), None
    nodes = np.full((count + 1, count + 1), NEVER)
    nodes[1:] = shares
    for root in np.argsort(-shares[:, 0], kind="stable")[:3]:
        trial = nodes.copy()
        trial[1:, 0] = NEVER / 10
        trial[root + 1, 0] = 1e6
        heads = spanning_tree(trial)[1:]
        score = shares[np.arange(count), heads].sum()
        if is_tree(heads) and (best is None or score > best[0]):
            best = (score, heads)
    return best[1] if best else greedy


@torch.no_grad()
def read(model, sentences, special, half=False):
    """Yields (sentence, upos, heads, relations, names)."""
    for group in grouped(sorted(sentences, key=lambda sentence: sentence.size), 3000):
        data = batch(group, *special)
        upos, names, arcs, dependents, heads = model(data, half)
        shares = torch.log_softmax(arcs.double(), -1).numpy()
        chosen = torch.zeros(arcs.shape[:2], dtype=torch.long)
        for row, sentence in enumerate(group):
            count = len(sentence.words)
            chosen[row, :count] = torch.from_numpy(best_tree(shares[row, :count, :count + 1]))
        relations = model.relations(dependents, heads, chosen)
        root = RELATIONS.index("root")
        relations[:, :, root] = -1e4
        relations = torch.where(chosen == 0, root, relations.argmax(-1))
        for row, sentence in enumerate(group):
            pick = lambda labels, values: [labels[value] for value in values[row, :len(sentence.words)].tolist()]
            yield (sentence, pick(UPOS, upos.argmax(-1)), chosen[row, :len(sentence.words)].tolist(),
                   pick(RELATIONS, relations), treebanks.mend_names(pick(NAMES, names.argmax(-1))))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--model", required=True)
    arguments.add_argument("--treebanks", required=True)
    arguments.add_argument("--out", required=True)
    arguments.add_argument("--sentences", type=int, default=500)
    arguments.add_argument("languages", nargs="*")
    options = arguments.parse_args()
    model, pieces, special = load(options.model)
    for language in options.languages or sorted(treebanks.TEST):
        path = os.path.join(options.treebanks, language, treebanks.TEST[language][0])
        sentences = treebanks.prepare(treebanks.read(path)[:options.sentences], pieces, most=400)
        sentences = [sentence for sentence in sentences if len(sentence.words) <= 160]
        out = [dict(language=language, words=sentence.words, space=sentence.space, upos=upos, heads=heads,
                    relations=relations, names=names)
               for sentence, upos, heads, relations, names in read(model, sentences, special)]
        with open(os.path.join(options.out, language + ".json"), "w", encoding="utf8") as file:
            json.dump(out, file, ensure_ascii=False)
        print(language, len(out), "sentences", flush=True)


if __name__ == "__main__":
    main()
