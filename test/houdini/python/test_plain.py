"""A stranger's text in widgets is what it is: no picture is loaded, no link drawn, nothing turns a line around."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cosmos_bridge.qt import Qt, QtWidgets
from cosmos_bridge.qt.plain import PlainLabel, button_text, item_text, tool_tip
from support.qt import application

pytestmark = pytest.mark.qt

MARKUP = (
    '<img src="{picture}">',
    "<a href='file:///etc/passwd'>name</a>",
    "<b>bold</b>",
    "&lt;b&gt;",
    "<?xml version='1.0'?><qt>x</qt>",
    "<qt><table><tr><td>x</td></tr></table></qt>",
    "a & b",
    "plain name",
)


@pytest.fixture(autouse=True)
def app() -> Iterator[QtWidgets.QApplication]:
    yield application()


@pytest.mark.parametrize("text", MARKUP)
def test_a_label_shows_markup_as_it_is_written(text: str) -> None:
    label = PlainLabel(text)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == text
    # Drawn as HTML it would be of another width.
    assert label.sizeHint().width() >= label.fontMetrics().horizontalAdvance(text)


@pytest.mark.parametrize("text", MARKUP)
def test_a_tooltip_says_the_text_whatever_qt_takes_it_for(text: str) -> None:
    tip = tool_tip(text)
    shown = QtWidgets.QLabel(tip)  # guesses as a tooltip does
    document = QtWidgets.QTextEdit()
    if tip == text:
        document.setPlainText(tip)
        assert shown.sizeHint().width() >= shown.fontMetrics().horizontalAdvance(text)
    else:
        document.setHtml(tip)
    assert document.toPlainText() == text


def test_lines_controls_and_mnemonics() -> None:
    assert PlainLabel("a\nb\u202ec\x1b[2J").text() == "a\nb\\u202ec\\x1b[2J"
    assert item_text("a\nb\u2066") == "a\\nb\\u2066"
    assert button_text("Fire & Smoke") == "Fire && Smoke"
    assert tool_tip("a\n<b>\u202e") == '<p style="white-space: pre-wrap">a\n&lt;b&gt;\\u202e</p>'
