"""Vectors and matrices, as far as cameras and ranges need them. Row vectors: translation in the last row."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence


class Vector2:
    """`hou.Vector2`."""

    def __init__(self, x: Sequence[float], y: float = 0.0) -> None:
        self._values = tuple(map(float, x))

    def x(self) -> float:
        return self._values[0]

    def y(self) -> float:
        return self._values[1]

    def __getitem__(self, index: int) -> float:
        return self._values[index]

    def __len__(self) -> int:
        return 2

    def __iter__(self) -> Iterator[float]:
        return iter(self._values)


class Matrix4:
    """`hou.Matrix4`: 16 numbers, row-major; points are rows, so the last row is the translation."""

    def __init__(self, values: Sequence[float] = (1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1)) -> None:
        self._values = tuple(map(float, values))

    def asTuple(self) -> tuple[float, ...]:
        return self._values

    def at(self, row: int, col: int) -> float:
        return self._values[4 * row + col]

    def __mul__(self, matrix4_or_scalar: Matrix4) -> Matrix4:
        a, b = self, matrix4_or_scalar
        return Matrix4([sum(a.at(r, k) * b.at(k, c) for k in range(4)) for r in range(4) for c in range(4)])


def rotation(axis: int, degrees: float) -> Matrix4:
    """Rotation about x, y or z (0, 1, 2) for row vectors."""
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    one, other = (axis + 1) % 3, (axis + 2) % 3
    values = list(Matrix4().asTuple())
    values[4 * one + one] = values[4 * other + other] = cosine
    values[4 * one + other], values[4 * other + one] = sine, -sine
    return Matrix4(values)


def translation(x: float, y: float, z: float) -> Matrix4:
    """Translation for row vectors."""
    return Matrix4([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, x, y, z, 1])


class Color:
    """`hou.Color`, as far as it speaks of OpenColorIO."""

    @staticmethod
    def ocio_defaultDisplay() -> str:
        return "sRGB - Display"

    @staticmethod
    def ocio_defaultView() -> str:
        return "ACES 1.0 - SDR Video"
