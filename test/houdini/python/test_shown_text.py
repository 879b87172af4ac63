"""The counterpart of schemas/shown-text.ts, held against the same table."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from cosmos_bridge import tell
from cosmos_bridge.shown_text import shown_line, shown_text

CASES = json.loads((Path(__file__).parents[2] / "data" / "shown-text.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_acts_is_made_visible(case: dict[str, str]) -> None:
    assert shown_line(case["text"]) == case["line"]
    assert shown_text(case["text"]) == case["several"]
    assert shown_line(case["line"]) == case["line"]


class Terminal(io.StringIO):
    """A stream that says it is one."""

    def isatty(self) -> bool:
        """As a terminal's does."""
        return True


def test_a_terminal_gets_what_is_visible_and_a_pipe_what_was_said() -> None:
    terminal, pipe = Terminal(), io.StringIO()
    for stream in (terminal, pipe):
        tell.write_line("a\x1b]0;PWNED\x07\nb", stream)
    assert terminal.getvalue() == "a\\x1b]0;PWNED\\x07\\nb\n"
    assert pipe.getvalue() == "a\x1b]0;PWNED\x07\nb\n"
