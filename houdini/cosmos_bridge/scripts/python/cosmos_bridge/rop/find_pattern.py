"""Finds the frame number in a file name by evaluating the name at several frames. Pure.

Reading `$F4` out of the parameter's text is not enough: `$OS` and `chs()` only have a meaning on the node, file names
come from expressions (`padzero(4, $F+1000)`), and padding and the sign of negative frames are Houdini's own business.
So the evaluated name is compared at frames that cannot be confused with anything else in a path.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from ..errors import CosmosError
from .pattern import SequencePattern

#: Two frames a prime apart, so that no "every so many frames" maps both to one number; small enough to stay exact in
#: whatever floats Houdini turns them into seconds.
MARKS = (98317, 88310)
#: `$FF` is the fractional frame: its digits are not reliable (SideFX, "Expressions in file names").
FRACTIONAL = re.compile(r"\$(?:FF\b|\{FF\})")
#: What is left for husk or a renderer to expand after Houdini did its part: \$F4, <F4>, %04d.
LATE_TOKEN = re.compile(r"\\?\$F([1-9]?)(?![A-Za-z_])|\\?\$\{F([1-9]?)\}|<F([1-9]?)>|%0?([1-9]?)d(?![A-Za-z])")

#: Least digits of a number that cannot be a version.
SURE_DIGITS = 4
_DIGITS = re.compile(r"[0-9]+")


def find_pattern(evaluate: Callable[[int], str], frame: int, raw: str | None = None) -> SequencePattern:
    """The pattern behind a file name.

    `evaluate(frame)` gives the absolute path at a frame, `frame` is the first one to be rendered, `raw` the text
    before expansion where there is one. Raises CosmosError output_* with what to change.
    """
    if raw is not None and FRACTIONAL.search(raw):
        raise CosmosError(
            "output_fractional",
            f"{raw} numbers its files with $FF, whose digits are not reliable: write $F4 instead.",
            {"path": raw},
        )

    def path_at(at: int) -> str:
        return expand_late(evaluate(at), at).replace("\\", "/")

    shown = path_at(frame)
    first, second = path_at(MARKS[0]), path_at(MARKS[1])
    if first == second:
        return _single(shown)
    prefix, suffix, offset = _number_place(first, second, raw or shown)
    folder, stem = _split(prefix, raw or shown)
    _refuse_hash(stem + suffix, raw or shown)
    padding = len(_between(path_at(7 - offset), prefix, suffix, raw or shown))
    negative = _between(path_at(-7 - offset), prefix, suffix, raw or shown)
    pattern = SequencePattern(folder, stem, padding, suffix, offset, sign_padded=len(negative) == max(2, padding))
    if f"{prefix}{pattern.number(frame)}{suffix}" != shown:
        raise _not_the_frame(raw or shown)
    return pattern


def still(pattern: SequencePattern, frame: int) -> SequencePattern:
    """The pattern of one image, with the last number of its name as the frame number, where it has one.

    A clip identifies its images by number; a name without one stays as it is and counts as one whole file.
    """
    numbers = list(_DIGITS.finditer(Path(pattern.prefix).stem))
    if pattern.numbered or not numbers:
        return pattern
    last, name = numbers[-1], pattern.prefix
    return SequencePattern(pattern.folder, name[: last.start()], len(last[0]), name[last.end() :], int(last[0]) - frame)


def numbered_like(path: str, frame: int) -> SequencePattern | None:
    """The pattern behind the path of one frame, where its last number is certainly that frame; else None.

    It is certain when it has more digits than a version ("v003") or take.
    """
    pattern = still(_single(path.replace("\\", "/")), frame)
    return pattern if pattern.padding >= SURE_DIGITS and pattern.offset == 0 else None


def numbered_between(first: tuple[int, str], second: tuple[int, str]) -> SequencePattern:
    """The pattern behind the paths of two frames, each given with its path.

    For names that cannot be evaluated at every frame. Raises CosmosError output_*.
    """
    (frame, shown), (other_frame, other) = [(number, path.replace("\\", "/")) for number, path in (first, second)]
    if shown == other:
        return _single(shown)
    place, after = _moving(shown, other)
    offset = int(place[0]) - frame
    if int(after[0]) - other_frame != offset:
        raise _not_the_frame(shown)
    folder, stem = _split(shown[: place.start()], shown)
    _refuse_hash(stem + shown[place.end() :], shown)
    return SequencePattern(folder, stem, len(place[0]), shown[place.end() :], offset)


def expand_late(text: str, frame: int) -> str:
    """Expands the tokens that Houdini leaves for the renderer, as C's printf pads them."""

    def number(match: re.Match[str]) -> str:
        digits = next((group for group in match.groups() if group), "1")
        return f"{frame:0{int(digits)}d}"

    return LATE_TOKEN.sub(number, text).replace("%%", "%")


def _single(path: str) -> SequencePattern:
    """A name that is the same at every frame: a movie or one image."""
    folder, name = _split(path, path)
    _refuse_hash(name, path)
    return SequencePattern(folder, name, 0, "")


def _number_place(first: str, second: str, shown: str) -> tuple[str, str, int]:
    """Text before and after the one number that changes with the frame, and its offset from the frame."""
    one, other = _moving(first, second, shown)
    start, end, offset = _in_token(one, other, shown)
    return first[:start], first[end:], offset


def _moving(first: str, second: str, said: str | None = None) -> tuple[re.Match[str], re.Match[str]]:
    """The one number in which two names differ, in both. Raises CosmosError where they differ otherwise."""
    shown = said or first
    ones, others = list(_DIGITS.finditer(first)), list(_DIGITS.finditer(second))
    if _DIGITS.sub("#", first) != _DIGITS.sub("#", second):
        raise _not_the_frame(shown)
    moving = [i for i, (one, other) in enumerate(zip(ones, others, strict=True)) if one[0] != other[0]]
    if any("/" in first[ones[i].end() :] for i in moving):
        raise CosmosError(
            "output_frame_in_folder",
            f"The folder of {shown} changes with the frame, and a clip is one "
            "folder: put the frame number into the file name only.",
            {"path": shown},
        )
    if len(moving) != 1:
        raise CosmosError(
            "output_two_numbers",
            f"{shown} has the frame number in it more than once: keep the last one only.",
            {"path": shown},
        )
    return ones[moving[0]], others[moving[0]]


def _in_token(one: re.Match[str], other: re.Match[str], shown: str) -> tuple[int, int, int]:
    """Where the frame is in a run of digits, and its offset. Other digits of the name may be next to it."""
    at = one[0].find(str(MARKS[0]))
    before, after = one[0][: max(at, 0)], one[0][at + len(str(MARKS[0])) :]
    if at >= 0 and other[0] == f"{before}{MARKS[1]}{after}" and (after or before.strip("0")):
        return one.start() + at, one.end() - len(after), 0
    offset = int(one[0]) - MARKS[0]
    if int(other[0]) - MARKS[1] != offset:
        raise _not_the_frame(shown)
    return one.start(), one.end(), offset


def _between(path: str, prefix: str, suffix: str, shown: str) -> str:
    number = path[len(prefix) : len(path) - len(suffix)]
    if path.startswith(prefix) and path.endswith(suffix) and re.fullmatch(r"-?[0-9]+", number):
        return number
    raise _not_the_frame(shown)


def _not_the_frame(shown: str) -> CosmosError:
    return CosmosError(
        "output_not_frame",
        f"The name {shown} changes with the frame, but not by the frame's number: use $F4 before the extension.",
        {"path": shown},
    )


def _refuse_hash(name: str, shown: str) -> None:
    if "#" in name:
        raise CosmosError(
            "output_hash",
            f"{shown} has a # in its name, which means the frame number in a clip: remove it.",
            {"path": shown},
        )


def _split(path: str, shown: str) -> tuple[Path, str]:
    """Folder and file name. Refuses a relative path: its base depends on how Houdini was started."""
    folder, slash, rest = path.rpartition("/")
    if slash and Path(folder or "/").is_absolute():
        return Path(folder or "/"), rest
    raise CosmosError("output_relative", f"{shown} is not a full path: begin it with $HIP or $JOB.", {"path": shown})
