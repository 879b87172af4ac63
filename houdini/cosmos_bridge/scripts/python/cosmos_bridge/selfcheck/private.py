"""Removes private words from a report: names of people and computers, and paths. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Private:
    """The replacement for each private word."""

    words: Mapping[str, str]

    def without(self, value: Any) -> Any:
        """Replaces each word in a text, or in all texts of a JSON value.

        The longest word goes first. Upper and lower case match, and both slashes.
        """
        match value:
            case str():
                return self._text(value)
            case Mapping():
                return {self._text(str(key)): self.without(each) for key, each in value.items()}
            case list() | tuple():
                return [self.without(each) for each in value]
            case _:
                return value

    def _text(self, text: str) -> str:
        for word in sorted(filter(None, self.words), key=len, reverse=True):
            shown = self.words[word].replace("\\", r"\\")
            text = re.sub(_pattern(word), shown, text, flags=re.IGNORECASE)
        return text


def _pattern(word: str) -> str:
    """Matches whole words only: a computer called vm must not match vm_numaux."""
    written = r"[/\\]+".join(map(re.escape, re.split(r"[/\\]+", word)))
    return rf"(?<!\w){written}(?!\w)"
