"""Reads facts about images from the headers of the files on disk."""

from __future__ import annotations

from ..clip.exr import ExrError, read_exr
from .frames import FrameRange
from .pattern import SequencePattern

#: How many frames to look for before a render counts as not started; listing the folder would cost more.
PROBES = 3


def layers_of(pattern: SequencePattern, frames: FrameRange) -> tuple[str, ...] | None:
    """Layers of the first EXR of the range on disk; None = no file yet, or no EXR."""
    if not pattern.suffix.lower().endswith(".exr"):
        return None
    for frame in frames.numbers()[:PROBES]:
        try:
            return read_exr(pattern.file(frame)).layers
        except (OSError, ExrError):  # not rendered yet, or being written at this moment
            continue
    return None
