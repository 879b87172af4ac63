"""Size of an image from its header: EXR, PNG, JPEG."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

from .exr import ExrError, read_exr

_PNG = b"\x89PNG\r\n\x1a\n"
#: JPEG markers "start of frame" 0 to 15 carry the size; 4, 8 and 12 are other tables (ITU T.81, table B.1).
_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def image_size(file: Path) -> tuple[int, int] | None:
    """Width and height in pixels; None = another format, or no whole header. Raises OSError."""
    if file.suffix.lower() == ".exr":
        try:
            return read_exr(file).size
        except ExrError:
            return None
    with file.open("rb") as stream:
        head = stream.read(24)
        if head.startswith(_PNG) and len(head) == 24:
            width, height = struct.unpack(">2I", head[16:])
            return width, height
        return _jpeg(stream) if head.startswith(b"\xff\xd8") else None


def _jpeg(stream: BinaryIO) -> tuple[int, int] | None:
    """Walks from marker to marker until the one with the size."""
    stream.seek(2)
    while len(marker := stream.read(4)) == 4 and marker[0] == 0xFF:
        (length,) = struct.unpack(">H", marker[2:])
        if marker[1] in _SIZES:
            frame = stream.read(5)
            if len(frame) < 5:
                return None
            height, width = struct.unpack(">2H", frame[1:])
            return width, height
        stream.seek(length - 2, 1)
    return None
