"""The bytes of one chunk of an EXR file: samples in the order of the file, compressed.

What OpenEXR's own writer (its Python package) can do and we cannot is its job: PIZ, PXR24, B44, DWA and HTJ2K chunks
are compressed by it, by writing a file of that one chunk and taking the chunk out.
"""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import OpenEXR
from exr_layout import TYPES, Box, Channel, Part, by_name

OpenEXR.set_global_thread_count(0)


def packed(part: Part, box: Box, level: tuple[int, int]) -> bytes:
    """Size and bytes of a chunk; stored as it is when compression makes nothing of it, as every writer does."""
    planes = [(channel, channel.pixels(box, level)) for channel in by_name(part.channels)]
    raw = _interleave(planes, box)
    smaller = _compress(part, planes, box, raw)
    kept = smaller if len(smaller) < len(raw) else raw
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
