"""Sentences to tensors."""

from dataclasses import dataclass

import torch

from treebanks import NAMES, RELATIONS, UPOS, VALUES

IGNORED = -100  # torch's label of what is not to be learned
# The place of each value among its attribute's; 0 stands for "not there".
PLACES = {attribute: {value: place for place, value in enumerate(values.split(), 1)} for attribute, values in VALUES.items()}


@dataclass
class Batch:
    ids: torch.Tensor  # pieces, with the start and the end
    lengths: torch.Tensor
    word_of: torch.Tensor  # for each piece its word from 1; 0 for what is none
    counts: torch.Tensor  # words
    upos: torch.Tensor
    heads: torch.Tensor
    relations: torch.Tensor
    names: torch.Tensor
    features: torch.Tensor  # of each word the value of each attribute
    policies: torch.Tensor  # of each sentence


def batch(sentences, start, end, padding):
    rows, longest = len(sentences), max(sentence.size for sentence in sentences)
    most = max(len(sentence.words) for sentence in sentences)
    ids, word_of = torch.full((rows, longest), padding), torch.zeros(rows, longest, dtype=torch.long)
    upos, heads, relations, names = (torch.full((rows, most), IGNORED) for _ in range(4))
    features = torch.full((rows, most, len(PLACES)), IGNORED)
    for row, sentence in enumerate(sentences):
        pieces, words = [start], [0]
        for number, of_word in enumerate(sentence.pieces, 1):
            pieces += of_word
            words += [number] * len(of_word)
        pieces.append(end)
        words.append(0)
        ids[row, :len(pieces)] = torch.tensor(pieces)
        word_of[row, :len(words)] = torch.tensor(words)
        count = len(sentence.words)
        if sentence.upos:
            upos[row, :count] = torch.tensor([UPOS.index(u) if u in UPOS else IGNORED for u in sentence.upos])
            heads[row, :count] = torch.tensor(sentence.heads)
            relations[row, :count] = torch.tensor([RELATIONS.index(r) for r in sentence.relations])
        if sentence.features:
            features[row, :count] = torch.tensor(
                [[places.get(of_word[attribute], IGNORED) if attribute in of_word else 0
                  for attribute, places in PLACES.items()] for of_word in sentence.features])
        if sentence.names:
            names[row, :count] = torch.tensor([NAMES.index(n) for n in sentence.names])
    return Batch(ids, torch.tensor([s.size for s in sentences]), word_of,
                 torch.tensor([len(s.words) for s in sentences]), upos, heads, relations, names, features,
                 torch.tensor([s.policy for s in sentences]))


def grouped(sentences, most):
    """Lists of sentences of like length, each of at most `most` pieces when padded; in order of length."""
    groups, group = [], []
    for sentence in sentences:
        if group and (len(group) + 1) * sentence.size > most:
            groups.append(group)
            group = []
        group.append(sentence)
    return groups + [group] if group else groups
