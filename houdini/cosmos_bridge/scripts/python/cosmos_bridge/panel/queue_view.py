"""The queue as a table with fitting columns and one chosen job."""

from __future__ import annotations

from ..qt import Qt, QtCore, QtWidgets, Signal
from .queue_cells import PHASE_COLUMN, PROGRESS_COLUMN
from .queue_job import QueueJob
from .queue_model import QueueModel
from .row_delegates import ProgressDelegate, RowDelegate

_WIDTHS = {0: "harbour_dusk_v003_wet", PROGRESS_COLUMN: "progress 100%", 3: "59m 59s", 4: "workstation"}
"""Sample texts that give the column widths; the phase column takes the rest."""
_MARGINS = 12
_NARROWEST = 50
_AIR = 7
"""Pixels above and below the text of a row."""


class QueueView(QtWidgets.QTableView):
    """Shows a QueueModel."""

    chosen = Signal(object)
    """The chosen QueueJob with its newest values; None = none is chosen."""

    def __init__(self, model: QueueModel, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setAccessibleName("Queue")
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QtWidgets.QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QtWidgets.QAbstractItemView.SelectionBehavior.SelectRows)
        self.setItemDelegate(RowDelegate(self))
        self.setItemDelegateForColumn(PROGRESS_COLUMN, ProgressDelegate(self))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._size_cells()
        model.dataChanged.connect(self._follow)
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit(self.current_job()))

    def current_job(self) -> QueueJob | None:
        """Give the chosen job."""
        index = self.currentIndex()
        return self._model.job(index) if index.isValid() else None

    def choose(self, job: str) -> None:
        """Choose a job, and show it."""
        index = self._model.index_of(job)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _size_cells(self) -> None:
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QtWidgets.QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + _AIR)
        columns.setHighlightSections(False)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setMinimumSectionSize(_NARROWEST)
        columns.setSectionResizeMode(PHASE_COLUMN, QtWidgets.QHeaderView.ResizeMode.Stretch)
        for column, sample in _WIDTHS.items():
            columns.resizeSection(column, self.fontMetrics().horizontalAdvance(sample) + _MARGINS)

    def _follow(self, first: QtCore.QModelIndex, last: QtCore.QModelIndex) -> None:
        if first.row() <= self.currentIndex().row() <= last.row():
            self.chosen.emit(self.current_job())
