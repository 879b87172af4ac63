"""Frames of a node, as its parameters say them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cosmos_bridge.errors import CosmosError
from cosmos_bridge.rop.frames import FrameRange, exact_rate, frame_range, show_frames
from cosmos_bridge.rop.output import rop_output
from support.fake_hou import Houdini

PICTURE = "$HIP/a.$F4.exr"


def test_current_frame(houdini: Houdini) -> None:
    houdini.scene.frame = 17
    assert rop_output(houdini.add("/out/karma1", "karma", picture=PICTURE)).frames == FrameRange(17, 17)


def test_range_of_the_playbar_by_default(houdini: Houdini) -> None:
    houdini.scene.range = (1001, 1093)
    node = houdini.add("/out/karma1", "karma", picture=PICTURE, trange="normal")
    assert rop_output(node).frames == FrameRange(1001, 1093)


def test_steps(houdini: Houdini) -> None:
    node = houdini.add("/out/karma1", "karma", picture=PICTURE, trange=2, f1=-4, f2=9, f3=3)
    frames = rop_output(node).frames
    assert list(frames.numbers()) == [-4, -1, 2, 5, 8]
    assert (len(frames), frames.last) == (5, 8)


def test_backwards_is_the_same_files() -> None:
    assert list(frame_range(10, 1, -4, "/out/a").numbers()) == [2, 6, 10]


@pytest.mark.parametrize(("first", "last", "step"), [(1.5, 10, 1), (1, 10.25, 1), (1, 10, 0.5)])
def test_fractional_ranges_are_refused(first: float, last: float, step: float) -> None:
    with pytest.raises(CosmosError, match="whole number") as raised:
        frame_range(first, last, step, "/out/a")
    assert raised.value.code == "frames_fractional"


@pytest.mark.parametrize(("first", "last", "step"), [(5, 4, 1), (1, 4, 0)])
def test_empty_ranges_are_refused(first: float, last: float, step: float) -> None:
    with pytest.raises(CosmosError, match="renders no frame"):
        frame_range(first, last, step, "/out/a")


@pytest.mark.parametrize(
    ("fps", "rate"),
    [
        (24.0, Fraction(24)),
        (23.976, Fraction(24000, 1001)),
        (24000 / 1001, Fraction(24000, 1001)),
        (29.97, Fraction(30000, 1001)),
        (12.5, Fraction(25, 2)),
        (25.0, Fraction(25)),
    ],
)
def test_rates_are_exact(fps: float, rate: Fraction) -> None:
    assert exact_rate(fps) == rate


def test_frames_in_words() -> None:
    assert show_frames((3, 12, 13, 14)) == "3, 12-14"
    assert show_frames((1, 3, 5, 9), step=2) == "1-5, 9"
    assert show_frames(tuple(range(0, 28, 4))) == "0, 4, 8, 12, 16 and 2 more"
