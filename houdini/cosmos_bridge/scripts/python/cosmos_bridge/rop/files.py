"""Frames that are on disk. One listing of the folder, whatever the number of frames; only what is sent is looked at."""

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
    """As it is in the folder; its padding may differ from the pattern's."""
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
    """Size and time of one file, asked of the file itself: a folder of Windows tells them late. Raises OSError."""
    stats = file.stat()
    return FileFact(file.name, stats.st_size, stats.st_mtime_ns / 1e6)


def facts_of(folder: Path, names: Mapping[int, str]) -> dict[int, FileFact]:
    """Facts of files by frame; those that have gone since they were listed are left out."""
    found: dict[int, FileFact] = {}
    for frame, name in names.items():
        try:
            found[frame] = fact_of(folder / name)
        except FileNotFoundError:
            continue
    return found


def select_frames(pattern: SequencePattern, names: Collection[str]) -> dict[int, str]:
    """The files of a pattern by ascending scene frame. Of a frame that is there twice, the one padded as ours wins."""
    found: dict[int, str] = {}
    for name in names:
        frame = pattern.frame(name)
        if frame is not None and (frame not in found or name == pattern.name(frame)):
            found[frame] = name
    return dict(sorted(found.items()))


def frames_on_disk(pattern: SequencePattern) -> dict[int, FileFact]:
    """The files of a pattern by ascending scene frame; of a movie or single image nothing."""
    return facts_of(pattern.folder, select_frames(pattern, list_names(pattern.folder)))


def missing(output: RopOutput) -> tuple[int, ...]:
    """Frames of the ROP's range that are not on disk, ascending. A movie is there for all its frames or for none."""
    return missing_in(output, list_names(output.pattern.folder))


def missing_in(output: RopOutput, names: Collection[str]) -> tuple[int, ...]:
    """The same with the folder's listing at hand."""
    if not output.pattern.numbered:
        return () if output.pattern.name(0) in names else tuple(output.frames.numbers())
    there = select_frames(output.pattern, names)
    return tuple(frame for frame in output.frames.numbers() if frame not in there)
