"""The queue for a tree view: four sections, and in each its jobs. Every change touches its own rows only."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..qt import Qt, QtCore
from .queue_job import SECTION_TITLES, SECTIONS, QueueJob
from .queue_rows import Change, Place, QueueRows
from .words import duration, percent

COLUMNS = ("Clip", "Phase", "Progress", "Left", "Host")
PHASE_COLUMN = COLUMNS.index("Phase")
PROGRESS_COLUMN = COLUMNS.index("Progress")

JOB_ROLE = Qt.ItemDataRole.UserRole
"""The id of the job; None on a section."""
FRACTION_ROLE = Qt.ItemDataRole.UserRole + 1
STATE_ROLE = Qt.ItemDataRole.UserRole + 2

Index = QtCore.QModelIndex | QtCore.QPersistentModelIndex

_TEXT_OF: tuple[Callable[[QueueJob], str], ...] = (
    lambda job: job.name,
    lambda job: job.phase,
    lambda job: "" if job.fraction is None else percent(job.fraction),
    lambda job: "" if job.eta is None else duration(job.eta),
    lambda job: job.host,
)
_NOWHERE = QtCore.QModelIndex()


class QueueModel(QtCore.QAbstractItemModel):
    """An index of a job carries the number of its section from 1 as its internal id; one of a section carries 0."""

    def __init__(self, parent: QtCore.QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = QueueRows()

    def put(self, job: QueueJob) -> None:
        """Take in a job's newest values."""
        change = self._rows.put(job, self._begin)
        self._end(change)

    def remove(self, job: str) -> None:
        """Take a job out."""
        change = self._rows.remove(job, self._begin)
        if change is not None:
            self._end(change)

    def keep_only(self, jobs: Iterable[str]) -> None:
        """Take out every job but these."""
        for job in self._rows.ids() - set(jobs):
            self.remove(job)

    def job(self, index: Index) -> QueueJob | None:
        """Give the job of a row; None for a section."""
        return None if index.internalId() == 0 else self._rows.at(Place(index.internalId() - 1, index.row()))

    def index_of(self, job: str) -> QtCore.QModelIndex:
        """Give the row of a job, invalid when there is none."""
        place = self._rows.find(job)
        return _NOWHERE if place is None else self.createIndex(place.row, 0, place.section + 1)

    def section_index(self, section: int) -> QtCore.QModelIndex:
        """Give the row of a section."""
        return self.createIndex(section, 0, 0)

    def count(self, section: str) -> int:
        """Count the jobs of a section."""
        return self._rows.count(SECTIONS.index(section))

    # What Qt asks for; its names are not ours.

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QtCore.QModelIndex:
        """See QAbstractItemModel."""
        if not self.hasIndex(row, column, parent):
            return QtCore.QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = _NOWHERE) -> QtCore.QModelIndex:  # type: ignore[override]
        """See QAbstractItemModel."""
        if not index.isValid() or index.internalId() == 0:
            return QtCore.QModelIndex()
        return self.section_index(index.internalId() - 1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """See QAbstractItemModel."""
        if not parent.isValid():
            return len(SECTIONS)
        return self._rows.count(parent.row()) if parent.internalId() == 0 and parent.column() == 0 else 0

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """See QAbstractItemModel."""
        return len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """See QAbstractItemModel."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """See QAbstractItemModel."""
        if not index.isValid():
            return None
        job = self.job(index)
        return self._of_section(index, role) if job is None else _of_job(job, index.column(), role)

    def _of_section(self, index: Index, role: int) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.column() == 0:
            return f"{SECTION_TITLES[SECTIONS[index.row()]]}  {self._rows.count(index.row())}"
        return None

    def _begin(self, change: Change) -> None:
        was, now = change.was, change.now
        if was is None and now is not None:
            self.beginInsertRows(self.section_index(now.section), now.row, now.row)
        elif was is not None and now is None:
            self.beginRemoveRows(self.section_index(was.section), was.row, was.row)
        elif was is not None and now is not None and was != now:
            # Qt counts the target of a move before the row has left its place.
            down = 1 if was.section == now.section and was.row < now.row else 0
            source, target = self.section_index(was.section), self.section_index(now.section)
            self.beginMoveRows(source, was.row, was.row, target, now.row + down)

    def _end(self, change: Change) -> None:
        was, now = change.was, change.now
        if was is None:
            self.endInsertRows()
        elif now is None:
            self.endRemoveRows()
        elif was != now:
            self.endMoveRows()
        if now is not None and was is not None:
            first = self.createIndex(now.row, 0, now.section + 1)
            self.dataChanged.emit(first, first.sibling(now.row, len(COLUMNS) - 1))
        for place in (was, now):
            if place is not None and was != now:
                section = self.section_index(place.section)
                self.dataChanged.emit(section, section)


def _of_job(job: QueueJob, column: int, role: int) -> object:
    if role == Qt.ItemDataRole.DisplayRole:
        return _TEXT_OF[column](job)
    if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
        return job.explains or None
    if role == JOB_ROLE:
        return job.id
    if role == FRACTION_ROLE:
        return job.fraction
    if role == STATE_ROLE:
        return job.state
    return None
