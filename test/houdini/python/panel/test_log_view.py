from __future__ import annotations

import pytest

from support.qt import application

pytestmark = pytest.mark.qt


def text_of(view: object) -> list[str]:
    from cosmos_bridge.panel.log_view import LogView

    assert isinstance(view, LogView)
    return view.text.toPlainText().split("\n")


def test_a_burst_is_drawn_in_portions_and_the_newest_lines_stay() -> None:
    from cosmos_bridge.panel.log_view import MOST_LINES, LogView

    application()
    view = LogView()
    view.begin()
    view.take("".join(f"line {number}\n" for number in range(20_000)) + " 50%|##  |\r")
    portions = 0
    while not view.is_drawn:
        view.draw(0.001)
        portions += 1
    lines = text_of(view)
    assert portions > 1
    assert (len(lines), lines[-2], lines[-1]) == (MOST_LINES, "line 19999", " 50%|##  |")


def test_a_bar_stays_one_line_while_it_moves() -> None:
    from cosmos_bridge.panel.log_view import LogView

    application()
    view = LogView()
    view.begin()
    for piece in ("begin\n", " 10%|#\r", " 20%|##\r", " 30%|###\n", "end\n"):
        view.take(piece)
        view.draw(1)
    assert text_of(view) == ["begin", " 30%|###", "end"]


def test_the_search_goes_round() -> None:
    from cosmos_bridge.panel.log_view import LogView

    application()
    view = LogView()
    view.begin()
    view.take("error one\nfine\nerror two\n")
    view.draw(1)
    view.search.setText("error")
    found = [view.text.textCursor().blockNumber()]
    for _ in range(2):
        view.find_next()
        found.append(view.text.textCursor().blockNumber())
    assert found == [0, 2, 0]
    view.search.setText("warning")
    assert view.found.text() == "not found"
