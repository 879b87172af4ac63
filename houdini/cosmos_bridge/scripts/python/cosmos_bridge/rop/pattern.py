"""Image sequences: a folder, a name, and the frame number in it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

#: Formats in which one file holds all frames.
MOVIES = frozenset({".mp4", ".mov", ".webm", ".avi", ".mkv"})


@dataclass(frozen=True, slots=True)
class SequencePattern:
    """The files of one output: `<folder>/<prefix><number><suffix>`."""

    folder: Path
    """Absolute."""
    prefix: str
    padding: int
    """Least digits of the number; 0 = the name has no number: a movie, or one single image."""
    suffix: str
    offset: int = 0
    """Number in the name minus the scene's frame."""
    sign_padded: bool = True
    """True = a minus counts as one of the digits ("-003", as in C); False = it stands before them ("-0003")."""

    @property
    def numbered(self) -> bool:
        """Whether the name holds a number."""
        return self.padding > 0

    def name(self, frame: int) -> str:
        """The file name of a scene frame."""
        return f"{self.prefix}{self.number(frame)}{self.suffix}"

    def number(self, frame: int) -> str:
        """The number of a scene frame as the file name spells it; empty without number."""
        if not self.numbered:
            return ""
        value = frame + self.offset
        sign = "-" if value < 0 else ""
        return sign + str(abs(value)).zfill(self.padding - (len(sign) if self.sign_padded else 0))

    def file(self, frame: int) -> Path:
        """The file of a scene frame."""
        return self.folder / self.name(frame)

    def frame(self, name: str) -> int | None:
        """The scene frame a file name belongs to, however many digits it has; None = another file."""
        if not self.numbered or not name.startswith(self.prefix) or not name.endswith(self.suffix):
            return None
        digits = name[len(self.prefix) : len(name) - len(self.suffix)]
        return int(digits) - self.offset if re.fullmatch(r"-?[0-9]+", digits) else None

    def hashes(self) -> str:
        """The name as a manifest writes it: "beauty.####.exr"."""
        return f"{self.prefix}{'#' * self.padding}{self.suffix}"
