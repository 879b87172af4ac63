"""The queue as a tree: sections that stay open, columns that fit, and the job a person has chosen."""

from __future__ import annotations

from ..qt import Qt, QtCore, QtWidgets, Signal
from .queue_job import SECTIONS, QueueJob
from .queue_model import PHASE_COLUMN, PROGRESS_COLUMN, QueueModel
from .row_delegates import ProgressDelegate, RoomyDelegate

_WIDTHS = {0: "harbour_dusk_v003", PROGRESS_COLUMN: "progress 100%", 3: "59m 59s", 4: "workstation"}
"""Columns as wide as a text; the phase takes what is left."""
_MARGINS = 12
_NARROWEST = 50


class QueueView(QtWidgets.QTreeView):
    """Shows a QueueModel."""

    chosen = Signal(object)
    """The QueueJob a person has chosen, with its newest values; None = none."""

    def __init__(self, model: QueueModel, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setAccessibleName("Queue")
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionBehavior(QtWidgets.QAbstractItemView.SelectionBehavior.SelectRows)
        self.setItemDelegate(RoomyDelegate(self))
        self.setItemDelegateForColumn(PROGRESS_COLUMN, ProgressDelegate(self))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setIndentation(14)
        self._size_columns()
        for section in range(len(SECTIONS)):
            self.setExpanded(model.section_index(section), True)
            self.setFirstColumnSpanned(section, QtCore.QModelIndex(), True)
        model.rowsInserted.connect(self._open_first)
        model.dataChanged.connect(self._follow)
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit(self.current_job()))

    def current_job(self) -> QueueJob | None:
        """Give the job a person has chosen."""
        index = self.currentIndex()
        return self._model.job(index) if index.isValid() else None

    def choose(self, job: str) -> None:
        """Choose a job, and show it."""
        index = self._model.index_of(job)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _size_columns(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(_NARROWEST)
        header.setSectionResizeMode(PHASE_COLUMN, QtWidgets.QHeaderView.ResizeMode.Stretch)
        for column, sample in _WIDTHS.items():
            header.resizeSection(column, self.fontMetrics().horizontalAdvance(sample) + _MARGINS)

    def _open_first(self, parent: QtCore.QModelIndex, first: int, last: int) -> None:
        """A section without rows forgets that it was open."""
        if parent.isValid() and self._model.rowCount(parent) == last - first + 1:
            self.setExpanded(parent, True)

    def _follow(self, first: QtCore.QModelIndex, last: QtCore.QModelIndex) -> None:
        current = self.currentIndex()
        same_row = current.isValid() and current.row() == first.row() and current.internalId() == first.internalId()
        if same_row and current.internalId() != 0:
            self.chosen.emit(self.current_job())
