"""Trains the parser on a CPU, for a given time.

    python3 train.py --e5 e5-small-q4.bin --treebanks DIR --seconds 10800 --out encoder.safetensors

The learning rate rises for 5 % of the time and falls linearly to nothing at its end, so that any length of training is
a whole one. Languages are drawn by the square root of their words. What a treebank lacks (names, trees) is left out
of the loss. Half of the sentences with a fused word (fr `du`) come again with the fused form as one word, so that
text can be read without splitting them. With `--start` training goes on from weights that were saved before.
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
from model import Encoder, Parser, parameters, size
from pieces import Pieces
from read_e5 import E5File

LONGEST = 160  # pieces of a training sentence
NAME_WEIGHT = 1.5


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


def losses(model, data):
    """The loss of each head that the batch has labels for."""
    upos, names, arcs, dependents, heads = model(data)
    out = {}
    if (data.upos != IGNORED).any():
        labelled = data.heads != IGNORED
        out["upos"] = F.cross_entropy(upos.flatten(0, 1), data.upos.flatten())
        out["arcs"] = F.cross_entropy(arcs[labelled], data.heads[labelled])
        relations = model.relations(dependents, heads, data.heads.clamp(min=0))
        out["relations"] = F.cross_entropy(relations[labelled], data.relations[labelled])
    if (data.names != IGNORED).any():
        out["names"] = NAME_WEIGHT * F.cross_entropy(names.flatten(0, 1), data.names.flatten())
    return out


def save(model, path):
    """The weights without the frozen word table; matrices in half precision."""
    halved = {name: (weight.half() if name.endswith(".weight") and weight.ndim > 1 or name in ("U", "V") else weight)
              for name, weight in model.state_dict().items() if name != "enc.word.weight"}
    save_file({name: weight.contiguous() for name, weight in halved.items()}, path)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--e5", required=True)
    arguments.add_argument("--treebanks", required=True)
    arguments.add_argument("--out", required=True)
    arguments.add_argument("--start", help="weights to go on from, as saved by an earlier training")
    arguments.add_argument("--seconds", type=float, required=True)
    arguments.add_argument("--steps", type=int, default=10 ** 9, help="stop after so many, for a trial")
    arguments.add_argument("--pieces", type=int, default=2000, help="pieces in a batch")
    arguments.add_argument("--rate", type=float, default=1.5e-4, help="of the encoder")
    arguments.add_argument("--head-rate", type=float, default=1e-3)
    arguments.add_argument("--threads", type=int, default=os.cpu_count())
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    rng = random.Random(options.seed)
    e5 = E5File(options.e5)
    data = pools(options.treebanks, Pieces.of_e5(e5), rng)
    model = Parser(Encoder.of_e5(e5)).train()
    if options.start:
        missing = model.load_state_dict(load_file(options.start), strict=False)
        assert missing.missing_keys == ["enc.word.weight"] and not missing.unexpected_keys, missing
    encoder, heads = parameters(model)
    print("encoder", size(encoder), "heads", size(heads), flush=True)
    groups = [dict(params=encoder, lr=options.rate), dict(params=heads, lr=options.head_rate)]
    peaks = [group["lr"] for group in groups]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    started, words, sums = time.time(), 0, {}
    for step, sentences in enumerate(rounds(data, options.pieces, rng)):
        passed = (time.time() - started) / options.seconds
        if passed >= 1 or step >= options.steps:
            break
        factor = max(0.005, min(passed / 0.05, (1 - passed) / 0.95, 1))
        for group, peak in zip(optimiser.param_groups, peaks):
            group["lr"] = peak * factor
        parts = losses(model, batch(sentences, e5.start, e5.end, e5.padding))
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
            seconds = time.time() - started
            print(f"step {step + 1}, {seconds:.0f} s, {words / seconds:.0f} words/s, {means}", flush=True)
            sums = {}
    save(model, options.out)
    print(f"{options.out}: {step} steps, {words} words, {time.time() - started:.0f} s")


if __name__ == "__main__":
    main()
