"""The plugin's exception: a code for programs and one sentence for people."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_NO_DATA: Mapping[str, object] = MappingProxyType({})


class CosmosError(Exception):
    """A problem that an artist can do something about.

    `code` is one of the daemon's error codes (schemas/errors.ts) or one of the plugin's own, `sentence` says
    what was wrong, where, and what to do, `data` holds facts for programs.
    """

    def __init__(self, code: str, sentence: str, data: Mapping[str, object] = _NO_DATA) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.data = data

    def __repr__(self) -> str:
        return f"CosmosError({self.code!r}, {self.sentence!r})"
