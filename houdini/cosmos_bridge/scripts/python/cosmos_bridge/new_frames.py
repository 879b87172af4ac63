"""Finds which frames a render made, by comparing the manifests before and after it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from .rop.frames import FrameRange, show_frames
from .rop.pattern import SequencePattern

if TYPE_CHECKING:
    from . import wire


def new_frames(
    before: wire.ClipManifest | None, after: wire.ClipManifest, patterns: Iterable[SequencePattern]
) -> tuple[int, ...]:
    """Frames with a file that is new or changed since `before`, ascending; all frames when `before` is None."""
    old = set() if before is None else {_signature(file) for file in before["files"]}
    names = [PurePosixPath(file["path"]).name for file in after["files"] if _signature(file) not in old]
    found = {pattern.frame(name) for pattern in patterns for name in names}
    return tuple(sorted(frame for frame in found if frame is not None))


def _signature(file: wire.ManifestFile) -> tuple[str, int, float]:
    return file["path"], file["size"], file["mtime"]


def whole_range(rendered: FrameRange, on_disk: Iterable[int]) -> FrameRange:
    """The range of the clip of a render: the rendered frames, and the frames on disk before and after them.

    When only a few frames are rendered again, the range is still the whole clip.
    """
    there = set(on_disk)
    first, last = rendered.first, rendered.last
    while first - rendered.step in there:
        first -= rendered.step
    while last + rendered.step in there:
        last += rendered.step
    return FrameRange(first, last, rendered.step)


def describe_new(new: tuple[int, ...], clip: FrameRange) -> str:
    """The new frames in words: "frames 37-39 of 1-93 are new"."""
    whole = show_frames(tuple(clip.numbers()), clip.step)
    if not new:
        return f"no frame of {whole} is new"
    if len(new) == len(clip):
        return f"frames {whole} are new"
    noun = "frame" if len(new) == 1 else "frames"
    return f"{noun} {show_frames(new, clip.step)} of {whole} {'is' if len(new) == 1 else 'are'} new"
