"""Small PNG files, as a renderer would leave them."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path


def write_png(file: Path, size: tuple[int, int] = (64, 48), grey: int = 128) -> None:
    """A whole 8-bit RGB image, with a gradient so that no two greys compress to the same video."""
    width, height = size
    rows = b"".join(b"\0" + bytes((grey + x + y) % 256 for x in range(width) for _ in range(3)) for y in range(height))
    file.parent.mkdir(parents=True, exist_ok=True)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(rows, 1)), _chunk(b"IEND", b""))
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
