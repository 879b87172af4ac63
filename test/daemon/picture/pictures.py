"""What the pictures of the tests show: a value for every point of the plane, so that windows may lie anywhere."""

from __future__ import annotations

import numpy as np

# Halves and floats that a careless reader loses: NaN, infinities, the smallest denormal, the largest half, minus zero.
SPECIAL = [float("nan"), float("inf"), float("-inf"), 6e-8, -6e-8, 65504.0, -65504.0, -0.0, 0.0, 1.0, 3.1e-5, 1e-4]


def picture(kind: str | dict[str, float], channel: str, frame: int, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Values at the given points. `kind` is a name of the table below or {"constant": value}."""
    if isinstance(kind, dict):
        return np.full(np.broadcast_shapes(x.shape, y.shape), kind["constant"], np.float64)
    return PICTURES[kind](sum(channel.encode()) % 97, frame, x.astype(np.float64), y.astype(np.float64))


def _scene(salt: int, frame: int, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Soft gradients behind a disc with a hard edge that moves with the frames; 0 to 1, a channel unlike the others."""
    ground = 0.5 + 0.25 * np.sin(x / 37 + salt) + 0.2 * np.cos(y / 23 - salt / 3)
    disc = (x - 20 - 3 * frame) ** 2 + (y - 12) ** 2 < 81
    return np.where(disc, 0.1 + 0.8 * (salt % 7) / 7, ground)


def _depth(salt: int, frame: int, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Metres: a floor that runs from 4 to 100, and a disc at 2 before it."""
    floor = 4 + 96 * (0.5 + 0.5 * np.tanh(y / 60)) + x / 50
    return np.where((x - 20 - 3 * frame) ** 2 + (y - 12) ** 2 < 81, 2.0 + frame / 100, floor)


def _ids(salt: int, frame: int, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Whole numbers a region, up to 2^32 - 1: those above 2^24 do not survive a float."""
    region = (np.floor((x + frame) / 9) * 7 + np.floor(y / 7) * 13 + salt) % 11
    return np.where(region == 0, 0, 2**32 - 1 - region * 390451573)


def _labels(salt: int, frame: int, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """A few small whole numbers, as an exporter counts objects."""
    return (np.floor((x + frame) / 9) + np.floor(y / 7) * 2 + salt) % 5


def _noise(salt: int, frame: int, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """No two neighbours alike: what compresses badly. 0 to 1."""
    value = np.sin(x * 12.9898 + y * 78.233 + salt + frame * 0.37) * 43758.5453
    return value - np.floor(value)


def _special(salt: int, frame: int, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.array(SPECIAL)[((x + 3 * y + salt + frame) % len(SPECIAL)).astype(int)]


PICTURES = {"scene": _scene, "depth": _depth, "ids": _ids, "labels": _labels, "noise": _noise, "special": _special}
