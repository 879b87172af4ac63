"""Finds frames on disk. Lists the folder once for all frames, and reads size and time of sent files only."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from .output import RopOutput
from .pattern import SequencePattern


@dataclass(frozen=True, slots=True)
class FileFact:
    """One file as a manifest lists it."""

    name: str
    """The name in the folder; its padding may differ from the pattern's."""
    size: int
    """Bytes."""
    mtime_ms: float
    """Milliseconds since 1970 with the file system's fraction, as Node's mtimeMs (daemon/watch/agreement.ts)."""


def list_names(folder: Path) -> frozenset[str]:
    """Names of the plain files of a folder; empty where there is no such folder.

    Raises OSError for a folder that is there and cannot be read.
    """
    try:
        with os.scandir(folder) as entries:
            return frozenset(entry.name for entry in entries if entry.is_file())
    except (FileNotFoundError, NotADirectoryError):
        return frozenset()


def fact_of(file: Path) -> FileFact:
    """Size and time, read from the file itself: a folder listing on Windows can be old. Raises OSError."""
    stats = file.stat()
    return FileFact(file.name, stats.st_size, stats.st_mtime_ns / 1e6)


def facts_of(folder: Path, names: Mapping[int, str]) -> dict[int, FileFact]:
    """Facts of files by frame. Files deleted after the listing are left out."""
    found: dict[int, FileFact] = {}
    for frame, name in names.items():
        try:
            found[frame] = fact_of(folder / name)
        except FileNotFoundError:
            continue
    return found


def select_frames(pattern: SequencePattern, names: Collection[str]) -> dict[int, str]:
    """The files of a pattern by ascending scene frame. Of two files for one frame, the one with our padding wins."""
    found: dict[int, str] = {}
    for name in names:
        frame = pattern.frame(name)
        if frame is not None and (frame not in found or name == pattern.name(frame)):
            found[frame] = name
    return dict(sorted(found.items()))


def frames_on_disk(pattern: SequencePattern) -> dict[int, FileFact]:
    """The files of a pattern by ascending scene frame; empty for a movie or a single image."""
    return facts_of(pattern.folder, select_frames(pattern, list_names(pattern.folder)))


def missing(output: RopOutput) -> tuple[int, ...]:
    """Frames of the ROP's range that are not on disk, ascending. A movie has all its frames or none."""
    return missing_in(output, list_names(output.pattern.folder))


def missing_in(output: RopOutput, names: Collection[str]) -> tuple[int, ...]:
    """Like missing, for a listing of the folder that was read before."""
    if not output.pattern.numbered:
        return () if output.pattern.name(0) in names else tuple(output.frames.numbers())
    there = select_frames(output.pattern, names)
    return tuple(frame for frame in output.frames.numbers() if frame not in there)
