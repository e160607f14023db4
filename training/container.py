"""The model file of Chancery: named tensors and named texts in one file.

Layout, little endian:

    8 bytes "CHANMODL"  u32 version (2)  u32 entries
    an entry: u8 length of the name, the name in UTF-8, u8 kind, u8 dimensions, u32[dimensions] shape,
              u64 offset from the start of the file, u64 bytes
    the data of each entry, in the order of the entries, each at a multiple of 64

Kinds: 0 float32, 1 float16, 2 4-bit blocks (see `read_e5`; the shape is that of the weights), 3 UTF-8 text, 4 a matrix
in whole numbers: a float32 scale for each row, then a signed byte for each weight; a weight is byte x scale.
Numbers stand row by row. `models/README.md` lists the names.
"""

import struct

import numpy as np

from read_e5 import BLOCK, BLOCK_BYTES, unpack_blocks

MAGIC, VERSION, ALIGNMENT = b"CHANMODL", 2, 64
FLOAT32, FLOAT16, BLOCKS, TEXT, BYTES = range(5)
# What two neighbouring weights of a row may have together, signs aside: then the products of the two with bytes add up
# within 16 bits, which is as far as some processors go.
MOST_OF_PAIR = 128


def rounded(matrix):
    """The matrix as kind 4. For each row the scale is tried that leaves the least error of several."""
    matrix = np.asarray(matrix, np.float32)
    largest = np.abs(matrix).max(1) / 127
    largest[largest == 0] = 1
    best = np.full(len(matrix), np.inf)
    scales, weights = largest.copy(), np.zeros(matrix.shape, np.int8)
    for factor in np.linspace(0.6, 1.4, 33, dtype=np.float32):
        tried = _paired(np.rint(matrix / (factor * largest)[:, None]).clip(-127, 127))
        error = np.square(tried * (factor * largest)[:, None] - matrix).sum(1)
        better = error < best
        best[better], scales[better], weights[better] = error[better], (factor * largest)[better], tried[better]
    return scales.astype("<f4").tobytes() + weights.tobytes()


def _paired(weights):
    """Brings neighbours that have too much together nearer to zero, each by half of it."""
    even = weights.shape[1] // 2 * 2
    pairs = weights[:, :even].reshape(len(weights), -1, 2)
    excess = (np.abs(pairs).sum(2) - MOST_OF_PAIR).clip(0)
    pairs[..., 0] -= np.sign(pairs[..., 0]) * np.ceil(excess / 2)
    pairs[..., 1] -= np.sign(pairs[..., 1]) * np.floor(excess / 2)
    weights[:, :even] = pairs.reshape(len(weights), even)
    return weights


def write(path, entries):
    """Writes `[(name, kind, shape, bytes)]`."""
    size = len(MAGIC) + 8 + sum(1 + len(name.encode()) + 2 + 4 * len(shape) + 16 for name, _, shape, _ in entries)
    head, offset = [MAGIC, struct.pack("<II", VERSION, len(entries))], size
    for name, kind, shape, data in entries:
        offset = -(-offset // ALIGNMENT) * ALIGNMENT
        label = name.encode()
        head.append(struct.pack("<B", len(label)) + label + struct.pack(f"<BB{len(shape)}I", kind, len(shape), *shape)
                    + struct.pack("<QQ", offset, len(data)))
        offset += len(data)
    with open(path, "wb") as out:
        out.write(b"".join(head))
        for _, _, _, data in entries:
            out.write(b"\0" * (-out.tell() % ALIGNMENT))
            out.write(data)


def read(path):
    """Reads a file as {name: float32 array or text}."""
    with open(path, "rb") as file:
        data = file.read()
    if data[:8] != MAGIC or struct.unpack_from("<I", data, 8)[0] != VERSION:
        raise ValueError(f"{path} is not a model file of ours")
    (count,), at, out = struct.unpack_from("<I", data, 12), 16, {}
    for _ in range(count):
        length = data[at]
        name = data[at + 1:at + 1 + length].decode()
        at += 1 + length
        kind, dimensions = data[at], data[at + 1]
        shape = struct.unpack_from(f"<{dimensions}I", data, at + 2)
        at += 2 + 4 * dimensions
        offset, size = struct.unpack_from("<QQ", data, at)
        at += 16
        part = data[offset:offset + size]
        if kind == TEXT:
            out[name] = part.decode()
        elif kind == BLOCKS:
            rows = np.frombuffer(part, np.uint8).reshape(shape[0], shape[1] // BLOCK * BLOCK_BYTES)
            out[name] = unpack_blocks(rows, shape[1])
        elif kind == BYTES:
            scales = np.frombuffer(part, "<f4", shape[0])
            weights = np.frombuffer(part, np.int8, offset=4 * shape[0]).reshape(shape)
            out[name] = weights.astype(np.float32) * scales[:, None]
        else:
            out[name] = np.frombuffer(part, "<f4" if kind == FLOAT32 else "<f2").astype(np.float32).reshape(shape)
    return out
