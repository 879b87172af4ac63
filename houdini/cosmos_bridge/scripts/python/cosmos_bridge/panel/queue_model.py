"""The queue for a table view: the title of a section, its jobs, the next title. Every change touches its own rows only.

A table and not a tree: a tree asks for every row again at each insertion, which with a long queue holds the window up.
"""

from __future__ import annotations

from ..qt import Qt, QtCore
from .queue_cells import COLUMNS, cell
from .queue_job import SECTION_TITLES, SECTIONS, QueueJob
from .queue_rows import Change, Place, QueueRows

Index = QtCore.QModelIndex | QtCore.QPersistentModelIndex

_TOP = QtCore.QModelIndex()


class QueueModel(QtCore.QAbstractTableModel):
    """Rows of all sections, one below the other."""

    def __init__(self, parent: QtCore.QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = QueueRows()
        self._titled = [0] * len(SECTIONS)
        """Counts in the titles: Qt wants rows that stay to stay as they are until a change is over."""

    def put(self, job: QueueJob) -> None:
        """Take in a job's newest values."""
        self._end(self._rows.put(job, self._begin))

    def remove(self, job: str) -> None:
        """Take a job out."""
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

    # What Qt asks for; its names are not ours.

    def rowCount(self, parent: Index = _TOP) -> int:
        """See QAbstractItemModel."""
        return 0 if parent.isValid() else self._line(Place(len(SECTIONS), -1))

    def columnCount(self, parent: Index = _TOP) -> int:
        """See QAbstractItemModel."""
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Titles are no rows that a person can choose."""
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

    def _line(self, place: Place) -> int:
        """The row of the table; the title of a section is its row -1."""
        return sum(1 + self._rows.count(section) for section in range(place.section)) + 1 + place.row

    def _place(self, line: int) -> Place:
        for section in range(len(SECTIONS)):
            count = self._rows.count(section)
            if line <= count:
                return Place(section, line - 1)
            line -= count + 1
        raise IndexError(f"the queue has no row {line} below its last section")

    def _begin(self, change: Change) -> None:
        was, now = change.was, change.now
        if was is None and now is not None:
            self.beginInsertRows(_TOP, self._line(now), self._line(now))
        elif was is not None and now is None:
            self.beginRemoveRows(_TOP, self._line(was), self._line(was))
        elif was is not None and now is not None and was != now:
            # Qt counts the target of a move before the row has left its place, and so does _line in other sections.
            down = 1 if was.section == now.section and was.row < now.row else 0
            self.beginMoveRows(_TOP, self._line(was), self._line(was), _TOP, self._line(now) + down)

    def _end(self, change: Change) -> None:
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
                    self._tell(self._line(Place(place.section, -1)))

    def _tell(self, line: int) -> None:
        self.dataChanged.emit(self.index(line, 0), self.index(line, len(COLUMNS) - 1))
