"""Reads OpenEXR headers: parts, channels and windows, no pixels. Pure, except for reading the start of the file.

Layout: "OpenEXR File Layout" of the OpenEXR documentation: magic, version and flags, then per part a list of
attributes (name, type, size, value) that an empty name ends; a multi-part file ends its headers with an empty one.
Layers are named as daemon/picture/exr/header.ts names them, because the daemon looks them up by that name.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

MAGIC = 20000630
MULTI_PART = 0x1000
#: Bytes read at first, and at most: a header with long metadata is read again with more bytes.
FIRST_HEAD, LARGEST_HEAD = 1 << 16, 1 << 24
#: Channels that belong to the picture itself and not to a render var: colour, luminance, alpha.
BARE = frozenset({"R", "G", "B", "A", "Y", "RY", "BY"})
#: Names of parts that are the picture itself.
MAIN_PARTS = frozenset({"rgb", "rgba", "main", "beauty"})
#: Bytes after a channel's name: pixel type, linearity, sampling.
CHANNEL_TAIL = 16


class ExrError(Exception):
    """The file is no EXR, or ends within its headers. Its text completes a sentence that begins with the file."""


@dataclass(frozen=True, slots=True)
class ExrPart:
    """One part (sub-image)."""

    name: str
    channels: tuple[str, ...]
    display: tuple[int, int, int, int]
    """Display window in pixels: xMin, yMin, xMax, yMax, the last two included."""
    data: tuple[int, int, int, int]
    """Data window: the stored pixels. Renderers crop it to the part that is not empty."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture in pixels."""
        return self.display[2] - self.display[0] + 1, self.display[3] - self.display[1] + 1

    @property
    def layers(self) -> tuple[str, ...]:
        """Layer of each channel, each once: "" for the picture's own colour."""
        return tuple(dict.fromkeys(self._layer(channel) for channel in self.channels))

    def _layer(self, channel: str) -> str:
        layer, dot, _ = channel.rpartition(".")
        if dot and layer:
            return layer
        if self.name and self.name.lower() not in MAIN_PARTS:
            return self.name
        return "" if channel in BARE else channel


@dataclass(frozen=True, slots=True)
class ExrImage:
    """The headers of one file."""

    parts: tuple[ExrPart, ...]

    @property
    def layers(self) -> tuple[str, ...]:
        """Layers of all parts, each once, in file order."""
        return tuple(dict.fromkeys(layer for part in self.parts for layer in part.layers))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the first part in pixels."""
        return self.parts[0].size


def read_exr(file: Path) -> ExrImage:
    """Reads the headers. Raises OSError when the file cannot be read, ExrError when it is no whole EXR header."""
    with file.open("rb") as stream:
        size = FIRST_HEAD
        while size <= LARGEST_HEAD:
            stream.seek(0)
            head = stream.read(size)
            try:
                return parse_exr(head)
            except _NeedMoreError:
                if len(head) < size:
                    break
                size *= 4
    raise ExrError("ends within its header")


def parse_exr(head: bytes) -> ExrImage:
    """Parses the head of a file. Raises ExrError for another format."""
    if len(head) < 8 or struct.unpack_from("<I", head)[0] != MAGIC:
        raise ExrError("is no EXR image")
    reader, parts = _Reader(head, 8), list[ExrPart]()
    while attributes := reader.attributes():
        parts.append(_part(attributes))
        if not struct.unpack_from("<I", head, 4)[0] & MULTI_PART:
            break
    if not parts:
        raise ExrError("has no image in it")
    return ExrImage(tuple(parts))


class _NeedMoreError(ExrError):
    """The bytes end before the headers do."""


class _Reader:
    def __init__(self, head: bytes, at: int) -> None:
        self._head, self._at = head, at

    def attributes(self) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        while name := self._name():
            self._name()  # the type: known by the name
            if self._at + 4 > len(self._head):
                raise _NeedMoreError
            (size,) = struct.unpack_from("<I", self._head, self._at)
            start, self._at = self._at + 4, self._at + 4 + size
            if self._at > len(self._head):
                raise _NeedMoreError
            found[name] = self._head[start : self._at]
        return found

    def _name(self) -> str:
        end = self._head.find(b"\0", self._at)
        if end < 0:
            raise _NeedMoreError
        name, self._at = self._head[self._at : end].decode("latin-1"), end + 1
        return name


def _part(attributes: dict[str, bytes]) -> ExrPart:
    try:
        data = _window(attributes["dataWindow"])
        display = _window(attributes["displayWindow"]) if "displayWindow" in attributes else data
        name = attributes.get("name", b"").decode("utf-8", "replace")
        return ExrPart(name, tuple(_channels(attributes["channels"])), display, data)
    except (KeyError, struct.error):
        raise ExrError("has no image in it") from None


def _window(value: bytes) -> tuple[int, int, int, int]:
    left, top, right, bottom = struct.unpack_from("<4i", value)
    return left, top, right, bottom


def _channels(value: bytes) -> list[str]:
    names: list[str] = []
    at = 0
    while at < len(value) and value[at] != 0:
        end = value.index(b"\0", at) if b"\0" in value[at:] else len(value)
        names.append(value[at:end].decode("utf-8", "replace"))
        at = end + 1 + CHANNEL_TAIL
    return names
