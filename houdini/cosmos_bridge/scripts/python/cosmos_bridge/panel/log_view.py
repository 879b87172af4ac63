"""The live log view: bounded, searchable, and drawn in small portions so that the window stays responsive."""

from __future__ import annotations

import time
from collections import deque

from ..qt import QShortcut, QtCore, QtGui, QtWidgets
from ..qt.plain import PlainLabel
from ..shown_text import shown_line, shown_text
from .log_lines import LogLines

MOST_LINES = 5000
_AT_ONCE = 200
"""Lines drawn between two looks at the clock."""


class LogView(QtWidgets.QWidget):
    """Takes lines at once and draws them in small portions; shows the newest MOST_LINES lines."""

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = LogLines()
        self._waiting: deque[str] = deque(maxlen=MOST_LINES)
        self._open = ""
        self._shows_open = False
        self.text = QtWidgets.QPlainTextEdit()
        self.search = QtWidgets.QLineEdit()
        self.found = PlainLabel()
        self._dress()
        self._lay_out()
        self.search.textChanged.connect(lambda _: self._find(again=False))
        self.search.returnPressed.connect(self.find_next)
        shortcut = QShortcut(QtGui.QKeySequence(QtGui.QKeySequence.StandardKey.Find), self)
        shortcut.setContext(QtCore.Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.search.setFocus)

    def begin(self, notice: str = "") -> None:
        """Remove all lines and show `notice` instead."""
        self._lines = LogLines()
        self._waiting.clear()
        self._open = ""
        self._shows_open = False
        self.text.setPlainText(shown_text(notice))
        self.found.clear()

    def take(self, piece: str) -> None:
        """Take the next piece of the log; it is drawn by `draw`."""
        update = self._lines.push(piece)
        self._waiting.extend(update.closed)
        self._open = update.open

    def note(self, sentence: str) -> None:
        """Insert a sentence of the plugin between the lines of the log."""
        self._waiting.append(f"--- {shown_line(sentence)} ---")

    @property
    def is_drawn(self) -> bool:
        """Whether all lines are drawn."""
        return not self._waiting and self._open == (self._last_line() if self._shows_open else "")

    def draw(self, seconds: float) -> None:
        """Draw waiting lines, at least one portion. Stop after `seconds`; the next call draws the rest."""
        if self.is_drawn:
            return
        until = time.monotonic() + seconds
        bar = self.text.verticalScrollBar()
        follows = bar.value() >= bar.maximum() - 1
        if self._shows_open:
            self._drop_open()
        in_time = True
        while self._waiting and in_time:
            portion = [self._waiting.popleft() for _ in range(min(_AT_ONCE, len(self._waiting)))]
            self.text.appendPlainText("\n".join(portion))
            in_time = time.monotonic() < until
        if not self._waiting and self._open:
            self.text.appendPlainText(self._open)
            self._shows_open = True
        if follows:
            bar.setValue(bar.maximum())

    def find_next(self) -> None:
        """Go to the next match of the search text; after the last one, to the first."""
        self._find(again=True)

    def _find(self, again: bool) -> None:
        words = self.search.text()
        if not words:
            self.found.clear()
            return
        if not again:
            self.text.moveCursor(QtGui.QTextCursor.MoveOperation.Start)
        found = self.text.find(words)
        if not found and again:
            self.text.moveCursor(QtGui.QTextCursor.MoveOperation.Start)
            found = self.text.find(words)
        self.found.setText("" if found else "not found")

    def _last_line(self) -> str:
        return self.text.document().lastBlock().text()

    def _drop_open(self) -> None:
        """Removes the unfinished last line, so that it can be drawn again."""
        cursor = QtGui.QTextCursor(self.text.document().lastBlock())
        cursor.movePosition(QtGui.QTextCursor.MoveOperation.EndOfBlock, QtGui.QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        cursor.deletePreviousChar()
        self._shows_open = False

    def _dress(self) -> None:
        self.text.setReadOnly(True)
        self.text.setMaximumBlockCount(MOST_LINES)
        self.text.setUndoRedoEnabled(False)
        self.text.setLineWrapMode(QtWidgets.QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setFont(QtGui.QFontDatabase.systemFont(QtGui.QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName("Log")
        self.search.setPlaceholderText("Search the log (Enter: next)")
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName("Search the log")

    def _lay_out(self) -> None:
        bar = QtWidgets.QHBoxLayout()
        bar.addWidget(self.search, 1)
        bar.addWidget(self.found)
        layout = QtWidgets.QVBoxLayout(self)
        layout.addLayout(bar)
        layout.addWidget(self.text, 1)
