"""Removes terminal control sequences from a log: colours, titles, links, cursor moves. Pure.

The log comes from untrusted programs, so only text, tabs, line feeds and carriage returns are kept.
Grammar: ECMA-48, section 5.4 and 8.3; a stream may be cut anywhere.
"""

from __future__ import annotations

import re

_SEQUENCE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # control sequences: colours, cursor
    r"|\x1b[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)?"  # strings: titles, links; an unended one ends with its line
    r"|\x1b[ -/]*[0-~]"  # the rest, as choices of a character set
    r"|\x1b"
    r"|[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]"
)
_BEGUN = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b\n]*\x1b?|[ -/]*)$")
_LONGEST = 4096
"""Most characters of an unfinished sequence; a longer one is dropped, because it would never end."""


class EscapeFilter:
    """Filters a stream that arrives in pieces of any size."""

    def __init__(self) -> None:
        self._begun = ""

    def push(self, piece: str) -> str:
        """Give the text of the next piece. A sequence that is cut off is kept until the piece after it."""
        text = self._begun + piece
        self._begun = ""
        if "\x1b" in text[-_LONGEST:]:
            begun = _BEGUN.search(text, max(0, len(text) - _LONGEST))
            if begun is not None:
                self._begun = begun.group()
                text = text[: begun.start()]
        return _SEQUENCE.sub("", text)
