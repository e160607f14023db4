"""What torch reads with the packed weights, for comparing with `crates/parse`.

    python3 reference.py --model ../models/encoder.bin --treebanks DIR --out DIR [--sentences 500] [--rounded]
    cargo run --release -p chancery-parse --example measure -- agreement DIR/*.json

The first sentences of each language's test files, with their own words, in float32 throughout; a file for each exit.
With `--rounded`, what is multiplied is rounded to eight bits first, row by row, as the program does: what then differs
is not the rounding's doing. The files hold sentences of the treebanks: they are not for committing.
"""

import argparse
import json
import os

import numpy as np
import torch

import container
import treebanks
from batches import batch, grouped
from model import SEGMENTS, Encoder, Parser
from pieces import Pieces
from treebanks import NAMES, RELATIONS, UPOS, VALUES

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
    exits = [line.split(" ") for line in entries["exits"].split("\n")]
    model = Parser(encoder, [(int(depth), int(mixed)) for _, depth, mixed in exits], arc=number("arc.size"),
                   label=number("relation.size"), name=number("name.size"))
    weights = {"enc.word.weight": entries["word"]}
    for name, known in model.state_dict().items():
        packed = name.removeprefix("enc.").replace("layers.", "layer.").replace("exits.", "exit.")
        if packed in entries:
            array = entries[packed].T if name.endswith(".U") else entries[packed]
            weights[name] = array.reshape(known.shape)
        elif name.endswith("policy.weight") or ".feats." in name:
            weights[name] = np.zeros(known.shape, np.float32)  # folded into a bias, or not there
    model.load_state_dict({name: torch.from_numpy(np.array(array)) for name, array in weights.items()})
    return model.eval(), pieces, (number("piece.start"), number("piece.end"), special[1]), [exit[0] for exit in exits]


def rounded(rows):
    """Rows of numbers as bytes with a scale and a zero a row, and back; as `crates/kernels/src/quantised.rs`."""
    least, most = rows.amin(-1, keepdim=True).clamp(max=0), rows.amax(-1, keepdim=True).clamp(min=0)
    steps = 255 / (most - least).clamp(min=1e-30)
    zero = torch.round(-least * steps)
    return (torch.round(rows * steps + zero).clamp(0, 255) - zero) / steps


def round_everywhere(model):
    """Lets every linear map take rounded rows. The arcs' product takes the dependents so; that of the relations, see
    `relations`."""
    for module in model.modules():
        if isinstance(module, torch.nn.Linear):
            module.register_forward_pre_hook(lambda _, inputs: (rounded(inputs[0]),))
    for heads in model.exits:
        heads.ad.register_forward_hook(lambda _, inputs, output: rounded(output))


def relations(heads, scores, head_of, round_rows):
    """`Heads.relations`, with the heads' vectors rounded where they are multiplied."""
    if not round_rows:
        return heads.relations(scores, head_of)
    chosen = torch.gather(scores.heads, 1, head_of[..., None].expand(-1, -1, scores.heads.shape[2]))
    products = torch.einsum("rij,bwj->bwri", heads.V, rounded(chosen))
    return (products @ scores.dependents[..., None]).squeeze(-1) + heads.lin(torch.cat([scores.dependents, chosen], -1))


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
def read(model, sentences, special, round_rows=False):
    """Yields (sentence, for each exit its readings by name)."""
    for group in grouped(sorted(sentences, key=lambda sentence: sentence.size), 3000):
        data = batch(group, *special)
        of_exits = [read_exit(heads, scores, group, round_rows)
                    for heads, scores in zip(model.exits, model(data, half=False))]
        yield from zip(group, zip(*of_exits))


def read_exit(heads, scores, group, round_rows):
    shares = torch.log_softmax(scores.arcs.double(), -1).numpy()
    chosen = torch.zeros(scores.arcs.shape[:2], dtype=torch.long)
    for row, sentence in enumerate(group):
        count = len(sentence.words)
        chosen[row, :count] = torch.from_numpy(best_tree(shares[row, :count, :count + 1]))
    found = relations(heads, scores, chosen, round_rows)
    root = RELATIONS.index("root")
    found[:, :, root] = -1e4
    found = torch.where(chosen == 0, root, found.argmax(-1))
    segments = torch.stack([segment.argmax(-1) for segment in scores.features.split(SEGMENTS, -1)], -1)
    for row, sentence in enumerate(group):
        count = len(sentence.words)
        pick = lambda labels, values: [labels[value] for value in values[row, :count].tolist()]
        yield dict(upos=pick(UPOS, scores.upos.argmax(-1)), heads=chosen[row, :count].tolist(),
                   relations=pick(RELATIONS, found),
                   names=treebanks.mend_names(pick(NAMES, scores.names.argmax(-1))),
                   features=[written(values) for values in segments[row, :count].tolist()])


def written(values):
    """A word's features as a treebank has them."""
    pairs = ((attribute, ([None] + labels.split())[value]) for (attribute, labels), value in zip(VALUES.items(), values))
    return "|".join(sorted((f"{attribute}={value}" for attribute, value in pairs if value), key=str.lower))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--model", required=True)
    arguments.add_argument("--treebanks", required=True)
    arguments.add_argument("--out", required=True)
    arguments.add_argument("--sentences", type=int, default=500)
    arguments.add_argument("--rounded", action="store_true")
    arguments.add_argument("languages", nargs="*")
    options = arguments.parse_args()
    model, pieces, special, tiers = load(options.model)
    if options.rounded:
        round_everywhere(model)
    for language in options.languages or sorted(treebanks.TEST):
        sentences = []
        for name in treebanks.TEST[language]:
            if name.endswith(".conllu") and len(sentences) < options.sentences:
                sentences += treebanks.read(os.path.join(options.treebanks, language, name))
        sentences = treebanks.prepare(sentences[:options.sentences], pieces, most=400)
        sentences = [sentence for sentence in sentences if len(sentence.words) <= 160]
        found = list(read(model, sentences, special, options.rounded))
        for number, tier in enumerate(tiers):
            out = [dict(tier=tier, language=language, words=sentence.words, space=sentence.space, **of_exits[number])
                   for sentence, of_exits in found]
            with open(os.path.join(options.out, f"{language}.{tier}.json"), "w", encoding="utf8") as file:
                json.dump(out, file, ensure_ascii=False)
        print(language, len(found), "sentences", flush=True)


if __name__ == "__main__":
    main()
