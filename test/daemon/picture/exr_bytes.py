"""EXR files of any layout, written byte by byte ("OpenEXR File Layout").

OpenEXR's own writer has no mip-maps, no random line order and no interleaved parts, so the container is ours.
"""

from __future__ import annotations

import math
import random
import struct
from collections.abc import Iterator

from exr_layout import COMPRESSIONS, TYPES, Part, by_name
from exr_pack import packed

ORDERS = {"increasing": 0, "decreasing": 1, "random": 2}
LEVEL_MODES = {"one": 0, "mip": 1, "rip": 2}
MULTI_PART, LONG_NAMES, SINGLE_TILED = 0x1000, 0x400, 0x200


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
        for channel in by_name(part.channels)
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


def _chunks(part: Part) -> Iterator[bytes]:
    left, top, right, bottom = part.data
    if part.tiles is None:
        lines = COMPRESSIONS[part.compression][1]
        for y in range(top, bottom + 1, lines):
            yield struct.pack("<i", y) + packed(part, (left, y, right, min(bottom, y + lines - 1)), (0, 0))
        return
    wide, high = part.tiles.width, part.tiles.height
    for level_x, level_y, width, height in levels(part):
        for row in range(-(-height // high)):
            for column in range(-(-width // wide)):
                x, y = left + column * wide, top + row * high
                box = (x, y, min(left + width, x + wide) - 1, min(top + height, y + high) - 1)
                yield struct.pack("<4i", column, row, level_x, level_y) + packed(part, box, (level_x, level_y))


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
