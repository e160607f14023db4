"""Reads the treebanks: sentences as words, spaces, tags, heads, relations and names.

Two forms: CoNLL-U (`NER=` and `SpaceAfter=No` in MISC) and `.iob2` (index, form, name tag). What a file does
not have is None, and is left out of the loss.
"""

import os
import re
from dataclasses import dataclass, field

UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
UNIVERSAL = ("acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated "
             "expl fixed flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root "
             "vocative xcomp").split()
# The subtypes that later stages lean on; every other subtype is cut off.
SUBTYPES = ["acl:relcl", "aux:pass", "compound:prt", "csubj:pass", "nsubj:pass", "obl:agent"]
RELATIONS = UNIVERSAL + SUBTYPES
NAMES = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]
# The features that are learned: what tells how sure, when, who and how many. A value seen fewer than twenty times, and
# features of spelling (Abbr, Foreign, NumForm, Typo ...) or of a possessor (Number[psor]), are left out.
VALUES = {
    "Mood": "Ind Imp Sub Gen Cnd Opt Pot Des GenPot CndGen Nec", "Tense": "Pres Past Fut Imp",
    "Aspect": "Perf Imp Prog Hab Prosp", "VerbForm": "Fin Inf Part Ger Sup Conv Vnoun",
    "Voice": "Act Pass Mid Cau", "Evident": "Fh Nfh", "Polarity": "Neg Pos", "Person": "1 2 3 0",
    "Number": "Sing Plur Ptan", "Case": "Nom Gen Acc Loc Dat Ins Abl Voc Acc,Dat Acc,Nom Tem",
    "Gender": "Masc Fem Neut Com Fem,Masc", "Animacy": "Inan Anim", "Definite": "Def Ind Cons",
    "Degree": "Pos Cmp Sup", "PronType": "Art Prs Dem Rel Ind Int Tot Neg Int,Rel Emp Dem,Rel Rcp", "Poss": "Yes",
    "Reflex": "Yes", "NumType": "Card Ord Frac Mult",
}
FEATURES = [f"{attribute}={value}" for attribute, values in VALUES.items() for value in values.split()]
# The sets draw the line of a name (above all of an organisation) differently, and each trains with a policy of its own.
# The first stands for no policy in particular.
POLICIES = {"any": "", "uner": "ewt talbanken gsdsimp pud", "gum": "gum", "crossner": "crossner",
            "webnews": "webnews", "factrueval": "factrueval", "germeval": "germeval", "re3d": "re3d"}
# Languages that are written without spaces between words: no word gets the mark of a space.
UNSPACED = {"zh", "ja"}

# Dev files train too: nothing is chosen by them.
TRAIN = {
    "en": ["en_ewt-train.conllu", "en_ewt-dev.conllu", "en_gum-train.conllu", "en_gum-dev.conllu",
           "en_crossner-politics-train.iob2", "en_crossner-politics-dev.iob2", "en_re3d.docs.iob2"],
    "sv": ["sv_talbanken-train.v1conv.conllu", "sv_talbanken-dev.conllu", "sv_webnews-ner-train.conllu",
           "sv_webnews-ner-dev.conllu"],
    "fr": ["fr_sequoia-train.conllu", "fr_sequoia-dev.conllu", "fr_gsd-dev.conllu"],
    "es": ["es_ancora-dev.2021.conllu", "es_gsd-dev.conllu"],
    "ru": ["ru_gsd-dev.conllu", "ru_taiga-train.v27.conllu", "ru_taiga-dev.conllu", "ru_factrueval-dev.iob2"],
    "fa": ["fa_perdt-dev.conllu", "fa_seraji-dev.conllu"],
    "de": ["de_gsd-dev.conllu", "de_germeval14-dev.iob2"],
    "uk": ["uk_parlamint-train.2024.conllu", "uk_parlamint-dev.conllu"],
    "tr": ["tr_boun-dev.conllu", "tr_framenet-train.conllu", "tr_kenet-dev.conllu", "tr_penn-dev.conllu"],
    "zh": ["zh_gsdsimp-dev.conllu", "zh_gsdsimp-train.ner.iob2"],
    "he": ["he_iahltwiki-dev.conllu"],
}

TEST = {
    "en": ["en_pud-test.conllu", "en_ewt-test.conllu", "en_gum-test.conllu", "en_crossner-politics-test.iob2"],
    "sv": ["sv_pud-test.conllu", "sv_talbanken-test.conllu", "sv_webnews-ner-test.conllu"],
    "fr": ["fr_gsd-test.conllu", "fr_sequoia-test.conllu", "fr_pud-test.conllu"],
    "es": ["es_ancora-test.2021.conllu", "es_pud-test.conllu"],
    "ru": ["ru_gsd-test.conllu", "ru_taiga-test.conllu", "ru_pud-test.conllu", "ru_factrueval-test.iob2"],
    "fa": ["fa_perdt-test.conllu", "fa_seraji-test.conllu"],
    "de": ["de_gsd-test.conllu", "de_pud-test.conllu", "de_germeval14-test.iob2"],
    "uk": ["uk_parlamint-test.conllu"],
    "tr": ["tr_boun-test.conllu", "tr_pud-test.conllu"],
    "zh": ["zh_gsdsimp-test.conllu"],
    "ar": ["ar_pud-test.conllu"],
    "he": ["he_iahltwiki-test.conllu"],
}

# In .iob2 files spaces are not noted: none stands before these, or after those.
CLOSING = set(",.;:!?)]}»”%…") | {"'s", "’s", "n't", "'re", "'ve", "'ll", "'m", "'d"}
OPENING = set("([{«“")


@dataclass
class Sentence:
    language: str
    words: list
    space: list  # whether a space stands before the word
    upos: list = None
    heads: list = None  # 0 is the root
    relations: list = None
    names: list = None
    features: list = None  # of each word {attribute: value}
    policy: int = 0  # place in POLICIES of the set that the names are of
    pieces: list = field(default_factory=list)  # ids of each word's pieces, set by `prepare`

    @property
    def size(self):
        """Pieces, with the start and the end."""
        return sum(map(len, self.pieces)) + 2


def relation(label):
    if label in SUBTYPES:
        return label
    label = label.split(":")[0]
    return label if label in UNIVERSAL else "dep"


def mend_names(tags):
    """Keeps PER, ORG and LOC, and makes a name that starts with I start with B."""
    out, before = [], "O"
    for tag in tags:
        if tag[2:] not in ("PER", "ORG", "LOC"):
            tag = "O"
        if tag[0] == "I" and before[2:] != tag[2:]:
            tag = "B" + tag[1:]
        out.append(tag)
        before = tag
    return out


def policy(path):
    """The place of the policy that a file's names follow."""
    words = set(re.split(r"[_.-]", os.path.basename(path)))
    return next((place for place, sets in enumerate(POLICIES.values()) if words & set(sets.split())), 0)


def features(column):
    """{attribute: value} of a FEATS column, for the attributes that are learned."""
    pairs = (pair.split("=", 1) for pair in column.split("|") if "=" in pair)
    return {attribute: value for attribute, value in pairs if attribute in VALUES}


def blocks(path):
    """The rows of each sentence, split at tabs. In a file of whole documents a full stop ends one."""
    rows, whole_documents = [], ".docs." in path
    with open(path, encoding="utf8") as file:
        for line in file:
            line = line.rstrip("\r\n")
            if not line.strip():
                if rows:
                    yield rows
                rows = []
            elif "\t" in line:
                rows.append(line.split("\t"))
                if whole_documents and rows[-1][1] in (".", "?", "!"):
                    yield rows
                    rows = []
    if rows:
        yield rows


def read(path, fused=False):
    """The sentences of a file. With `fused`, only those that hold a fused word (fr `du`), and each fused word is
    one word: the part whose head lies outside it lends its tag, head and relation."""
    language = os.path.basename(path)[:2]
    read_one = read_names if path.endswith(".iob2") else read_tree
    sentences = [s for s in (read_one(rows, language, fused) for rows in blocks(path)) if s]
    for sentence in sentences:
        sentence.policy = policy(path)
    return sentences


def read_names(rows, language, fused):
    if fused:
        return None
    words = [row[1] for row in rows]
    space = [True] + [b not in CLOSING and a not in OPENING for a, b in zip(words, words[1:])]
    if language in UNSPACED:
        space = [False] * len(words)
    return Sentence(language, words, space, names=mend_names([row[2] for row in rows]))


def read_tree(rows, language, fused):
    words_rows, ranges = [], []
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            ranges.append((first, last, row[1], "SpaceAfter=No" not in row[9]))
        elif "." not in row[0]:
            words_rows.append(row)
    words = [row[1] for row in words_rows]
    after = ["SpaceAfter=No" not in row[9] for row in words_rows]
    merged = {}
    for first, last, form, space in ranges:
        after[last - 1] = space
        if "".join(words[first - 1:last]) == form:
            after[first - 1:last - 1] = [False] * (last - first)
        elif fused:
            merged[first] = (last, form)
    if fused and not merged:
        return None
    heads = [int(row[6]) if row[6].isdigit() else 0 for row in words_rows]
    upos = [row[3] for row in words_rows]
    relations = [relation(row[7]) for row in words_rows]
    feats = [features(row[5]) for row in words_rows]
    has_tree = words_rows[0][3] != "_" and words_rows[0][7] != "_"
    names = None
    if all("NER=" in row[9] for row in words_rows):
        names = mend_names([re.search(r"NER=([^|]+)", row[9]).group(1) for row in words_rows])
    if merged:
        kept, stands_for, form_of, at = [], list(range(len(words) + 1)), {}, 1
        while at <= len(words):
            last, form = merged.get(at, (at, words[at - 1]))
            inside = range(at, last + 1)
            head = next((i for i in inside if heads[i - 1] not in inside), at)
            for i in inside:
                stands_for[i] = head
            form_of[head] = form
            after[head - 1] = after[last - 1]
            kept.append(head)
            at = last + 1
        new = {0: 0} | {old: index + 1 for index, old in enumerate(kept)}
        heads = [new[stands_for[heads[i - 1]]] for i in kept]
        words = [form_of[i] for i in kept]
        upos, relations, feats, after = ([values[i - 1] for i in kept] for values in (upos, relations, feats, after))
        names = mend_names([names[i - 1] for i in kept]) if names else None
    space = [False] * len(words) if language in UNSPACED else [True] + after[:-1]
    if not has_tree:
        return Sentence(language, words, space, names=names)
    return Sentence(language, words, space, upos, heads, relations, names, feats)


def prepare(sentences, pieces, most=500):
    """Gives each sentence its piece ids. One with more than `most` pieces keeps only the first pieces of each word."""
    for sentence in sentences:
        for cap in (12, 5, 3, 2, 1):
            sentence.pieces = [pieces.word(w, s)[:cap] for w, s in zip(sentence.words, sentence.space)]
            if sentence.size <= most + 2:
                break
    return sentences
