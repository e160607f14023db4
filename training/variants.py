"""Variants of training sentences: what news is full of and treebanks lack. Capitals, headlines in Title Case, small
letters throughout, sentences without their full stop, and other names in the place of those that are there."""

import collections
from dataclasses import replace

UNCASED = {"ar", "fa", "he", "zh"}
CAPITALS, TITLE, SMALL, UNSTOPPED = 0.03, 0.02, 0.015, 0.06  # shares of the sentences that come again so


def variants(sentences, rng):
    """The copies to train on beside the sentences themselves."""
    out = []
    for sentence in sentences:
        if sentence.language not in UNCASED:
            for share, change in ((CAPITALS, str.upper), (TITLE, str.title), (SMALL, str.lower)):
                if rng.random() < share:
                    out.append(replace(sentence, words=[change(word) for word in sentence.words]))
        if rng.random() < UNSTOPPED:
            out += unstopped(sentence)
    return out + with_other_names(sentences, rng)


def unstopped(sentence):
    last = len(sentence.words)
    if last < 4 or sentence.words[-1] not in (".", "。") or sentence.heads and last in sentence.heads:
        return []
    cut = lambda values: values and values[:-1]
    return [replace(sentence, words=cut(sentence.words), space=cut(sentence.space), upos=cut(sentence.upos),
                    heads=cut(sentence.heads), relations=cut(sentence.relations), names=cut(sentence.names),
                    features=cut(sentence.features))]


def spans(tags):
    """(type, start, end) of each name."""
    out = []
    for place, tag in enumerate(tags):
        if tag[0] == "B":
            out.append([tag[2:], place, place + 1])
        elif tag[0] == "I":
            out[-1][2] = place + 1
    return out


def with_other_names(sentences, rng, share=0.7):
    """A copy of each sentence that names an organisation, with names of the same set in the place of most of its own;
    each name is as likely as any other, however often it stands in the set. Only names are learned from a copy."""
    known = collections.defaultdict(dict)
    for sentence in sentences:
        for kind, start, end in spans(sentence.names or []):
            words, space = sentence.words[start:end], sentence.space[start:end]
            known[sentence.policy, kind].setdefault(tuple(words), space)
    choices = {key: list(found.items()) for key, found in known.items()}
    out = []
    for sentence in sentences:
        if not sentence.names or "B-ORG" not in sentence.names:
            continue
        words, space, names, at = [], [], [], 0
        for kind, start, end in spans(sentence.names):
            words += sentence.words[at:start]
            space += sentence.space[at:start]
            names += sentence.names[at:start]
            if rng.random() < share:
                other, other_space = rng.choice(choices[sentence.policy, kind])
            else:
                other, other_space = sentence.words[start:end], sentence.space[start:end]
            words += other
            space += [sentence.space[start], *other_space[1:]]
            names += ["B-" + kind] + ["I-" + kind] * (len(other) - 1)
            at = end
        out.append(replace(sentence, words=words + sentence.words[at:], space=space + sentence.space[at:],
                           names=names + sentence.names[at:], upos=None, heads=None, relations=None, features=None))
    return out
