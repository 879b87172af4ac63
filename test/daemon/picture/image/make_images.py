"""Image files of every kind that may lie in a folder: make_images.py FOLDER. Writers are OpenImageIO, Pillow and, for
what neither writes, we. Width and height are odd, so that padding of lines shows."""

from __future__ import annotations

import itertools
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
import OpenImageIO as oiio
from PIL import Image

FOLDER = Path(sys.argv[1])
WIDTH, HEIGHT = 51, 37
Y, X = np.mgrid[0:HEIGHT, 0:WIDTH]
CHECKS = ((X // 7 + Y // 5) % 2) * 0.6 + 0.2
BASE = np.stack([X / WIDTH, Y / HEIGHT, CHECKS, (X + Y) / (WIDTH + HEIGHT - 2)], -1)
SMOOTH = np.stack([X / WIDTH, Y / HEIGHT, (X + Y) / (WIDTH + HEIGHT)], -1)
BYTES = (BASE * 255).round().astype(np.uint8)
WORDS = (BASE * 65535).round().astype(np.uint16)
PALETTE = np.random.default_rng(2).integers(0, 256, 768, dtype=np.uint8).tobytes()


def write(name: str, pixels: np.ndarray, tile: int = 0, kind: str | None = None, **attributes: object) -> None:
    """By OpenImageIO; "__" in the name of an attribute stands for ":"."""
    kind = kind or {1: "uint8", 2: "uint16"}[pixels.dtype.itemsize]
    spec = oiio.ImageSpec(WIDTH, HEIGHT, pixels.shape[2], kind)
    if pixels.shape[2] == 2:
        spec.channelnames = ("Y", "A")
        spec.alpha_channel = 1
    spec.tile_width = spec.tile_height = tile
    for key, value in attributes.items():
        spec.attribute(key.replace("__", ":"), value)
    out = oiio.ImageOutput.create(name)
    written = out.open(str(FOLDER / name), spec) and out.write_image(np.ascontiguousarray(pixels))
    if not written:
        raise SystemExit(f"{name}: {out.geterror()}")
    out.close()


def png(name: str, kind: int, depth: int, rows: list[bytes], **chunks: bytes) -> None:
    def chunk(label: str, content: bytes) -> bytes:
        body = label.encode() + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    head = chunk("IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, depth, kind, 0, 0, 0))
    body = chunk("IDAT", zlib.compress(b"".join(b"\0" + row for row in rows))) + chunk("IEND", b"")
    extra = b"".join(chunk(label, content) for label, content in chunks.items())
    (FOLDER / name).write_bytes(b"\x89PNG\r\n\x1a\n" + head + extra + body)


def packed(values: np.ndarray, depth: int) -> list[bytes]:
    bits = ["".join(format(int(value), f"0{depth}b") for value in row) for row in values]
    padded = [row + "0" * (-len(row) % 8) for row in bits]
    return [int(row, 2).to_bytes(len(row) // 8, "big") for row in padded]


def pngs() -> None:
    for depth in (1, 2, 4, 8):
        grey = (BASE[..., 0] * (2**depth - 1)).round().astype(int)
        palette = PALETTE[: 3 * 2**depth]
        png(f"png-grey{depth}.png", 0, depth, packed(grey, depth))
        png(f"png-palette{depth}.png", 3, depth, packed(grey, depth), PLTE=palette)
        png(f"png-palette{depth}-trns.png", 3, depth, packed(grey, depth), PLTE=palette, tRNS=bytes([0, 128]))
        png(f"png-grey{depth}-trns.png", 0, depth, packed(grey, depth), tRNS=struct.pack(">H", 1))
    for depth, pixels in ((8, BYTES), (16, WORDS)):
        rows = {kind: [row.astype(f">u{depth // 8}").tobytes() for row in pixels[..., channels]]
                for kind, channels in ((0, [0]), (2, [0, 1, 2]), (4, [0, 3]), (6, [0, 1, 2, 3]))}  # fmt: skip
        clear = struct.pack(">HHH", *[int(value) for value in pixels[5, 5, :3]])
        png(f"png-rgb{depth}.png", 2, depth, rows[2])
        png(f"png-rgb{depth}-trns.png", 2, depth, rows[2], tRNS=clear)
        png(f"png-grey-alpha{depth}.png", 4, depth, rows[4])
        png(f"png-rgba{depth}.png", 6, depth, rows[6])
        if depth == 16:
            png("png-grey16.png", 0, depth, rows[0])
            png("png-grey16-trns.png", 0, depth, rows[0], tRNS=clear[:2])
    opaque = BYTES.copy()
    opaque[..., 3] = 255
    png("png-rgba8-opaque.png", 6, 8, [row.tobytes() for row in opaque])
    png("png-rgba8-gamma.png", 6, 8, [row.tobytes() for row in BYTES], gAMA=struct.pack(">I", 45455))
    frames = [Image.fromarray(BYTES), Image.fromarray(255 - BYTES)]
    frames[0].save(FOLDER / "png-animated.png", save_all=True, append_images=frames[1:])


def jpegs() -> None:
    smooth = Image.fromarray((SMOOTH * 255).round().astype(np.uint8))
    edges = Image.fromarray(BYTES[..., :3])
    for sampling, name in ((0, "444"), (1, "422"), (2, "420")):
        smooth.save(FOLDER / f"jpeg-{name}.jpg", quality=95, subsampling=sampling)
        edges.save(FOLDER / f"jpeg-{name}-edges.jpg", quality=95, subsampling=sampling)
    smooth.save(FOLDER / "jpeg-progressive.jpg", quality=95, subsampling=0, progressive=True)
    smooth.save(FOLDER / "jpeg-rgb.jpg", quality=95, keep_rgb=True)
    smooth.convert("L").save(FOLDER / "jpeg-grey.jpg", quality=95)
    smooth.convert("CMYK").save(FOLDER / "jpeg-cmyk.jpg", quality=95)
    ycck = bytearray((FOLDER / "jpeg-cmyk.jpg").read_bytes())
    ycck[ycck.find(b"Adobe") + 11] = 2
    (FOLDER / "jpeg-ycck.jpg").write_bytes(ycck)
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x112] = orientation
        smooth.save(FOLDER / f"jpeg-exif{orientation}.jpg", quality=95, subsampling=0, exif=exif)


def tiffs() -> None:
    shapes = {"grey": [0], "grey-alpha": [0, 3], "rgb": [0, 1, 2], "rgba": [0, 1, 2, 3]}
    for (name, channels), (depth, pixels) in itertools.product(shapes.items(), ((8, BYTES), (16, WORDS))):
        picked = pixels[..., channels]
        stem = f"tiff-{name}{depth}"
        for compression in ("none", "lzw", "zip", "packbits"):
            write(f"{stem}-{compression}.tif", picked, compression=compression)
        write(f"{stem}-tiles.tif", picked, tile=16, compression="lzw")
        write(f"{stem}-planes.tif", picked, compression="lzw", planarconfig="separate")
        if len(channels) % 2 == 0:
            write(f"{stem}-straight.tif", picked, compression="zip", oiio__UnassociatedAlpha=1)
    for orientation in range(1, 9):
        write(f"tiff-orientation{orientation}.tif", BYTES[..., :3], Orientation=orientation)
    for kind in ("float", "half", "uint32"):
        write(f"tiff-{kind}.tif", BASE[..., :3].astype(np.float32), kind=kind if kind != "uint32" else "float")
    tiff_tags("tiff-white-is-zero8.tif", "tiff-grey8-none.tif", {262: 0})
    tiff_tags("tiff-white-is-zero16.tif", "tiff-grey16-none.tif", {262: 0})
    tiff_tags("tiff-signed.tif", "tiff-grey16-none.tif", {339: 2})
    tiff_tags("tiff-lzma.tif", "tiff-rgb8-none.tif", {259: 34925})
    tiff_tags("tiff-unexplained.tif", "tiff-rgba8-none.tif", {338: 0})
    colours = Image.fromarray(BYTES[..., :3])
    colours.quantize(64).save(FOLDER / "tiff-palette.tif")
    colours.convert("CMYK").save(FOLDER / "tiff-cmyk.tif")
    colours.convert("LAB").save(FOLDER / "tiff-lab.tif")
    colours.convert("1").save(FOLDER / "tiff-bits.tif")
    colours.save(FOLDER / "tiff-big.tif", big_tiff=True)
    colours.save(FOLDER / "tiff-pages.tif", save_all=True, append_images=[Image.fromarray(255 - BYTES[..., :3])] * 2)


def tiff_tags(name: str, source: str, tags: dict[int, int]) -> None:
    """A copy with other values of tags that hold one short."""
    data = bytearray((FOLDER / source).read_bytes())
    order = "<" if data[:2] == b"II" else ">"
    (directory,) = struct.unpack_from(f"{order}I", data, 4)
    (entries,) = struct.unpack_from(f"{order}H", data, directory)
    for at in range(directory + 2, directory + 2 + 12 * entries, 12):
        (tag,) = struct.unpack_from(f"{order}H", data, at)
        if tag in tags:
            struct.pack_into(f"{order}H", data, at + 8, tags[tag])
    (FOLDER / name).write_bytes(data)


def tgas() -> None:
    bgr, bgra, grey = BYTES[..., [2, 1, 0]], BYTES[..., [2, 1, 0, 3]], BYTES[..., :1]
    turns = {"bottom": (np.s_[::-1], 0), "top": (np.s_[:], 0x20), "right": (np.s_[:, ::-1], 0x30)}
    for name, (turn, origin) in turns.items():
        for kind, pixels, alpha in ((2, bgr, 0), (2, bgra, 8), (3, grey, 0), (1, grey, 0)):
            palette = PALETTE if kind == 1 else b""
            rows = [np.ascontiguousarray(row) for row in pixels[turn]]
            stem = f"{8 * pixels.shape[2]}-{name}.tga"
            plain = b"".join(row.tobytes() for row in rows)
            tga(f"tga-{kind}-{stem}", kind, pixels.shape[2], plain, origin | alpha, palette)
            runs = b"".join(run_lengths(row) for row in rows)
            tga(f"tga-{kind + 8}-{stem}", kind + 8, pixels.shape[2], runs, origin | alpha, palette)
    write("tga-oiio.tga", BYTES)
    associated = bytearray((FOLDER / "tga-oiio.tga").read_bytes())
    (extension,) = struct.unpack_from("<I", associated, len(associated) - 26)
    associated[extension + 494] = 4
    (FOLDER / "tga-associated.tga").write_bytes(associated)
    tga("tga-grey-alpha.tga", 3, 2, BYTES[..., [0, 3]].tobytes(), 0x28)


def tga(name: str, kind: int, size: int, pixels: bytes, descriptor: int, palette: bytes = b"") -> None:
    palette_head = (1, 0, 256, 24) if palette else (0, 0, 0, 0)
    head = struct.pack(
        "<BBBHHBHHHHBB", 5, palette_head[0], kind, *palette_head[1:], 0, 0, WIDTH, HEIGHT, 8 * size, descriptor
    )
    (FOLDER / name).write_bytes(head + b"title" + palette + pixels)


def run_lengths(row: np.ndarray) -> bytes:
    out = b""
    for value, group in itertools.groupby(pixel.tobytes() for pixel in row):
        count = len(list(group))
        out += bytes([0x80 | (count - 1)]) + value if count > 1 else b"\0" + value
    return out


def webps() -> None:
    picture = Image.fromarray(BYTES)
    exif = Image.Exif()
    exif[0x112] = 6
    picture.save(FOLDER / "webp-lossless-alpha.webp", lossless=True, exact=True)
    picture.save(FOLDER / "webp-lossy-alpha.webp", quality=95)
    picture.convert("RGB").save(FOLDER / "webp-lossless.webp", lossless=True)
    picture.convert("RGB").save(FOLDER / "webp-lossy.webp", quality=95)
    picture.convert("RGB").save(FOLDER / "webp-exif6.webp", lossless=True, exif=exif)
    picture.save(FOLDER / "webp-animated.webp", save_all=True, append_images=[picture.rotate(90)], lossless=True)


def dpxs() -> None:
    for bits, order, channels in itertools.product((8, 10, 12, 16), ("little", "big"), (1, 3, 4)):
        pixels = (BYTES if bits == 8 else WORDS)[..., :channels]
        write(f"dpx-{bits}-{order}-{channels}.dpx", pixels, oiio__BitsPerSample=bits, oiio__Endian=order)
    rgb = WORDS[..., :3]
    write("dpx-10-packed.dpx", rgb, oiio__BitsPerSample=10, dpx__Packing="Packed")
    write("dpx-10-method-b.dpx", rgb, oiio__BitsPerSample=10, dpx__Packing="Filled, method B")
    for name, transfer in (("video", 6), ("printing-density", 1), ("logarithmic", 3), ("linear", 2), ("unsaid", 255)):
        data = bytearray((FOLDER / "dpx-10-big-3.dpx").read_bytes())
        data[801] = transfer
        (FOLDER / f"dpx-{name}.dpx").write_bytes(data)


for make in (pngs, jpegs, tiffs, tgas, webps, dpxs):
    make()
