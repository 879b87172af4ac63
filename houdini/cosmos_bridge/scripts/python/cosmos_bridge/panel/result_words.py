"""A result in words, and the frames of the scene that it shows. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .words import counted, dotted

if TYPE_CHECKING:
    from .. import wire


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """The facts shown of a result. `first`, `last`, `step` are scene frames; None = its clip is not known."""

    video: str
    words: str
    first: int | None
    last: int | None
    step: int


def result_facts(result: wire.RunResult, clip: wire.Clip | None) -> ResultFacts:
    """Describe a result and its clip in words."""
    frames = None if clip is None else clip["range"]
    size = f"{result['width']} x {result['height']}"
    rate = f"{result['fps']:g} fps"
    words = [dotted(_file_name(result["video"]), counted(result["frames"], "frame"), size, rate)]
    if result["stale"]:
        words.append("Stale: the clip was rendered again after this was made.")
    if result["preview"]:
        words.append("Made by the preview, not by a Cosmos model.")
    first = None if frames is None else frames["first"]
    last = None if frames is None else frames["last"]
    return ResultFacts(result["video"], "\n".join(words), first, last, 1 if frames is None else frames.get("step", 1))


def _file_name(path: str) -> str:
    """The file name in a daemon's path, which has this computer's format."""
    return path.replace("\\", "/").rpartition("/")[2]
