"""The one door for text in widgets: nothing that a stranger wrote is taken for markup, mnemonics or control characters.

Qt guesses: a label or tooltip that looks like HTML is drawn as HTML, and `<img src=...>` in it opens a file. So labels
are made here, and every other widget gets its words from here; a test reads the sources for those that do not.
"""

from __future__ import annotations

import html

from ..shown_text import shown_line, shown_text
from . import Qt, QtWidgets


class PlainLabel(QtWidgets.QLabel):
    """A label that shows the text it is given, whatever that looks like."""

    def __init__(self, text: str = "", parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:
        """See QLabel; several lines are several lines."""
        super().setText(shown_text(text))


def tool_tip(text: str) -> str:
    """What a tooltip has to be given to show this text: there is no switch for plain text, only an escape from it."""
    shown = shown_text(text)
    if "<" not in shown and "&" not in shown:  # Qt takes both for a sign of markup
        return shown
    return f'<p style="white-space: pre-wrap">{html.escape(shown)}</p>'


def item_text(text: str) -> str:
    """The words of an item of a list, a table or a box to choose from: one line."""
    return shown_line(text)


def button_text(text: str) -> str:
    """The words of a button, a check box or a menu: one line, in which `&` underlines nothing."""
    return shown_line(text).replace("&", "&&")
