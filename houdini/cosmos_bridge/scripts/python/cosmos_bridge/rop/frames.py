"""Frames that a ROP renders. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..errors import CosmosError

#: A rate this close to a multiple of 1000/1001 is meant as one: Houdini keeps 23.976 as a float.
_NTSC_TOLERANCE = 1e-3


@dataclass(frozen=True, slots=True)
class FrameRange:
    """Whole frames, first and last included; `last` is reached exactly."""

    first: int
    last: int
    step: int = 1

    def __len__(self) -> int:
        return (self.last - self.first) // self.step + 1

    def numbers(self) -> range:
        """Every frame, ascending."""
        return range(self.first, self.last + 1, self.step)


def frame_range(first: float, last: float, step: float, node: str) -> FrameRange:
    """The range of a ROP's Start/End/Inc.

    Rendering backwards gives the same files, so it is turned round. Raises CosmosError frames_fractional or
    frames_empty, naming `node`.
    """
    for label, value in (("start", first), ("end", last), ("increment", step)):
        if value != round(value):
            raise CosmosError(
                "frames_fractional",
                f"The {label} of the frame range of {node} is {value:g}, but files "
                "are numbered by whole frames: use a whole number.",
                {"node": node, "value": value},
            )
    start, end, by = round(first), round(last), round(step)
    if by < 0:
        start, end, by = start - (start - end) // -by * -by, start, -by
    if by == 0 or end < start:
        raise CosmosError(
            "frames_empty", f"{node} renders no frame: its range is {start} to {end} by {by}.", {"node": node}
        )
    return FrameRange(start, start + (end - start) // by * by, by)


def exact_rate(fps: float) -> Fraction:
    """Frames per second as a fraction: 23.976 is 24000/1001."""
    whole = round(fps * 1001 / 1000)
    if fps != round(fps) and abs(Fraction(whole * 1000, 1001) - fps) < _NTSC_TOLERANCE:
        return Fraction(whole * 1000, 1001)
    return Fraction(fps).limit_denominator(1000)


def show_frames(frames: tuple[int, ...] | list[int], step: int = 1) -> str:
    """Ascending frames as text: "3, 12-15". At most five runs are listed."""
    runs: list[tuple[int, int]] = []
    for frame in frames:
        if runs and frame == runs[-1][1] + step:
            runs[-1] = (runs[-1][0], frame)
        else:
            runs.append((frame, frame))
    shown = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs[:5])
    rest = sum((b - a) // step + 1 for a, b in runs[5:])
    return f"{shown} and {rest} more" if rest else shown
