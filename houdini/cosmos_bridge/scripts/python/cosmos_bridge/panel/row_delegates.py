"""Draws the rows of the queue with colours of the palette, so that they fit every theme of Houdini."""

from __future__ import annotations

from ..qt import Qt, QtCore, QtGui, QtWidgets
from .queue_cells import FRACTION_ROLE, JOB_ROLE
from .words import percent

_HEIGHT = 5
"""Pixels."""
_GAP = 8
_INDENT = 14
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RowDelegate(QtWidgets.QStyledItemDelegate):
    """Draws section titles in bold, and jobs indented."""

    def initStyleOption(
        self, option: QtWidgets.QStyleOptionViewItem, index: QtCore.QModelIndex | QtCore.QPersistentModelIndex
    ) -> None:
        """See QStyledItemDelegate."""
        super().initStyleOption(option, index)
        option.state &= ~QtWidgets.QStyle.StateFlag.State_HasFocus  # type: ignore[attr-defined]
        if index.data(JOB_ROLE) is None:
            option.font.setBold(True)  # type: ignore[attr-defined]
            option.state |= QtWidgets.QStyle.StateFlag.State_Enabled  # type: ignore[attr-defined]
        elif index.column() == 0:
            option.rect.setLeft(option.rect.left() + _INDENT)  # type: ignore[attr-defined]


class ProgressDelegate(RowDelegate):
    """Draws progress from 0 to 1 as a bar with percent; empty for rows without progress."""

    def paint(
        self,
        painter: QtGui.QPainter,
        option: QtWidgets.QStyleOptionViewItem,
        index: QtCore.QModelIndex | QtCore.QPersistentModelIndex,
    ) -> None:
        """See QStyledItemDelegate."""
        super().paint(painter, option, index)
        fraction = index.data(FRACTION_ROLE)
        if isinstance(fraction, float | int):
            _draw(painter, option, float(fraction))

    def displayText(self, value: object, locale: QtCore.QLocale | QtCore.QLocale.Language) -> str:
        """No text: the percent is drawn beside the bar, and screen readers read it from the model."""
        return ""


def _draw(painter: QtGui.QPainter, option: QtWidgets.QStyleOptionViewItem, fraction: float) -> None:
    palette: QtGui.QPalette = option.palette  # type: ignore[attr-defined]
    cell: QtCore.QRect = option.rect  # type: ignore[attr-defined]
    selected = bool(option.state & QtWidgets.QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
    ink = palette.color(QtGui.QPalette.ColorRole.HighlightedText if selected else QtGui.QPalette.ColorRole.Text)
    words = painter.fontMetrics().horizontalAdvance("100%") + _GAP
    bar = QtCore.QRectF(
        cell.left() + _GAP / 2, cell.center().y() - _HEIGHT / 2 + 1, cell.width() - words - _GAP, _HEIGHT
    )
    track, fill = QtGui.QColor(ink), ink if selected else palette.color(QtGui.QPalette.ColorRole.Highlight)
    track.setAlphaF(0.2)
    done = QtCore.QRectF(bar)
    done.setWidth(max(_HEIGHT, bar.width() * min(1.0, fraction)))
    painter.save()
    painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for shape, color in ((bar, track), (done, fill)):
        painter.setBrush(color)
        painter.drawRoundedRect(shape, _HEIGHT / 2, _HEIGHT / 2)
    painter.setPen(ink)
    painter.drawText(QtCore.QRectF(cell.adjusted(0, 0, -_GAP // 2, 0)), percent(fraction), QtGui.QTextOption(_RIGHT))
    painter.restore()
