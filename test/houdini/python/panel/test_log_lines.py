from __future__ import annotations

import pytest

from cosmos_bridge.panel.escapes import EscapeFilter
from cosmos_bridge.panel.log_lines import LogLines

HOSTILE = (
    "\x1b[31mred\x1b[0m \x1b]0;title\x07\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\ "
    "\x1b(Bascii \x1b[2K\x1b[1Aup \x1bPq#0\x1b\\\x07\x00\x9b done\n"
)


def test_nothing_but_text_passes() -> None:
    assert EscapeFilter().push(HOSTILE) == "red link ascii up  done\n"


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_sequences_may_be_cut_anywhere(size: int) -> None:
    escapes = EscapeFilter()
    pieces = [HOSTILE[at : at + size] for at in range(0, len(HOSTILE), size)]
    assert "".join(map(escapes.push, pieces)) == "red link ascii up  done\n"


def test_an_unended_sequence_hides_no_line_after_it() -> None:
    escapes = EscapeFilter()
    assert escapes.push("a\x1b]0;never ended") == "a"
    assert escapes.push(" at all\nnext\n") == "\nnext\n"


def test_a_bar_is_shown_as_it_looks_now_and_then_as_it_looked_last() -> None:
    lines = LogLines()
    assert lines.push("begin\n  0%|   |\r").open == "  0%|   |"
    assert lines.push(" 50%|#  |\r").open == " 50%|#  |"
    assert lines.push("100%|###|\n").closed == ["100%|###|"]


@pytest.mark.parametrize("size", [1, 4, 9])
def test_bars_fold_however_the_stream_is_cut(size: int) -> None:
    text = "start\r\n 10%|#\r 20%|##\r\r\nlast bar\r           \rplain\n"
    lines = LogLines()
    closed = [line for at in range(0, len(text), size) for line in lines.push(text[at : at + size]).closed]
    assert closed == ["start", " 20%|##", "plain"]


def test_an_endless_line_is_cut() -> None:
    assert len(LogLines().push("x" * 10_000 + "\n").closed[0]) == 2000
