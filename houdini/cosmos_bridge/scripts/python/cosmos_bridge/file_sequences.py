"""Image sequences among a list of files, for code that has the files and no render node. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from .rop.frames import FrameRange
from .rop.pattern import MOVIES, SequencePattern

#: The number of a frame is the last one in the name: "shot010.beauty.-0003.exr".
_NUMBERED = re.compile(r"(.*?)(-?\d+)(\.[A-Za-z]\w*)")
IMAGES = frozenset({".exr", ".png", ".jpg", ".jpeg"})


@dataclass(frozen=True, slots=True)
class FileSequence:
    """The files of one pattern."""

    pattern: SequencePattern
    frames: FrameRange
    """From the first to the last file; frames between them may be missing."""


def find_sequences(files: Iterable[Path]) -> tuple[FileSequence, ...]:
    """The sequences that these files form, in the order of their first file. Other files are left out."""
    numbers: dict[tuple[Path, str, str], dict[int, str]] = {}
    for file in files:
        found = _NUMBERED.fullmatch(file.name)
        if found is None or file.suffix.lower() not in IMAGES:
            continue
        prefix, digits, suffix = found.groups()
        numbers.setdefault((file.parent, prefix, suffix), {})[int(digits)] = digits
    return tuple(_sequence(*key, found) for key, found in numbers.items())


def is_movie(file: Path) -> bool:
    """Whether a file is a video by its name."""
    return file.suffix.lower() in MOVIES


def _sequence(folder: Path, prefix: str, suffix: str, numbers: dict[int, str]) -> FileSequence:
    padding, sign_padded = _padding(tuple(numbers.values()))
    frames = sorted(numbers)
    steps = {after - before for before, after in pairwise(frames)}
    step = min(steps, default=1)
    return FileSequence(
        SequencePattern(folder, prefix, padding, suffix, sign_padded=sign_padded),
        FrameRange(frames[0], frames[-1], step),
    )


def _padding(shown: tuple[str, ...]) -> tuple[int, bool]:
    """Least number of digits, and whether a minus counts as one of them, as in C's %04d: -003."""
    plain = [len(digits) for digits in shown if not digits.startswith("-")]
    negative = [len(digits) for digits in shown if digits.startswith("-")]
    if not plain:
        return min(negative) - 1, False
    return min(plain), bool(negative) and min(negative) == min(plain)
