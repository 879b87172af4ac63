"""A log as a person reads it: lines, each progress bar as it looked last. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ..shown_text import shown_text
from .escapes import EscapeFilter

_LONGEST_LINE = 2000
"""Characters; a longer line is cut, as one line must not hold up all others."""


@dataclass(frozen=True, slots=True)
class LogUpdate:
    """What a piece of the log adds."""

    closed: list[str]
    open: str
    """The line that is still being written, as it looks now."""


class LogLines:
    """Text goes in, in pieces of any size; whole lines come out."""

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
        """Remember the last complete drawing of a line that showed something; what is left may go on."""
        *drawings, last = line.split("\r")
        self._shown = next((drawn.rstrip() for drawn in reversed(drawings) if drawn.strip()), self._shown)
        return last

    def _open(self) -> str:
        return _bounded(self._unfinished.rstrip() or self._shown)


def _bounded(line: str) -> str:
    """What turns a line around, or takes no room, is made visible."""
    return shown_text(line[:_LONGEST_LINE])[:_LONGEST_LINE]
