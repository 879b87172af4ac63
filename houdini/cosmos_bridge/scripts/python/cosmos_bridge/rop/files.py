"""Frames that are on disk. One listing of the folder, whatever the number of frames."""

from __future__ import annotations

import os
from collections.abc import Iterable
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


def list_folder(folder: Path) -> dict[str, FileFact]:
    """Plain files of a folder by name; empty where there is no such folder.

    Raises OSError for a folder that is there and cannot be read.
    """
    try:
        with os.scandir(folder) as entries:
            return {entry.name: fact_of(entry) for entry in entries if entry.is_file()}
    except (FileNotFoundError, NotADirectoryError):
        return {}


def fact_of(file: os.DirEntry[str] | Path) -> FileFact:
    """Name, size and time of one file."""
    stats = file.stat()
    return FileFact(file.name, stats.st_size, stats.st_mtime_ns / 1e6)


def select_frames(pattern: SequencePattern, listing: Iterable[FileFact]) -> dict[int, FileFact]:
    """The files of a pattern by ascending scene frame. Of a frame that is there twice, the one padded as ours wins."""
    found: dict[int, FileFact] = {}
    for fact in listing:
        frame = pattern.frame(fact.name)
        if frame is not None and (frame not in found or fact.name == pattern.name(frame)):
            found[frame] = fact
    return dict(sorted(found.items()))


def frames_on_disk(pattern: SequencePattern) -> dict[int, FileFact]:
    """The files of a pattern by scene frame, ascending; of a movie or single image nothing (see `whole_file`)."""
    return select_frames(pattern, list_folder(pattern.folder).values())


def whole_file(pattern: SequencePattern) -> FileFact | None:
    """The one file of a pattern without number; None = not there, or it is a sequence."""
    return None if pattern.numbered else list_folder(pattern.folder).get(pattern.name(0))


def missing(output: RopOutput) -> tuple[int, ...]:
    """Frames of the ROP's range that are not on disk, ascending. A movie is there for all its frames or for none."""
    if not output.pattern.numbered:
        return () if whole_file(output.pattern) else tuple(output.frames.numbers())
    there = frames_on_disk(output.pattern)
    return tuple(frame for frame in output.frames.numbers() if frame not in there)
