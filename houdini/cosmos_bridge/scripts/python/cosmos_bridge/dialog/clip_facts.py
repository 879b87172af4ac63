"""The facts about a clip that the dialog shows before it is sent. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..panel.words import counted, dotted
from ..rop.frames import show_frames

if TYPE_CHECKING:
    from ..clip.passes import ClipPasses
    from ..rop.frames import FrameRange
    from ..send_plan import ClipPlan

_PASSES = ("color", "depth", "seg", "edge", "vis")


@dataclass(frozen=True, slots=True)
class ClipFacts:
    """One line for each fact, and the problems of the clip."""

    title: str
    files: str
    frames: str
    passes: str
    origins: str
    """Where each pass comes from, one line for each."""
    layers: str
    """Layers of the EXR on disk; empty = it has none, or there is no EXR yet."""
    size: str
    problems: tuple[str, ...]
    complete: bool
    """Every frame of every pass is on disk."""


def clip_facts(clip: ClipPlan, notes: Sequence[str] = ()) -> ClipFacts:
    """Describe a clip in words; `notes` are more sentences to show."""
    passes = clip.passes
    patterns = dict.fromkeys(str(output.pattern.folder / output.pattern.hashes()) for output in clip.outputs)
    layers = dict.fromkeys(layer for output in clip.outputs for layer in output.layers or () if layer)
    return ClipFacts(
        title=dotted(passes.name, *dict.fromkeys(output.node for output in clip.outputs)),
        files="\n".join(patterns),
        frames=dotted(_range(passes.frames), _presence(passes)),
        passes=_found_and_missing(passes),
        origins="\n".join(f"{name}: {origin}" for name, origin in passes.origins.items()),
        layers=", ".join(layers),
        size=dotted(_size(passes), f"{float(passes.fps):g} fps"),
        problems=(*passes.problems, *notes),
        complete=not passes.missing,
    )


def _range(frames: FrameRange) -> str:
    step = "" if frames.step == 1 else f" by {frames.step}"
    return f"{frames.first} to {frames.last}{step}, {counted(len(frames), 'frame')}"


def _presence(passes: ClipPasses) -> str:
    if not passes.missing:
        return "all on disk"
    gone = sorted({frame for frames in passes.missing.values() for frame in frames})
    if all(len(frames) == len(passes.frames) for frames in passes.missing.values()) and len(passes.missing) == len(
        passes.found
    ):
        return "none on disk yet"
    return f"missing: {show_frames(gone, passes.frames.step)}"


def _found_and_missing(passes: ClipPasses) -> str:
    """A pass that is not rendered is no fault: the model can compute some passes, as the control rows say."""
    absent = [name for name in _PASSES if name not in passes.found]
    return dotted(", ".join(passes.found), f"not rendered: {', '.join(absent)}" if absent else "")


def _size(passes: ClipPasses) -> str:
    return "size as the images" if passes.size is None else f"{passes.size[0]} x {passes.size[1]}"
