"""The sections of the queue, each sorted. Announces each row change before it is made. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from .queue_job import SECTIONS, QueueJob


@dataclass(frozen=True, slots=True)
class RowPosition:
    """Position of a row: the section's number, and the row in it, from 0."""

    section: int
    row: int


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row change for a view: `was` None = inserted, `now` None = removed, both equal = new values only.

    `now` counts rows after the row has left its old position.
    """

    was: RowPosition | None
    now: RowPosition | None


class QueueRows:
    """All rows. A change is announced first, so that a view can prepare, and then made."""

    def __init__(self) -> None:
        self._sections: tuple[list[QueueJob], ...] = tuple([] for _ in SECTIONS)
        self._known: dict[str, QueueJob] = {}

    def count(self, section: int) -> int:
        """Count the rows of a section."""
        return len(self._sections[section])

    def at(self, place: RowPosition) -> QueueJob:
        """Give the row at a position."""
        return self._sections[place.section][place.row]

    def find(self, job: str) -> RowPosition | None:
        """Give the position of the job with this id; None = it is not here."""
        known = self._known.get(job)
        return None if known is None else self._place(known)

    def put(self, job: QueueJob, about_to: Callable[[RowChange], None]) -> RowChange:
        """Add a job, or update its row."""
        known = self._known.get(job.id)
        was = None if known is None else self._place(known)
        now = self._future_place(job, was)
        change = RowChange(was, now)
        about_to(change)
        if was is not None:
            del self._sections[was.section][was.row]
        self._sections[now.section].insert(now.row, job)
        self._known[job.id] = job
        return change

    def remove(self, job: str, about_to: Callable[[RowChange], None]) -> RowChange | None:
        """Remove a job; None = it was not in the queue."""
        was = self.find(job)
        if was is None:
            return None
        change = RowChange(was, None)
        about_to(change)
        del self._sections[was.section][was.row]
        del self._known[job]
        return change

    def _place(self, job: QueueJob) -> RowPosition:
        section = SECTIONS.index(job.section)
        return RowPosition(section, bisect_left(self._sections[section], job.order, key=_order))

    def _future_place(self, job: QueueJob, was: RowPosition | None) -> RowPosition:
        place = self._place(job)
        leaves_before = was is not None and was.section == place.section and was.row < place.row
        return RowPosition(place.section, place.row - 1) if leaves_before else place


def _order(job: QueueJob) -> tuple[object, ...]:
    return job.order
