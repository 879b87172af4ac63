"""EXR files of any layout, written byte by byte ("OpenEXR File Layout").

OpenEXR's own writer (its Python package) has no mip-maps, no random line order and no interleaved parts, so the
container is ours. What it can do and we cannot is its job: PIZ, PXR24, B44, DWA and HTJ2K chunks are compressed by it,
by writing a file of that one chunk and taking the chunk out.
"""

from __future__ import annotations

import io
import math
import random
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import OpenEXR

OpenEXR.set_global_thread_count(0)

Box = tuple[int, int, int, int]

# Number in the file, lines of a chunk.
COMPRESSIONS = {
    "none": (0, 1),
    "rle": (1, 1),
    "zips": (2, 1),
    "zip": (3, 16),
    "piz": (4, 32),
    "pxr24": (5, 16),
    "b44": (6, 32),
    "b44a": (7, 32),
    "dwaa": (8, 32),
    "dwab": (9, 256),
    "htj2k256": (10, 256),
    "htj2k32": (11, 32),
    "zstd": (13, 1),
}
TYPES = {"uint": (0, np.dtype("<u4")), "half": (1, np.dtype("<f2")), "float": (2, np.dtype("<f4"))}
ORDERS = {"increasing": 0, "decreasing": 1, "random": 2}
LEVEL_MODES = {"one": 0, "mip": 1, "rip": 2}
MULTI_PART, LONG_NAMES, SINGLE_TILED = 0x1000, 0x400, 0x200


@dataclass
class Channel:
    """`pixels(box, level)`: the samples of a window of a level, already in the channel's type."""

    name: str
    type: str
    pixels: Callable[[Box, tuple[int, int]], np.ndarray]
    sampling: tuple[int, int] = (1, 1)
    linear: bool = False


@dataclass
class Tiles:
    """Size of a tile; which levels there are (one, mip, rip), and how their sizes are rounded (down, up)."""

    width: int
    height: int
    mode: str = "one"
    rounding: str = "down"


@dataclass
class Part:
    """One part. Windows are left, top, right, bottom, all inclusive; attributes are name, type, bytes."""

    channels: list[Channel]
    compression: str
    data: Box
    display: Box
    name: str | None = None
    order: str = "increasing"
    tiles: Tiles | None = None
    attributes: list[tuple[str, str, bytes]] = field(default_factory=list)


def file_bytes(parts: list[Part], interleaved: bool = False, seed: int = 1) -> bytes:
    """The whole file. `interleaved`: the parts take turns, a chunk each, as a renderer may flush them."""
    several = len(parts) > 1 or parts[0].name is not None
    chunks = [list(_chunks(part)) for part in parts]
    headers = b"".join(_header(part, len(own) if several else None) for part, own in zip(parts, chunks, strict=True))
    flags = MULTI_PART if several else (SINGLE_TILED if parts[0].tiles else 0)
    if any(len(text) > 31 for part in parts for text in _names(part)):
        flags |= LONG_NAMES
    start = struct.pack("<II", 20000630, 2 | flags) + headers + (b"\0" if several else b"")
    at = len(start) + 8 * sum(len(own) for own in chunks)
    tables = [[0] * len(own) for own in chunks]
    body = []
    for part, chunk in _file_order(parts, chunks, interleaved, seed):
        tables[part][chunk] = at
        piece = (struct.pack("<i", part) if several else b"") + chunks[part][chunk]
        body.append(piece)
        at += len(piece)
    offsets = b"".join(struct.pack(f"<{len(table)}Q", *table) for table in tables)
    return start + offsets + b"".join(body)


def levels(part: Part) -> list[tuple[int, int, int, int]]:
    """(level in x, level in y, width, height), in the order of the offset table."""
    width, height = part.data[2] - part.data[0] + 1, part.data[3] - part.data[1] + 1
    if part.tiles is None or part.tiles.mode == "one":
        return [(0, 0, width, height)]
    count = {size: _level_count(size, part.tiles.rounding) for size in (width, height, max(width, height))}
    if part.tiles.mode == "mip":
        pairs = [(level, level) for level in range(count[max(width, height)])]
    else:
        pairs = [(x, y) for y in range(count[height]) for x in range(count[width])]
    return [
        (x, y, _level_size(width, x, part.tiles.rounding), _level_size(height, y, part.tiles.rounding))
        for x, y in pairs
    ]


def samples(low: int, high: int, every: int) -> int:
    """How many of the coordinates low..high a channel has that is sampled at every n-th."""
    return high // every - -(-low // every) + 1


def _level_count(size: int, rounding: str) -> int:
    return (math.ceil(math.log2(size)) if rounding == "up" else int(math.log2(size))) + 1


def _level_size(size: int, level: int, rounding: str) -> int:
    return max(1, -(-size // 2**level) if rounding == "up" else size // 2**level)


def _names(part: Part) -> Iterator[str]:
    yield from (channel.name for channel in part.channels)
    yield from (name for name, _, _ in part.attributes)


def _header(part: Part, chunk_count: int | None) -> bytes:
    channels = b"".join(
        channel.name.encode() + struct.pack("<BiB3xii", 0, TYPES[channel.type][0], channel.linear, *channel.sampling)
        for channel in _sorted(part.channels)
    )
    own = [
        ("channels", "chlist", channels + b"\0"),
        ("compression", "compression", bytes([COMPRESSIONS[part.compression][0]])),
        ("dataWindow", "box2i", struct.pack("<4i", *part.data)),
        ("displayWindow", "box2i", struct.pack("<4i", *part.display)),
        ("lineOrder", "lineOrder", bytes([ORDERS[part.order]])),
        ("pixelAspectRatio", "float", struct.pack("<f", 1)),
        ("screenWindowCenter", "v2f", struct.pack("<2f", 0, 0)),
        ("screenWindowWidth", "float", struct.pack("<f", 1)),
    ]
    if part.tiles is not None:
        mode = LEVEL_MODES[part.tiles.mode] | (16 if part.tiles.rounding == "up" else 0)
        own.append(("tiles", "tiledesc", struct.pack("<IIB", part.tiles.width, part.tiles.height, mode)))
    if chunk_count is not None:
        own += [
            ("name", "string", (part.name or "").encode()),
            ("type", "string", b"tiledimage" if part.tiles else b"scanlineimage"),
            ("chunkCount", "int", struct.pack("<i", chunk_count)),
        ]
    return b"".join(map(_attribute, sorted(part.attributes + own))) + b"\0"


def _attribute(attribute: tuple[str, str, bytes]) -> bytes:
    name, kind, value = attribute
    return name.encode() + b"\0" + kind.encode() + b"\0" + struct.pack("<I", len(value)) + value


def _sorted(channels: list[Channel]) -> list[Channel]:
    return sorted(channels, key=lambda channel: channel.name.encode())


def _chunks(part: Part) -> Iterator[bytes]:
    left, top, right, bottom = part.data
    if part.tiles is None:
        lines = COMPRESSIONS[part.compression][1]
        for y in range(top, bottom + 1, lines):
            yield struct.pack("<i", y) + _packed(part, (left, y, right, min(bottom, y + lines - 1)), (0, 0))
        return
    wide, high = part.tiles.width, part.tiles.height
    for level_x, level_y, width, height in levels(part):
        for row in range(-(-height // high)):
            for column in range(-(-width // wide)):
                x, y = left + column * wide, top + row * high
                box = (x, y, min(left + width, x + wide) - 1, min(top + height, y + high) - 1)
                yield struct.pack("<4i", column, row, level_x, level_y) + _packed(part, box, (level_x, level_y))


def _file_order(parts: list[Part], chunks: list[list[bytes]], interleaved: bool, seed: int) -> list[tuple[int, int]]:
    """(part, chunk) in the order in which they lie in the file."""
    own: list[list[tuple[int, int]]] = []
    for index, part in enumerate(parts):
        order = list(range(len(chunks[index])))
        if part.order == "decreasing":
            order.reverse()
        elif part.order == "random":
            random.Random(seed).shuffle(order)
        own.append([(index, chunk) for chunk in order])
    if not interleaved:
        return [chunk for order in own for chunk in order]
    longest = max(map(len, own))
    return [order[turn] for turn in range(longest) for order in own if turn < len(order)]


def _packed(part: Part, box: Box, level: tuple[int, int]) -> bytes:
    """Size and bytes of a chunk; stored as it is when compression makes nothing of it, as every writer does."""
    planes = [(channel, channel.pixels(box, level)) for channel in _sorted(part.channels)]
    raw = _interleave(planes, box)
    packed = _compress(part, planes, box, raw)
    kept = packed if len(packed) < len(raw) else raw
    return struct.pack("<i", len(kept)) + kept


def _interleave(planes: list[tuple[Channel, np.ndarray]], box: Box) -> bytes:
    """A line holds the samples of one channel after the other."""
    if all(channel.sampling == (1, 1) for channel, _ in planes):
        height = box[3] - box[1] + 1
        lines = [pixels.astype(TYPES[channel.type][1]).view(np.uint8).reshape(height, -1) for channel, pixels in planes]
        return np.concatenate(lines, axis=1).tobytes()
    out = []
    taken = [0] * len(planes)
    for y in range(box[1], box[3] + 1):
        for index, (channel, pixels) in enumerate(planes):
            if y % channel.sampling[1] == 0:
                out.append(pixels[taken[index]].astype(TYPES[channel.type][1]).tobytes())
                taken[index] += 1
    return b"".join(out)


def _compress(part: Part, planes: list[tuple[Channel, np.ndarray]], box: Box, raw: bytes) -> bytes:
    match part.compression:
        case "none":
            return raw
        case "rle":
            return _run_lengths(_predicted(raw))
        case "zips" | "zip":
            return zlib.compress(_predicted(raw), 4)
        case _:
            return _by_library(part, planes, box)


def _predicted(raw: bytes) -> bytes:
    """Even bytes, then odd ones, each as the difference from the one before it."""
    data = np.frombuffer(raw, np.uint8)
    split = np.concatenate([data[0::2], data[1::2]]).astype(np.int16)
    split[1:] = split[1:] - split[:-1] + 128
    return split.astype(np.uint8).tobytes()


def _run_lengths(data: bytes) -> bytes:
    """n >= 0: n + 1 times the byte that follows; n < 0: -n bytes as they are. Runs of 3 and more are worth it."""
    values = np.frombuffer(data, np.uint8)
    starts = np.concatenate([[0], np.flatnonzero(values[1:] != values[:-1]) + 1])
    lengths = np.diff(np.append(starts, len(values)))
    out = bytearray()
    kept = 0
    for start, length in zip(starts[lengths >= 3].tolist(), lengths[lengths >= 3].tolist(), strict=True):
        out += _literally(data[kept:start])
        for at in range(0, length, 128):
            out += bytes((min(128, length - at) - 1, data[start]))
        kept = start + length
    return bytes(out + _literally(data[kept:]))


def _literally(data: bytes) -> bytes:
    pieces = (data[at : at + 127] for at in range(0, len(data), 127))
    return b"".join(struct.pack("b", -len(piece)) + piece for piece in pieces)


def _by_library(part: Part, planes: list[tuple[Channel, np.ndarray]], box: Box) -> bytes:
    width, height = box[2] - box[0] + 1, box[3] - box[1] + 1
    header = {"compression": getattr(OpenEXR, f"{part.compression.upper()}_COMPRESSION"), "type": OpenEXR.scanlineimage}
    if part.tiles is not None:
        description = OpenEXR.TileDescription()
        description.xSize, description.ySize = width, height
        header |= {"type": OpenEXR.tiledimage, "tiles": description}
    channels = {
        channel.name: OpenEXR.Channel(channel.name, np.ascontiguousarray(pixels), *channel.sampling, channel.linear)
        for channel, pixels in planes
    }
    out = io.BytesIO()
    OpenEXR.File(header, channels).write(out)
    return _first_chunk(out.getvalue(), 16 if part.tiles else 4)


def _first_chunk(data: bytes, place: int) -> bytes:
    """The packed bytes of the only chunk of a file. `place`: bytes before the chunk's size."""
    at = 8
    while data[at] != 0:
        at = data.index(b"\0", data.index(b"\0", at) + 1) + 1
        at += 4 + struct.unpack_from("<I", data, at)[0]
    offset = struct.unpack_from("<Q", data, at + 1)[0] + place
    return data[offset + 4 : offset + 4 + struct.unpack_from("<I", data, offset)[0]]
