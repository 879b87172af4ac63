"""What a part of an EXR file is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

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


def by_name(channels: list[Channel]) -> list[Channel]:
    return sorted(channels, key=lambda channel: channel.name.encode())
