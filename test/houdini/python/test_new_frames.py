"""Which frames are new after a render."""

from __future__ import annotations

from pathlib import Path

import pytest

from cosmos_bridge.new_frames import describe_new, new_frames, whole_range
from cosmos_bridge.rop.frames import FrameRange
from cosmos_bridge.rop.pattern import SequencePattern
from cosmos_bridge.wire import ClipManifest

PATTERN = SequencePattern(Path("/job/city"), "color.", 4, ".exr")


def manifest(times: dict[int, float]) -> ClipManifest:
    return {
        "schema": "cosmos-clip/1",
        "name": "city",
        "passes": {"color": {"pattern": PATTERN.hashes()}},
        "frames": {"first": min(times), "last": max(times)},
        "fps": 24,
        "width": 64,
        "height": 48,
        "files": [{"path": PATTERN.name(frame), "size": 9, "mtime": time} for frame, time in times.items()],
    }


def test_frames_rendered_again_are_new() -> None:
    before = manifest(dict.fromkeys(range(-3, 6), 1.0))
    after = manifest({**dict.fromkeys(range(-3, 6), 1.0), -2: 2.0, 4: 2.0})
    assert new_frames(before, after, [PATTERN]) == (-2, 4)


def test_without_a_manifest_before_all_are_new() -> None:
    assert new_frames(None, manifest({1: 1.0, 2: 1.0}), [PATTERN]) == (1, 2)


@pytest.mark.parametrize(
    ("rendered", "on_disk", "whole"),
    [
        (FrameRange(37, 39), range(1, 94), FrameRange(1, 93)),
        (FrameRange(37, 39), range(37, 40), FrameRange(37, 39)),
        (FrameRange(10, 20), [*range(1, 5), *range(8, 25)], FrameRange(8, 24)),
        (FrameRange(-5, -1, 2), range(-9, 6, 2), FrameRange(-9, 5, 2)),
        (FrameRange(5, 5), range(5, 6), FrameRange(5, 5)),
    ],
)
def test_a_render_belongs_to_all_frames_around_it(rendered: FrameRange, on_disk: range, whole: FrameRange) -> None:
    assert whole_range(rendered, on_disk) == whole


def test_it_is_told_in_words() -> None:
    assert describe_new((37, 38, 39), FrameRange(1, 93)) == "frames 37-39 of 1-93 are new"
    assert describe_new((7,), FrameRange(1, 93)) == "frame 7 of 1-93 is new"
    assert describe_new(tuple(range(1, 94)), FrameRange(1, 93)) == "frames 1-93 are new"
    assert describe_new((), FrameRange(1, 93)) == "no frame of 1-93 is new"
