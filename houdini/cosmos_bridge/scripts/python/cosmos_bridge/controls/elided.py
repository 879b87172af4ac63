"""A line of text that is shortened with dots when there is no room; its tooltip has the whole text."""

from __future__ import annotations

from ..qt import Qt, QtCore, QtGui, QtWidgets
from ..qt.plain import PlainLabel, item_text, tool_tip


class ElidedLabel(PlainLabel):
    """A label whose minimum width is small, so that a long text never widens the window."""

    def __init__(self, name: str, least: int = 40, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._least = least
        self.setAccessibleName(name)
        self.setSizePolicy(QtWidgets.QSizePolicy.Policy.Preferred, QtWidgets.QSizePolicy.Policy.Preferred)

    def say(self, text: str) -> None:
        """Show a text."""
        self.setText(item_text(text))
        self.explain(text)

    def explain(self, text: str) -> None:
        """Give the tooltip another text than the line."""
        self.setToolTip(tool_tip(text))

    def minimumSizeHint(self) -> QtCore.QSize:
        """See QWidget."""
        return QtCore.QSize(self._least, super().minimumSizeHint().height())

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:
        """See QLabel."""
        painter = QtGui.QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        role = QtGui.QPalette.ColorRole.WindowText
        place = self.contentsRect()
        self.style().drawItemText(painter, place, _PLACE, self.palette(), self.isEnabled(), shown, role)


_PLACE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
