"""Prepares all text for widgets, so that Qt reads none of it as markup, mnemonics or control characters.

Qt guesses: a label or tooltip that looks like HTML is drawn as HTML, and its `<img src=...>` opens a file. So labels
are made here, and other widgets get their text from here. A test finds sources that set text in another way.
"""

from __future__ import annotations

import html

from ..shown_text import shown_line, shown_text
from . import Qt, QtWidgets


class PlainLabel(QtWidgets.QLabel):
    """A label that always shows its text as plain text."""

    def __init__(self, text: str = "", parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:
        """See QLabel; several lines are several lines."""
        super().setText(shown_text(text))


def tool_tip(text: str) -> str:
    """The text escaped for a tooltip. A Qt tooltip has no setting for plain text."""
    shown = shown_text(text)
    if "<" not in shown and "&" not in shown:  # without these two, Qt sees no markup
        return shown
    return f'<p style="white-space: pre-wrap">{html.escape(shown)}</p>'


def item_text(text: str) -> str:
    """The text of an item in a list, table or combo box, as one line."""
    return shown_line(text)


def button_text(text: str) -> str:
    """The text of a button, check box or menu item, as one line. `&` is doubled, so that it makes no mnemonic."""
    return shown_line(text).replace("&", "&&")
