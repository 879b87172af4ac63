"""The sections of the queue, each in order; says what one change does to the rows, before it is done. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from .queue_job import SECTIONS, QueueJob


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row is: number of the section, and row in it from 0."""

    section: int
    row: int


@dataclass(frozen=True, slots=True)
class Change:
    """One step for a view: no `was` = a new row, no `now` = a row less, both equal = the same row with other values.

    `now` counts rows as they are once the row has left its old place.
    """

    was: Place | None
    now: Place | None


class QueueRows:
    """All rows; a change is first told, so that a view can make ready for it, and then done."""

    def __init__(self) -> None:
        self._sections: tuple[list[QueueJob], ...] = tuple([] for _ in SECTIONS)
        self._known: dict[str, QueueJob] = {}

    def count(self, section: int) -> int:
        """Count the rows of a section."""
        return len(self._sections[section])

    def at(self, place: Place) -> QueueJob:
        """Give the row at a place."""
        return self._sections[place.section][place.row]

    def find(self, job: str) -> Place | None:
        """Say where the job of this id is."""
        known = self._known.get(job)
        return None if known is None else self._place(known)

    def put(self, job: QueueJob, about_to: Callable[[Change], None]) -> Change:
        """Take in a job's newest values."""
        known = self._known.get(job.id)
        was = None if known is None else self._place(known)
        now = self._future_place(job, was)
        change = Change(was, now)
        about_to(change)
        if was is not None:
            del self._sections[was.section][was.row]
        self._sections[now.section].insert(now.row, job)
        self._known[job.id] = job
        return change

    def remove(self, job: str, about_to: Callable[[Change], None]) -> Change | None:
        """Forget a job; None = it was not there."""
        was = self.find(job)
        if was is None:
            return None
        change = Change(was, None)
        about_to(change)
        del self._sections[was.section][was.row]
        del self._known[job]
        return change

    def _place(self, job: QueueJob) -> Place:
        section = SECTIONS.index(job.section)
        return Place(section, bisect_left(self._sections[section], job.order, key=_order))

    def _future_place(self, job: QueueJob, was: Place | None) -> Place:
        place = self._place(job)
        leaves_before = was is not None and was.section == place.section and was.row < place.row
        return Place(place.section, place.row - 1) if leaves_before else place


def _order(job: QueueJob) -> tuple[object, ...]:
    return job.order
