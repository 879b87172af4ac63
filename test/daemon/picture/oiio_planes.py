"""The judge: what OpenImageIO reads of a picture, channel for channel, without any change of colour or alpha.

A question a line on standard input, an answer a line on standard output, until the input ends:
{"file": path, "subimage": n, "channels": [names] | null, "out": path}
-> {"width", "height", "planes": [{"channel", "type"}]} and the planes one after the other in `out`,
or {"error": words}.
A plane is the display window, 0 where the data window does not reach: float32 (halves exactly), or uint32.
{"file": path} alone -> {"subimages": [{"name", "channels": [{"name", "type"}]}]}.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import OpenImageIO as oiio

TYPES = {"half": "half", "float": "float", "uint": "uint", "uint32": "uint"}


def main() -> None:
    """Answers until the input ends."""
    oiio.attribute("threads", 1)
    for line in sys.stdin:
        question = json.loads(line)
        try:
            answer = _planes(question) if "out" in question else _contents(question["file"])
        except (RuntimeError, ValueError) as error:
            answer = {"error": str(error)}
        print(json.dumps(answer), flush=True)


def _open(file: str) -> oiio.ImageInput:
    opened = oiio.ImageInput.open(file)
    if opened is None:
        raise RuntimeError(oiio.geterror() or f"OpenImageIO does not open {file}")
    return opened


def _contents(file: str) -> dict[str, Any]:
    opened = _open(file)
    parts = []
    while opened.seek_subimage(len(parts), 0):
        spec = opened.spec()
        channels = [{"name": name, "type": _type(spec, index)} for index, name in enumerate(spec.channelnames)]
        parts.append({"name": spec.get_string_attribute("oiio:subimagename"), "channels": channels})
    return {"subimages": parts}


def _type(spec: oiio.ImageSpec, channel: int) -> str:
    """The type in the file; pictures of whole numbers that are no ids (8 and 16 bits) are told as they are."""
    told = str(spec.channelformat(channel))
    return TYPES.get(told, told)


def _planes(question: dict[str, Any]) -> dict[str, Any]:
    opened = _open(question["file"])
    subimage = question.get("subimage", 0)
    if not opened.seek_subimage(subimage, 0):
        raise RuntimeError(f"there is no subimage {subimage}")
    spec = opened.spec()
    names = question.get("channels") or list(spec.channelnames)
    missing = [name for name in names if name not in spec.channelnames]
    if missing:
        raise RuntimeError(f"there is no channel {', '.join(missing)}; there are {', '.join(spec.channelnames)}")
    places = [spec.channelnames.index(name) for name in names]
    types = [_type(spec, place) for place in places]
    planes = _read(opened, spec, subimage, dict(zip(places, types, strict=True)))
    Path(question["out"]).write_bytes(b"".join(_placed(planes[place], spec).tobytes() for place in places))
    told = [{"channel": name, "type": kind} for name, kind in zip(names, types, strict=True)]
    return {"width": spec.full_width, "height": spec.full_height, "planes": told}


def _read(opened: oiio.ImageInput, spec: oiio.ImageSpec, subimage: int, types: dict[int, str]) -> dict[int, np.ndarray]:
    """The planes of the data window. Halves at once, because a read of one channel decodes them all."""
    if set(types.values()) <= {"half"}:
        pixels = _must(opened.read_image(subimage, 0, 0, spec.nchannels, "half"), opened)
        return {place: _widened(pixels[..., place]) for place in types}
    planes = {}
    for place, kind in types.items():
        wanted = kind if kind in ("half", "uint") else "float"
        pixels = _must(opened.read_image(subimage, 0, place, place + 1, wanted), opened)[..., 0]
        planes[place] = _widened(pixels) if wanted == "half" else pixels
    return planes


def _must(pixels: np.ndarray | None, opened: oiio.ImageInput) -> np.ndarray:
    if pixels is None:
        raise RuntimeError(opened.geterror())
    return pixels


def _widened(halves: np.ndarray) -> np.ndarray:
    """Halves as floats, by their bits: what a processor does with a signalling NaN is its own."""
    bits = np.ascontiguousarray(halves).view(np.uint16).astype(np.uint32)
    sign, low = (bits & 0x8000) << 16, bits & 0x7FFF
    normal = (low << 13) + (112 << 23)
    beyond = (low << 13) | 0x7F800000
    tiny = (low.astype(np.float32) * np.float32(2**-24)).view(np.uint32)
    return (sign | np.where(low >= 0x7C00, beyond, np.where(low >= 0x400, normal, tiny))).view(np.float32)


def _placed(pixels: np.ndarray, spec: oiio.ImageSpec) -> np.ndarray:
    """The display window of a plane of the data window."""
    out = np.zeros((spec.full_height, spec.full_width), pixels.dtype)
    left, top = max(spec.x, spec.full_x), max(spec.y, spec.full_y)
    right = min(spec.x + spec.width, spec.full_x + spec.full_width)
    bottom = min(spec.y + spec.height, spec.full_y + spec.full_height)
    if left < right and top < bottom:
        shown = pixels[top - spec.y : bottom - spec.y, left - spec.x : right - spec.x]
        out[top - spec.full_y : bottom - spec.full_y, left - spec.full_x : right - spec.full_x] = shown
    return out


if __name__ == "__main__":
    main()
