"""Small real images, as a render leaves them."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path

from cosmos_bridge.wire import ClipManifest, PassName

WIDTH, HEIGHT = 64, 48


def write_clip(folder: Path, last: int = 8, passes: tuple[PassName, ...] = ("color", "depth")) -> Path:
    """Frames 1 to `last` of each pass as PASS.####.png, and the manifest; gives the folder, which is ready at once."""
    folder.mkdir(parents=True, exist_ok=True)
    for frame in range(1, last + 1):
        for name in passes:
            (folder / f"{name}.{frame:04d}.png").write_bytes(png(frame * 5 % 256))
    part = folder / "cosmos-clip.json.part"
    part.write_text(json.dumps(_manifest(folder, last, passes)), encoding="utf-8")
    part.replace(folder / "cosmos-clip.json")
    return folder


def _manifest(folder: Path, last: int, passes: tuple[PassName, ...]) -> ClipManifest:
    images = sorted(folder.glob("*.png"))
    return {
        "schema": "cosmos-clip/1",
        "name": folder.name,
        "passes": {name: {"pattern": f"{name}.####.png"} for name in passes},
        "frames": {"first": 1, "last": last},
        "fps": 24,
        "width": WIDTH,
        "height": HEIGHT,
        "files": [
            {"path": image.name, "size": image.stat().st_size, "mtime": image.stat().st_mtime_ns / 1e6}
            for image in images
        ],
    }


def png(value: int) -> bytes:
    """A picture that begins with `value`, WIDTH x HEIGHT pixels, 8-bit RGB: a ramp, since a flat pass holds its job."""
    row = b"\0" + b"".join(bytes([(value + 3 * x) % 256, 255 - value, 128]) for x in range(WIDTH))
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(row * HEIGHT)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
