"""Sequences among the files of a work item."""

from __future__ import annotations

from pathlib import Path

import pytest

from cosmos_bridge.file_sequences import find_sequences
from cosmos_bridge.rop.frames import FrameRange

FOLDER = Path("/job/city")


@pytest.mark.parametrize(
    ("names", "pattern", "frames"),
    [
        (["shot010.color.0001.exr", "shot010.color.0002.exr"], "shot010.color.####.exr", FrameRange(1, 2)),
        (["color9.png", "color10.png", "color11.png"], "color#.png", FrameRange(9, 11)),
        (["c.-0002.png", "c.0000.png", "c.0002.png"], "c.####.png", FrameRange(-2, 2, 2)),
        (["c.-002.png", "c.-001.png", "c.0000.png"], "c.####.png", FrameRange(-2, 0)),
        (["c.007.jpg"], "c.###.jpg", FrameRange(7, 7)),
    ],
)
def test_the_last_number_of_a_name_is_the_frame(names: list[str], pattern: str, frames: FrameRange) -> None:
    [found] = find_sequences(FOLDER / name for name in names)
    assert (found.pattern.hashes(), found.frames) == (pattern, frames)
    assert [found.pattern.frame(name) for name in names] == list(frames.numbers())


def test_sequences_are_told_apart_and_other_files_left_out() -> None:
    names = ["color.1.exr", "depth.1.exr", "color.2.exr", "depth.2.exr", "scene.1.usd", "notes.txt", "color.mp4"]
    assert [found.pattern.prefix for found in find_sequences(FOLDER / name for name in names)] == ["color.", "depth."]
