"""Trains the parser on a CPU, for a given number of words.

    python3 train.py --e5 e5-small-q4.bin --treebanks DIR --kept pieces.txt --words 5000000 --out encoder.safetensors

The learning rate rises for 5 % of the words and falls linearly to nothing at the last, so that any length of training
is a whole one, on a busy machine as on an idle one. With `--seconds` the clock hurries the fall when the words would
take longer. Languages are drawn by the square root of their words. What a treebank lacks (names, trees, features) is
left out of the loss. Half of the sentences with a fused word (fr `du`) come again with the fused form as one word, so
that text can be read without splitting them; `variants.py` adds more. The losses of the first exit count less, since
its layers serve the last one too. Some words are hidden and must be read by what stands around them. With `--start`
training goes on from weights that were saved before, or from a packed model; with `--frozen 4` the first four layers and
the exit from them stay as they are, and what is above them learns half as fast again.
"""

import argparse
import os
import random
import time

import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file

import treebanks
from batches import IGNORED, batch, grouped
from model import EXITS, SEGMENTS, Encoder, Parser, parameters, size, start_from
from pieces import Pieces
from read_e5 import E5File
from reference import load as load_packed
from variants import variants

LONGEST = 160  # pieces of a training sentence
NAME_WEIGHT = 1.5
FEATURE_WEIGHT = 0.5
EXIT_WEIGHTS = (0.4, 1.0)
HIDDEN = 0.05  # share of the words that only their sentence tells: unknown names are read by what stands around them
WITHOUT_POLICY = 0.5  # share of the batches in which names are learned under no policy in particular
SAVED_EVERY = 900  # seconds


def pools(folder, pieces, rng):
    """The training sentences of each language."""
    out = {}
    for language, files in treebanks.TRAIN.items():
        pool = []
        for name in files:
            path = os.path.join(folder, language, name)
            fused = treebanks.read(path, fused=True)
            rng.shuffle(fused)
            pool += treebanks.read(path) + fused[:len(fused) // 2]
        pool += variants(pool, rng)
        out[language] = [s for s in treebanks.prepare(pool, pieces) if s.size <= LONGEST]
        print(language, len(out[language]), "sentences", sum(len(s.words) for s in out[language]), "words", flush=True)
    return out


def stream(pool, rng):
    while True:
        rng.shuffle(pool)
        yield from pool


def rounds(pools, most, rng):
    """Batches without end, languages drawn by the root of their words."""
    words = {language: sum(len(s.words) for s in pool) for language, pool in pools.items()}
    # A sentence is drawn at a time, and languages differ in the length of their sentences.
    weights = [words[language] ** 0.5 / (words[language] / len(pools[language])) for language in pools]
    streams = {language: stream(pool, rng) for language, pool in pools.items()}
    while True:
        drawn = [next(streams[language]) for language in rng.choices(list(pools), weights, k=1500)]
        drawn.sort(key=lambda sentence: sentence.size + 3 * rng.random())
        groups = grouped(drawn, most)
        rng.shuffle(groups)
        yield from groups


def hide(data, unknown):
    """Puts unknown pieces in the place of some words."""
    hidden = torch.rand(len(data.ids), int(data.counts.max()) + 1) < HIDDEN
    hidden[:, 0] = False
    data.ids[torch.gather(hidden, 1, data.word_of)] = unknown
    return data


def losses(model, data, rng, half):
    """The weighted loss of each head that the batch has labels for, at every exit."""
    policies = None if rng.random() < WITHOUT_POLICY else data.policies
    out = {}
    for (depth, heads), scores in zip(model.learning(), model(data, half, policies)):
        number = model.depths.index(depth)
        parts = exit_losses(heads, scores, data)
        out |= {f"{name}{number}": EXIT_WEIGHTS[number] * loss for name, loss in parts.items()}
    return out


def exit_losses(heads, scores, data):
    out = {}
    if (data.upos != IGNORED).any():
        labelled = data.heads != IGNORED
        out["upos"] = F.cross_entropy(scores.upos.flatten(0, 1), data.upos.flatten())
        out["arcs"] = F.cross_entropy(scores.arcs[labelled], data.heads[labelled])
        relations = heads.relations(scores, data.heads.clamp(min=0))
        out["relations"] = F.cross_entropy(relations[labelled], data.relations[labelled])
        # A sum over attributes, a mean over words: each word's features count as one label.
        segments = scores.features[labelled].split(SEGMENTS, -1)
        wanted = data.features[labelled]
        out["features"] = FEATURE_WEIGHT / len(wanted) * sum(
            F.cross_entropy(segment, wanted[:, place], reduction="sum") for place, segment in enumerate(segments))
    if (data.names != IGNORED).any():
        out["names"] = NAME_WEIGHT * F.cross_entropy(scores.names.flatten(0, 1), data.names.flatten())
    return out


def save(model, path):
    """The weights without the frozen word table; matrices in half precision."""
    halved = {name: (weight.half() if name.endswith(".weight") and weight.ndim > 1 or name in ("U", "V") else weight)
              for name, weight in model.state_dict().items() if name != "enc.word.weight"}
    save_file({name: weight.contiguous() for name, weight in halved.items()}, path)


def saved(path):
    """Weights by name: those that `save` wrote, or those of a packed model, rounded as they are."""
    if not path.endswith(".bin"):
        return load_file(path)
    return {name: weight for name, weight in load_packed(path)[0].state_dict().items() if name != "enc.word.weight"}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--e5", required=True)
    arguments.add_argument("--treebanks", required=True)
    arguments.add_argument("--out", required=True)
    arguments.add_argument("--start", help="weights to go on from: saved by an earlier training, or packed")
    arguments.add_argument("--kept", help="ids of the pieces that the packed model has, as `pack.py --kept` writes them")
    arguments.add_argument("--words", type=float, required=True, help="to be seen in all")
    arguments.add_argument("--seconds", type=float, default=float("inf"), help="at most")
    arguments.add_argument("--steps", type=int, default=10 ** 9, help="stop after so many, for a trial")
    arguments.add_argument("--pieces", type=int, default=2000, help="pieces in a batch")
    arguments.add_argument("--rate", type=float, default=1.5e-4, help="of the encoder")
    arguments.add_argument("--head-rate", type=float, default=1e-3)
    arguments.add_argument("--frozen", type=int, default=0, help="layers that stay as they are, counted from the first")
    arguments.add_argument("--threads", type=int, default=os.cpu_count())
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    rng = random.Random(options.seed)
    e5 = E5File(options.e5)
    pieces = Pieces.of_e5(e5)
    if options.kept:
        pieces.keep_only(map(int, open(options.kept)))
    sentences_of = pools(options.treebanks, pieces, rng)
    model = Parser(Encoder.of_e5(e5, EXITS[-1][0])).train()
    if options.start:
        print("from", options.start, start_from(model, saved(options.start)), flush=True)
    model.freeze(options.frozen)
    encoder, heads = parameters(model)
    print("encoder", size(encoder), "heads", size(heads), flush=True)
    groups = [dict(params=encoder, lr=options.rate), dict(params=heads, lr=options.head_rate)]
    peaks = [group["lr"] for group in groups]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    # Where the processor has no products in bfloat16, they take four times as long as those in single precision.
    half = torch.cpu._is_avx512_bf16_supported()
    started, last_save, words, sums = time.time(), 0, 0, {}
    for step, sentences in enumerate(rounds(sentences_of, options.pieces, rng)):
        seconds = time.time() - started
        passed = max(words / options.words, seconds / options.seconds)
        if passed >= 1 or step >= options.steps:
            break
        factor = max(0.005, min(passed / 0.05, (1 - passed) / 0.95, 1))
        for group, peak in zip(optimiser.param_groups, peaks):
            group["lr"] = peak * factor
        data = hide(batch(sentences, e5.start, e5.end, e5.padding), e5.unknown)
        parts = losses(model, data, rng, half)
        optimiser.zero_grad()
        sum(parts.values()).backward()
        torch.nn.utils.clip_grad_norm_(encoder + heads, 1.0)
        optimiser.step()
        words += sum(len(sentence.words) for sentence in sentences)
        for name, loss in parts.items():
            total, count = sums.get(name, (0.0, 0))
            sums[name] = (total + loss.item(), count + 1)
        if step % 50 == 49 or step in (0, 9):
            means = " ".join(f"{name} {total / count:.3f}" for name, (total, count) in sorted(sums.items()))
            print(f"step {step + 1}, {seconds:.0f} s, {words / seconds:.0f} words/s, {means}", flush=True)
            sums = {}
        if seconds - last_save > SAVED_EVERY:
            save(model, options.out)
            last_save = seconds
    save(model, options.out)
    print(f"{options.out}: {step} steps, {words} words, {time.time() - started:.0f} s")


if __name__ == "__main__":
    main()
