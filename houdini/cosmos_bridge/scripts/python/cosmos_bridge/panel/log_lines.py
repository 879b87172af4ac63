"""Turns log text into lines to show; of each progress bar only the last drawing. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ..shown_text import shown_text
from .escapes import EscapeFilter

_LONGEST_LINE = 2000
"""Most characters of a line. A longer line is cut, so that it does not delay the others."""


@dataclass(frozen=True, slots=True)
class LogUpdate:
    """The lines that a piece of the log adds."""

    closed: list[str]
    open: str
    """The unfinished last line, as it looks now."""


class LogLines:
    """Takes text in pieces of any size and gives whole lines."""

    def __init__(self) -> None:
        self._escapes = EscapeFilter()
        self._unfinished = ""
        self._shown = ""

    def push(self, piece: str) -> LogUpdate:
        """Take the next piece."""
        *lines, self._unfinished = (self._unfinished + self._escapes.push(piece)).split("\n")
        closed = [self._close(line) for line in lines]
        self._unfinished = self._draw(self._unfinished)
        return LogUpdate(closed, self._open())

    def _close(self, line: str) -> str:
        last = self._draw(line)
        shown = last.rstrip() or self._shown
        self._shown = ""
        return _bounded(shown)

    def _draw(self, line: str) -> str:
        """Keep the last complete, non-empty drawing of a line; the part after the last return may continue."""
        *drawings, last = line.split("\r")
        self._shown = next((drawn.rstrip() for drawn in reversed(drawings) if drawn.strip()), self._shown)
        return last

    def _open(self) -> str:
        return _bounded(self._unfinished.rstrip() or self._shown)


def _bounded(line: str) -> str:
    """Cuts a long line, and makes invisible and direction characters visible."""
    return shown_text(line[:_LONGEST_LINE])[:_LONGEST_LINE]
