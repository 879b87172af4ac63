"""Writes EXR files as a list of wishes asks: JSON on standard input, one line of JSON on standard output when done.

A wish, everything but `file` and a part's `channels` and `display` optional:
{"file": path, "interleaved": bool, "seed": 1, "frame": 0, "writer": "bytes" | "library" | "deep", "truth": path,
 "parts": [{"name", "compression": "zip", "display": [x0, y0, x1, y1], "data": the same, "order": "increasing",
            "tiles": {"size": [w, h], "mode": "one|mip|rip", "rounding": "down|up"},
            "attributes": {name: [type, value]},
            "channels": {name: type | {"type", "picture", "sampling": [1, 1], "linear": false}}}]}
`library` lets OpenEXR write the whole file, as most programs do; it knows neither levels nor a line order. `deep`: one
sample a pixel, of the first part's channels as floats, by OpenImageIO.
`truth` gets the planes of all parts, channels by name, as they were before compression: each the display window, 0
where there is no data, float32 or uint32; a channel that is not sampled everywhere repeats its samples.
"""

from __future__ import annotations

import json
import struct
import sys
from pathlib import Path
from typing import Any

import numpy as np
import OpenEXR
import OpenImageIO as oiio
from exr_bytes import file_bytes, samples
from exr_layout import TYPES, Box, Channel, Part, Tiles
from pictures import picture


def main() -> None:
    """Does what the module says."""
    wishes = json.load(sys.stdin)
    for wish in wishes:
        make(wish)
    print(json.dumps({"written": len(wishes)}))


def make(wish: dict[str, Any]) -> None:
    """One file, and its truth when that is asked for."""
    frame = wish.get("frame", 0)
    parts = [_part(part, frame) for part in wish["parts"]]
    file = Path(wish["file"])
    file.parent.mkdir(parents=True, exist_ok=True)
    match wish.get("writer", "bytes"):
        case "library":
            _by_library(parts, file)
        case "deep":
            _deep(parts[0], file)
        case _:
            file.write_bytes(file_bytes(parts, wish.get("interleaved", False), wish.get("seed", 1)))
    if "truth" in wish:
        planes = [
            _truth(part, channel) for part in parts for channel in sorted(part.channels, key=lambda one: one.name)
        ]
        Path(wish["truth"]).write_bytes(b"".join(plane.tobytes() for plane in planes))


def _part(wish: dict[str, Any], frame: int) -> Part:
    tiles = wish.get("tiles")
    return Part(
        channels=[_channel(name, spec, frame) for name, spec in wish["channels"].items()],
        compression=wish.get("compression", "zip"),
        data=tuple(wish.get("data", wish["display"])),
        display=tuple(wish["display"]),
        name=wish.get("name"),
        order=wish.get("order", "increasing"),
        tiles=None if tiles is None else Tiles(*tiles["size"], tiles.get("mode", "one"), tiles.get("rounding", "down")),
        attributes=[(name, kind, _value(kind, value)) for name, (kind, value) in wish.get("attributes", {}).items()],
    )


def _channel(name: str, wish: str | dict[str, Any], frame: int) -> Channel:
    spec = {"type": wish} if isinstance(wish, str) else wish
    kind = spec.get("picture", "ids" if spec["type"] == "uint" else "scene")
    across, down = spec.get("sampling", (1, 1))
    dtype = TYPES[spec["type"]][1]

    def pixels(box: Box, level: tuple[int, int]) -> np.ndarray:
        """The samples of a window. Other levels show something else, so that nobody takes one for the picture."""
        x = _first(box[0], across) + across * np.arange(samples(box[0], box[2], across))
        y = _first(box[1], down) + down * np.arange(samples(box[1], box[3], down))
        values = picture(kind, name, frame, x[None, :], y[:, None])
        if level != (0, 0):
            values = values / 2 + 0.125 * sum(level)
        with np.errstate(over="ignore"):
            return np.broadcast_to(values, (len(y), len(x))).astype(dtype)

    return Channel(name, spec["type"], pixels, (across, down), spec.get("linear", False))


def _first(low: int, every: int) -> int:
    return -(-low // every) * every


def _value(kind: str, value: Any) -> bytes:
    match kind:
        case "string":
            return value.encode()
        case "stringvector":
            return b"".join(struct.pack("<i", len(text.encode())) + text.encode() for text in value)
        case "chromaticities":
            return struct.pack("<8f", *value)
        case "int":
            return struct.pack("<i", value)
        case "float":
            return struct.pack("<f", value)
        case _:
            raise ValueError(f"an attribute of type {kind} cannot be written here")


def _by_library(parts: list[Part], file: Path) -> None:
    made = []
    for part in parts:
        header = {
            "compression": getattr(OpenEXR, f"{part.compression.upper()}_COMPRESSION".replace("NONE", "NO")),
            "dataWindow": (part.data[:2], part.data[2:]),
            "displayWindow": (part.display[:2], part.display[2:]),
            "type": OpenEXR.tiledimage if part.tiles else OpenEXR.scanlineimage,
        }
        header |= {name: value.decode() for name, kind, value in part.attributes if kind == "string"}
        if part.tiles is not None:
            description = OpenEXR.TileDescription()
            description.xSize, description.ySize = part.tiles.width, part.tiles.height
            header["tiles"] = description
        channels = {channel.name: OpenEXR.Channel(channel.pixels(part.data, (0, 0))) for channel in part.channels}
        made.append(OpenEXR.Part(header, channels, part.name or ""))
    OpenEXR.File(made).write(str(file))


def _deep(part: Part, file: Path) -> None:
    left, top, right, bottom = part.data
    spec = oiio.ImageSpec(right - left + 1, bottom - top + 1, len(part.channels), "float")
    spec.channelnames = tuple(channel.name for channel in part.channels)
    spec.deep = True
    data = oiio.DeepData()
    data.init(spec)
    planes = [channel.pixels(part.data, (0, 0)).ravel() for channel in part.channels]
    for pixel in range(len(planes[0])):
        data.set_samples(pixel, 1)
        for channel, plane in enumerate(planes):
            data.set_deep_value(pixel, channel, 0, float(plane[pixel]))
    out = oiio.ImageOutput.create(str(file))
    if not (out.open(str(file), spec) and out.write_deep_image(data)):
        raise RuntimeError(out.geterror())
    out.close()


def _truth(part: Part, channel: Channel) -> np.ndarray:
    """What the display window shows of a channel."""
    across, down = channel.sampling
    left, top, right, bottom = part.display
    low_x, low_y, high_x, high_y = part.data
    out = np.zeros((bottom - top + 1, right - left + 1), np.uint32 if channel.type == "uint" else np.float32)
    rows = np.arange(max(top, low_y), min(bottom, high_y) + 1)
    columns = np.arange(max(left, low_x), min(right, high_x) + 1)
    if len(rows) > 0 and len(columns) > 0:
        stored = channel.pixels(part.data, (0, 0))
        from_rows = np.clip(rows // down - _first(low_y, down) // down, 0, len(stored) - 1)
        from_columns = np.clip(columns // across - _first(low_x, across) // across, 0, stored.shape[1] - 1)
        out[np.ix_(rows - top, columns - left)] = stored[np.ix_(from_rows, from_columns)]
    return out


if __name__ == "__main__":
    main()
