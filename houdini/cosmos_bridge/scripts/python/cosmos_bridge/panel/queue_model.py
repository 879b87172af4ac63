"""The queue for a table view: section title, its jobs, next title. A change updates only its own rows.

It is a table because a tree view reads all rows again at each insertion, which blocks the window in a long queue.
"""

from __future__ import annotations

from ..qt import Qt, QtCore
from .queue_cells import COLUMNS, cell
from .queue_job import SECTION_TITLES, SECTIONS, QueueJob
from .queue_rows import QueueRows, RowChange, RowPosition

Index = QtCore.QModelIndex | QtCore.QPersistentModelIndex

_TOP = QtCore.QModelIndex()


class QueueModel(QtCore.QAbstractTableModel):
    """Rows of all sections, one below the other."""

    def __init__(self, parent: QtCore.QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = QueueRows()
        self._titled = [0] * len(SECTIONS)
        """Counts shown in the titles. They change after a row change: Qt forbids other changes during it."""

    def put(self, job: QueueJob) -> None:
        """Add a job, or update its row."""
        self._end(self._rows.put(job, self._begin))

    def remove(self, job: str) -> None:
        """Remove the row of a job."""
        change = self._rows.remove(job, self._begin)
        if change is not None:
            self._end(change)

    def job(self, index: Index) -> QueueJob | None:
        """Give the job of a row; None for the title of a section."""
        place = self._place(index.row())
        return None if place.row < 0 else self._rows.at(place)

    def index_of(self, job: str) -> QtCore.QModelIndex:
        """Give the row of a job, invalid when there is none."""
        place = self._rows.find(job)
        return QtCore.QModelIndex() if place is None else self.index(self._line(place), 0)

    def count(self, section: str) -> int:
        """Count the jobs of a section."""
        return self._rows.count(SECTIONS.index(section))

    # Methods that Qt calls, so the names are Qt's.

    def rowCount(self, parent: Index = _TOP) -> int:
        """See QAbstractItemModel."""
        return 0 if parent.isValid() else self._line(RowPosition(len(SECTIONS), -1))

    def columnCount(self, parent: Index = _TOP) -> int:
        """See QAbstractItemModel."""
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """See QAbstractItemModel. Titles cannot be selected."""
        if self.job(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """See QAbstractItemModel."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """See QAbstractItemModel."""
        if not index.isValid():
            return None
        place = self._place(index.row())
        if place.row >= 0:
            return cell(self._rows.at(place), index.column(), role)
        if role == Qt.ItemDataRole.DisplayRole and index.column() == 0:
            return f"{SECTION_TITLES[SECTIONS[place.section]]}  {self._titled[place.section]}"
        return None

    def _line(self, place: RowPosition) -> int:
        """The row of the table; the title of a section is its row -1."""
        return sum(1 + self._rows.count(section) for section in range(place.section)) + 1 + place.row

    def _place(self, line: int) -> RowPosition:
        for section in range(len(SECTIONS)):
            count = self._rows.count(section)
            if line <= count:
                return RowPosition(section, line - 1)
            line -= count + 1
        raise IndexError(f"the queue has no row {line} below its last section")

    def _begin(self, change: RowChange) -> None:
        was, now = change.was, change.now
        if was is None and now is not None:
            self.beginInsertRows(_TOP, self._line(now), self._line(now))
        elif was is not None and now is None:
            self.beginRemoveRows(_TOP, self._line(was), self._line(was))
        elif was is not None and now is not None and was != now:
            # Qt counts the target of a move with the row still at its old position; so does _line in other sections.
            down = 1 if was.section == now.section and was.row < now.row else 0
            self.beginMoveRows(_TOP, self._line(was), self._line(was), _TOP, self._line(now) + down)

    def _end(self, change: RowChange) -> None:
        was, now = change.was, change.now
        if was is None:
            self.endInsertRows()
        elif now is None:
            self.endRemoveRows()
        elif was != now:
            self.endMoveRows()
        if now is not None and was is not None:
            self._tell(self._line(now))
        if was is None or now is None or was.section != now.section:
            for place in (was, now):
                if place is not None:
                    self._titled[place.section] = self._rows.count(place.section)
                    self._tell(self._line(RowPosition(place.section, -1)))

    def _tell(self, line: int) -> None:
        self.dataChanged.emit(self.index(line, 0), self.index(line, len(COLUMNS) - 1))
