"""Sizes and chunks, by the tables of both programs (cosmos-transfer2.5: _src/predict2/datasets/utils.py:44-67;
cosmos-framework: data/generator/utils.py:42-84)."""

import math

SHAPES = {"16,9": 16 / 9, "4,3": 4 / 3, "1,1": 1.0, "3,4": 3 / 4, "9,16": 9 / 16}

Sizes = dict[str, dict[str, tuple[int, int]]]


def _tier(square: int, wide: tuple[int, int], widest: tuple[int, int]) -> dict[str, tuple[int, int]]:
    """Upright shapes are the lying ones turned."""
    return {"1,1": (square, square), "4,3": wide, "3,4": wide[::-1], "16,9": widest, "9,16": widest[::-1]}


TRANSFER25: Sizes = {
    "1080": _tier(1024, (1440, 1056), (1920, 1056)),
    "1024": _tier(1024, (1280, 1024), (1280, 768)),
    "720": _tier(960, (960, 704), (1280, 704)),
    "512": _tier(512, (640, 512), (640, 384)),
    "480": _tier(480, (640, 480), (768, 432)),
    "480p": _tier(640, (640, 480), (832, 480)),
    "720p": _tier(960, (960, 720), (1280, 720)),
    "720robocasa": _tier(720, (960, 720), (1280, 720)),
    "256": _tier(256, (320, 256), (320, 192)),
}
COSMOS3: Sizes = {
    "256": _tier(256, (320, 256), (320, 192)),
    "480": _tier(640, (736, 544), (832, 480)),
    "704": _tier(960, (1088, 832), (1280, 704)),
    "720": _tier(960, (1104, 832), (1280, 720)),
    "768": _tier(1024, (1184, 880), (1360, 768)),
}


def nearest_shape(width: int, height: int) -> str:
    return min(SHAPES, key=lambda shape: (SHAPES[shape] - width / height) ** 2)


def chunks_of(frames: int, chunk: int, overlap: int) -> int:
    """How many generations a video takes, each continuing from `overlap` frames of the one before."""
    return 1 if frames <= chunk else 1 + math.ceil((frames - chunk) / (chunk - overlap))
