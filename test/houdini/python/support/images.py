"""Small real images: PNG and OpenEXR, byte by byte, so that tests say exactly what is in them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

#: Parts by name, each with its channels; the name of a single-part file's only part is "".
Parts = Mapping[str, Sequence[str]]


def write_png(file: Path, size: tuple[int, int] = (4, 2), value: int = 128) -> Path:
    """An RGB image of greys that begin with `value` and rise to the right: a flat pass would hold its job."""
    width, height = size
    row = b"".join(bytes([(value + 5 * x) % 256]) * 3 for x in range(width))
    rows = (b"\0" + row) * height
    header = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + chunks)
    return file


def write_exr(file: Path, parts: Parts, size: tuple[int, int] = (4, 2), window: tuple[int, int] | None = None) -> Path:
    """Floats without compression, all 1.0; `window` = width and height of what is stored, where it is less."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(exr_bytes(parts, size, window))
    return file


def exr_bytes(parts: Parts, size: tuple[int, int] = (4, 2), window: tuple[int, int] | None = None) -> bytes:
    """The whole file ("OpenEXR File Layout"): headers, one offset table a part, one line a chunk."""
    multi = len(parts) > 1 or "" not in parts
    stored = window or size
    headers = b"".join(_header(name, channels, size, stored) for name, channels in parts.items())
    head = struct.pack("<2I", 20000630, 2 | (0x1000 if multi else 0)) + headers + (b"\0" if multi else b"")
    at = len(head) + 8 * stored[1] * len(parts)
    tables, chunks = b"", b""
    for number, channels in enumerate(parts.values()):
        for line in range(stored[1]):
            pixels = struct.pack("<f", 1.0) * stored[0] * len(channels)
            tables += struct.pack("<Q", at + len(chunks))
            chunks += (struct.pack("<i", number) if multi else b"") + struct.pack("<2i", line, len(pixels)) + pixels
    return head + tables + chunks


def _header(name: str, channels: Sequence[str], size: tuple[int, int], stored: tuple[int, int]) -> bytes:
    listed = b"".join(_text(each) + struct.pack("<iB3xii", 2, 0, 1, 1) for each in sorted(channels)) + b"\0"
    attributes = [
        *(([("name", "string", name.encode()), ("type", "string", b"scanlineimage")]) if name else []),
        ("channels", "chlist", listed),
        ("compression", "compression", b"\0"),
        ("dataWindow", "box2i", struct.pack("<4i", 0, 0, stored[0] - 1, stored[1] - 1)),
        ("displayWindow", "box2i", struct.pack("<4i", 0, 0, size[0] - 1, size[1] - 1)),
        ("lineOrder", "lineOrder", b"\0"),
        ("pixelAspectRatio", "float", struct.pack("<f", 1)),
        ("screenWindowCenter", "v2f", struct.pack("<2f", 0, 0)),
        ("screenWindowWidth", "float", struct.pack("<f", 1)),
        *([("chunkCount", "int", struct.pack("<i", stored[1]))] if name else []),
    ]
    return (
        b"".join(_text(key) + _text(kind) + struct.pack("<I", len(data)) + data for key, kind, data in attributes)
        + b"\0"
    )


def _text(value: str) -> bytes:
    return value.encode() + b"\0"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
