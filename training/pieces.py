"""Words to pieces: the unigram tokenizer, word by word.

A word is mapped character by character (`characters`), gets the mark U+2581 in front if a space stands
before it, and is cut into the pieces whose log scores sum highest. A character that no piece covers counts
as unknown, at the lowest score less 10; neighbouring unknown characters are one unknown piece.
The reader in `crates/parse` does the same, so that what is trained is what runs.
"""

MARK = "\u2581"
MOST = 12  # pieces of one word; the rest of a longer word is not looked at
UNKNOWN_PENALTY = 10.0


class Pieces:
    def __init__(self, pieces, scores, characters, unknown, specials):
        self.characters, self.unknown = characters, unknown
        self.known = {p: (i, float(s)) for i, (p, s) in enumerate(zip(pieces, scores)) if i not in specials}
        self.longest = max(map(len, self.known))
        self.floor = min(float(s) for s in scores) - UNKNOWN_PENALTY
        self.cache = {}

    @classmethod
    def of_e5(cls, e5):
        return cls(e5.pieces, e5.scores, e5.characters, e5.unknown, {e5.start, e5.end, e5.padding, e5.unknown})

    def keep_only(self, ids):
        """Forgets every piece but these, so that training sees words cut as the packed model will cut them."""
        ids = set(ids)
        self.known = {piece: known for piece, known in self.known.items() if known[0] in ids}
        self.longest = max(map(len, self.known))
        self.cache = {}

    def normalise(self, word):
        word = "".join(self.characters.get(ord(c), c) for c in word).strip()
        while "  " in word:
            word = word.replace("  ", " ")
        return word.replace(" ", MARK)

    def cut(self, word):
        """The best pieces of a marked word."""
        size = len(word)
        best = [0.0] + [None] * size
        back = [None] * (size + 1)
        for start in range(size):
            single = False
            for end in range(start + 1, min(size, start + self.longest) + 1):
                found = self.known.get(word[start:end])
                if found is None:
                    continue
                single |= end == start + 1
                score = best[start] + found[1]
                if best[end] is None or score > best[end]:
                    best[end], back[end] = score, (start, found[0])
            if not single:
                score = best[start] + self.floor
                if best[start + 1] is None or score > best[start + 1]:
                    best[start + 1], back[start + 1] = score, (start, self.unknown)
        out = []
        at = size
        while at:
            at, piece = back[at]
            if not (piece == self.unknown and out and out[-1] == self.unknown):
                out.append(piece)
        return out[::-1]

    def word(self, word, space_before):
        """At most twelve pieces of a word, at least one."""
        key = (word, space_before)
        if key not in self.cache:
            marked = (MARK if space_before else "") + self.normalise(word)
            self.cache[key] = self.cut(marked)[:MOST] or [self.unknown]
        return self.cache[key]
