"""Learns lemma tables from the lemma column of treebanks, and measures them.

    python3 lemmas.py --treebanks DIR --out ../languages [--measure]

For each language and part of speech: rules by ending (the longest that fits wins; each says how many characters
to take off and what to put on) and the words that no rule explains. Written as `languages/xx/lemmas.txt`:

    @lower İi Iı        letters whose small form is the language's own
    @apostrophe         what stands after an apostrophe is an ending
    @prefix NOUN ال     taken off the front of such words first
    =NOUN               a part of speech; its rules and words follow
    -3 a<TAB>orna …     words in these endings: three characters off, `a` on
    gå<TAB>gick gått    words and their lemma

Lemmas are in small letters except those of proper names. No sentence can be rebuilt from a table.
"""

import argparse
import collections
import glob
import os
import re
import unicodedata

import treebanks

# What is measured on is never learned from. Arabic has nothing but a test file: its table is learned from it, and is
# never measured.
UNMEASURED = {"ar"}
HEADS = {"tr": ["@lower İi Iı", "@apostrophe"],
         "ar": ["@prefix NOUN ال", "@prefix ADJ ال", "@prefix PROPN ال", "@prefix NUM ال"]}
CLOSED = {"ADP", "AUX", "CCONJ", "DET", "PART", "PRON", "SCONJ"}
SKIPPED = {"PUNCT", "SYM", "X", "NUM", "_"}
LONGEST = 7
VOWEL_POINTS = re.compile("[\u064b-\u0652\u0670\u0640]")


class Table:
    """What the reader in `crates/parse` does with a table; kept the same to the letter."""

    def __init__(self, lines):
        self.lower_pairs, self.apostrophe = {}, False
        self.prefixes, self.endings, self.words = collections.defaultdict(list), {}, {}
        upos = None
        for line in lines:
            if line.startswith("@lower "):
                self.lower_pairs = {pair[0]: pair[1] for pair in line.split()[1:]}
            elif line == "@apostrophe":
                self.apostrophe = True
            elif line.startswith("@prefix "):
                _, tag, prefix = line.split()
                self.prefixes[tag].append(prefix)
            elif line.startswith("="):
                upos = line[1:]
            elif "\t" in line:
                left, right = line.split("\t")
                rule = re.fullmatch(r"-(\d+)(?: (.*))?", left)
                for item in right.split(" "):
                    if rule:
                        self.endings[upos, "" if item == "*" else item] = (int(rule[1]), rule[2] or "")
                    else:
                        self.words[upos, item] = left

    def lower(self, form):
        return "".join(self.lower_pairs.get(c, c) for c in form).lower()

    def prepare(self, form, upos):
        """The form without what its language always takes off."""
        if self.apostrophe:
            stem = re.split("['’]", form)[0]
            form = stem if stem and len(stem) < len(form) else form
        for prefix in self.prefixes[upos]:
            if form.startswith(prefix) and len(form) >= len(prefix) + 3:
                form = form[len(prefix):]
        return form

    def lemma(self, form, upos):
        form = self.prepare(form, upos)
        lower = self.lower(form)
        if (upos, lower) in self.words:
            return self.words[upos, lower]
        base = form if upos == "PROPN" else lower
        for size in range(min(LONGEST, len(lower)), -1, -1):
            rule = self.endings.get((upos, lower[len(lower) - size:]))
            if rule:
                off, on = rule
                return base[:max(0, len(base) - off)] + on if off < len(base) else base
        return base


def pairs(path, table):
    """(form, part of speech, lemma) of a treebank, in the form of our lemmas."""
    language = os.path.basename(path)[:2]
    for rows in treebanks.blocks(path):
        for row in rows:
            if not row[0].isdigit() or row[2] in ("_", "") or " " in row[1] + row[2] or row[3] in SKIPPED:
                continue
            form, lemma, upos = row[1], row[2], row[3]
            if language == "ar":
                lemma = VOWEL_POINTS.sub("", lemma)
            form, lemma = unicodedata.normalize("NFC", form), unicodedata.normalize("NFC", lemma)
            if upos == "PROPN":
                if form[0].isupper() and lemma[0] == table.lower(form[0]):
                    lemma = form[0] + lemma[1:]
            else:
                lemma = table.lower(lemma)
            yield form, upos, lemma


def edit(form, lemma):
    """How many characters to take off and what to put on; None where the beginning differs."""
    same = len(os.path.commonprefix([form, lemma]))
    if same == 0 or (len(form) - same > 6):
        return None
    return len(form) - same, lemma[same:]


def learn(counts):
    """Rules and words for {(form, lemma): count} of one part of speech."""
    best = {}
    by_form = collections.defaultdict(collections.Counter)
    for (form, lemma), count in counts.items():
        by_form[form][lemma] += count
    for form, lemmas in by_form.items():
        best[form] = sorted(lemmas.items(), key=lambda item: (-item[1], item[0]))[0]
    votes = collections.defaultdict(collections.Counter)
    for form, (lemma, count) in best.items():
        change = edit(form, fold_case(form, lemma))
        if change:
            # A rule may not eat the whole word.
            for size in range(change[0], min(LONGEST, len(form) - 1) + 1):
                votes[form[len(form) - size:]][change] += 1
    rules = {}
    for ending in sorted(votes, key=lambda ending: (len(ending), ending)):
        ranked = sorted(votes[ending].items(), key=lambda item: (-item[1], item[0]))
        change, support = ranked[0]
        total = sum(votes[ending].values())
        known = next((rules[ending[i:]] for i in range(1, len(ending) + 1) if ending[i:] in rules), (0, ""))
        gain = support - votes[ending].get(known, 0)
        if change != known and gain >= (1 if not ending else 2) and support >= 0.5 * total:
            rules[ending] = change
    return rules, best


def fold_case(form, lemma):
    """Proper names: the rules work on small letters, the capital stays where it was."""
    return form[0] + lemma[1:] if lemma and form and lemma[0].lower() == form[0] else lemma


def build(language, paths):
    heads = HEADS.get(language, [])
    table = Table(heads)
    counts = collections.defaultdict(collections.Counter)
    for path in paths:
        for form, upos, lemma in pairs(path, table):
            counts[upos][table.lower(table.prepare(form, upos)), lemma] += 1
    inflected = sum(form != lemma.lower() for of in counts.values() for form, lemma in of)
    if inflected < 0.05 * sum(map(len, counts.values())):
        return None
    lines = [f"# Forms and lemmas, learned by training/lemmas.py from {', '.join(sorted(map(name, paths)))}.",
             "# Licences of the treebanks: models/README.md.", *heads]
    for upos in sorted(counts):
        rules, best = learn(counts[upos])
        if upos in CLOSED:
            rules = {}
        by_change = collections.defaultdict(list)
        for ending, (off, on) in rules.items():
            by_change[off, on].append(ending or "*")
        body = [f"-{off}{' ' + on if on else ''}\t{' '.join(sorted(endings))}" for (off, on), endings in sorted(by_change.items())]
        trial = Table([*heads, f"={upos}", *body])
        words = collections.defaultdict(list)
        for form, (lemma, count) in sorted(best.items()):
            if form and (lemma != trial.lemma(form, upos) if upos != "PROPN" else lemma.lower() != trial.lemma(form, upos).lower()):
                if count >= (1 if len(counts[upos]) < 40_000 else 2) and not re.match(r"-\d", lemma) and plain(form) and plain(lemma):
                    words[lemma].append(form)
        body += [f"{lemma}\t{' '.join(forms)}" for lemma, forms in sorted(words.items())]
        if body:
            lines += [f"={upos}", *body]
    return lines


def plain(word):
    return not re.search(r"[\s@_/\\|#=<>\d]", word)


def name(path):
    return os.path.basename(path).removesuffix(".conllu")


def measure(table, path):
    right, all_, by = 0, 0, collections.Counter()
    for form, upos, lemma in pairs(path, table):
        found = table.lemma(form, upos)
        same = found == lemma
        right += same
        all_ += 1
        by[upos, same] += 1
    open_classes = " ".join(f"{upos} {100 * by[upos, True] / max(1, by[upos, True] + by[upos, False]):.1f}"
                            for upos in ("NOUN", "VERB", "ADJ", "PROPN"))
    print(f"{name(path)}: {100 * right / max(1, all_):.2f} of {all_} ({open_classes})")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--treebanks", required=True)
    arguments.add_argument("--out", required=True)
    arguments.add_argument("--measure", action="store_true")
    arguments.add_argument("languages", nargs="*", default=[])
    options = arguments.parse_args()
    for language in options.languages or sorted(os.listdir(options.treebanks)):
        paths = sorted(glob.glob(os.path.join(options.treebanks, language, "*.conllu")))
        held = [path for path in paths if "-test" in name(path) and language not in UNMEASURED]
        learned = [path for path in paths if path not in held and "webnews" not in path]
        lines = build(language, learned) if learned else None
        if lines is None:
            print(language, "has no lemmas to learn from")
            continue
        text = "\n".join(lines) + "\n"
        with open(os.path.join(options.out, language, "lemmas.txt"), "w", encoding="utf8") as out:
            out.write(text)
        print(f"{language}: {len(text.encode()) / 1000:.0f} kB, {len(lines)} lines")
        if options.measure:
            for path in held:
                measure(Table(lines), path)


if __name__ == "__main__":
    main()
