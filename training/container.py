"""The model file of Chancery: named tensors and named texts in one file.

Layout, little endian:

    8 bytes "CHANMODL"  u32 version (1)  u32 entries
    an entry: u8 length of the name, the name in UTF-8, u8 kind, u8 dimensions, u32[dimensions] shape,
              u64 offset from the start of the file, u64 bytes
    the data of each entry, in the order of the entries, each at a multiple of 64

Kinds: 0 float32, 1 float16, 2 4-bit blocks (see `read_e5`; the shape is that of the weights), 3 UTF-8 text.
Numbers stand row by row. `models/README.md` lists the names.
"""

import struct

import numpy as np

from read_e5 import BLOCK, BLOCK_BYTES, unpack_blocks

MAGIC, VERSION, ALIGNMENT = b"CHANMODL", 1, 64
FLOAT32, FLOAT16, BLOCKS, TEXT = range(4)


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
        else:
            out[name] = np.frombuffer(part, "<f4" if kind == FLOAT32 else "<f2").astype(np.float32).reshape(shape)
    return out
