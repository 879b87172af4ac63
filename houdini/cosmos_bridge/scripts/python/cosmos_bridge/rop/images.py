"""What the images on disk say about themselves, from their headers only."""

from __future__ import annotations

from ..clip.exr import ExrError, read_exr
from .frames import FrameRange
from .pattern import SequencePattern

#: Frames looked for before a render counts as "nothing there yet": a listing of the folder would cost more.
PROBES = 3


def layers_of(pattern: SequencePattern, frames: FrameRange) -> tuple[str, ...] | None:
    """Layers of the first EXR of the range that is on disk; None = none is there yet, or it is no EXR."""
    if not pattern.suffix.lower().endswith(".exr"):
        return None
    for frame in frames.numbers()[:PROBES]:
        try:
            return read_exr(pattern.file(frame)).layers
        except (OSError, ExrError):  # not rendered yet, or being written at this moment
            continue
    return None
