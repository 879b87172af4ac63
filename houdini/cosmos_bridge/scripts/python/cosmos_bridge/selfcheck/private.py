"""What no report holds: names of people and computers, and where their files lie. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Private:
    """Words that are replaced, by what stands for them."""

    words: Mapping[str, str]

    def without(self, value: Any) -> Any:
        """A text with each word replaced, or all the texts of a value that JSON can hold.

        The longest first, in whatever case and with either slash.
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
    """Whole words only: a computer called vm is not in vm_numaux."""
    written = r"[/\\]+".join(map(re.escape, re.split(r"[/\\]+", word)))
    return rf"(?<!\w){written}(?!\w)"
