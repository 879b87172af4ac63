"""A job as a row of the queue: where it stands, and what can be done with it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .words import dotted, model_name, phase

if TYPE_CHECKING:
    from .. import wire

SECTIONS = ("running", "queued", "needs_you", "done")
SECTION_TITLES = {"running": "Running", "queued": "Queued", "needs_you": "Needs you", "done": "Done"}

_SECTION_OF = {
    "preparing": "queued",
    "queued": "queued",
    "staging": "running",
    "staged": "running",
    "running": "running",
    "collecting": "running",
    "stopping": "running",
    "held": "needs_you",
    "failed": "needs_you",
    "refused": "needs_you",
    "succeeded": "done",
    "cancelled": "done",
}
_OVER = ("succeeded", "failed", "refused", "cancelled")


@dataclass(frozen=True, slots=True)
class QueueJob:
    """What a row shows, at one moment."""

    id: str
    name: str
    state: str
    section: str
    phase: str
    fraction: float | None
    """Part of 1 that is done; None = not known, or of no interest any more."""
    eta: float | None
    """Seconds until it is done."""
    host: str
    explains: str
    """Why it is in this state: the sentence of an error, or what it waits for."""
    order: tuple[object, ...]
    """Sorts it within its section."""

    @property
    def cancelable(self) -> bool:
        """The daemon would cancel it (daemon/job/life.ts)."""
        return self.state == "held" or (self.section in ("running", "queued") and self.state != "stopping")

    @property
    def retryable(self) -> bool:
        """The daemon would run it again."""
        return self.state in ("failed", "refused", "cancelled")

    @property
    def releasable(self) -> bool:
        """It waits for a person's word."""
        return self.state == "held"


def queue_job(job: wire.Job, progress: wire.Progress | None) -> QueueJob:
    """Make the row of a job; `progress` is the newest that was told, or None."""
    state = job["state"]
    live = job["endedAt"] is None and state not in _OVER
    told = progress if live else None
    return QueueJob(
        id=job["id"],
        name=job["name"],
        state=state,
        section=_section(job),
        phase=_phase(job, told),
        fraction=(told["fraction"] if told is not None else job["progress"]) if live else None,
        eta=(told["eta"] if told is not None else job["eta"]) if live else None,
        host=job["host"] or job["settings"]["host"] or "",
        explains=_explains(job),
        order=_order(job),
    )


def _section(job: wire.Job) -> str:
    """A job in a state of a newer daemon goes by what is known of it beside its state."""
    known = _SECTION_OF.get(job["state"])
    if known is not None:
        return known
    if job["endedAt"] is not None:
        return "done" if job["error"] is None else "needs_you"
    return "queued" if job["startedAt"] is None else "running"


def _phase(job: wire.Job, progress: wire.Progress | None) -> str:
    """The daemon's own words ("chunk 1/2 step 12/35") say more than the state, where it has some."""
    if progress is not None and progress["stage"] and job["state"] not in ("queued", "held", "stopping"):
        return progress["stage"]
    if job["state"] == "queued":
        return dotted("queued", model_name(job["engine"]))
    if job["state"] not in _SECTION_OF or _section(job) == "needs_you":
        return ": ".join(part for part in (phase(job["state"]), _explains(job)) if part)
    return phase(job["state"])


def _explains(job: wire.Job) -> str:
    error: Mapping[str, object] | None = job["error"]
    return str(error["message"]) if error is not None else job["reason"]


def _order(job: wire.Job) -> tuple[object, ...]:
    """Running: the oldest first; queued: as the daemon takes them (daemon/queue/order.ts); ended: the newest first."""
    section = _section(job)
    if section == "running":
        return (job["startedAt"] or job["createdAt"], job["id"])
    if section == "queued":
        return (-job["priority"], job["position"], job["id"])
    return (_Newest(job["endedAt"] or job["updatedAt"]), job["id"])


@dataclass(frozen=True, slots=True)
class _Newest:
    """A time that sorts backwards; times in UTC of one form sort as text."""

    at: str

    def __lt__(self, other: _Newest) -> bool:
        return self.at > other.at
