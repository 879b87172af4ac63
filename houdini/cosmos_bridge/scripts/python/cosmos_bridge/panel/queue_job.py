"""A job as a row of the queue: its state, and the commands that it allows. Pure."""

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
    """The values of one row at one moment."""

    id: str
    name: str
    state: str
    section: str
    phase: str
    fraction: float | None
    """Progress from 0 to 1; None = not known, or the job has ended."""
    eta: float | None
    """Estimated seconds until the job is done."""
    host: str
    explains: str
    """Why the job is in this state: an error sentence, or what it waits for."""
    order: tuple[object, ...]
    """Sort key within the section."""

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
        """The job is held until the user releases it."""
        return self.state == "held"


def queue_job(job: wire.Job, progress: wire.Progress | None) -> QueueJob:
    """Make the row of a job; `progress` is the newest value, or None."""
    state = job["state"]
    live = job["endedAt"] is None and state not in _OVER
    newest = progress if live else None
    return QueueJob(
        id=job["id"],
        name=job["name"],
        state=state,
        section=_section(job),
        phase=_phase(job, newest),
        fraction=(newest["fraction"] if newest is not None else job["progress"]) if live else None,
        eta=(newest["eta"] if newest is not None else job["eta"]) if live else None,
        host=job["host"] or job["settings"]["host"] or "",
        explains=_explains(job),
        order=_order(job),
    )


def _section(job: wire.Job) -> str:
    """The section of a job. A state that only a newer daemon knows is judged by the times and the error of the job."""
    known = _SECTION_OF.get(job["state"])
    if known is not None:
        return known
    if job["endedAt"] is not None:
        return "done" if job["error"] is None else "needs_you"
    return "queued" if job["startedAt"] is None else "running"


def _phase(job: wire.Job, progress: wire.Progress | None) -> str:
    """The daemon's progress text ("chunk 1/2 step 12/35") where there is one, else the state in words."""
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
    """Sort key. Running: oldest first; queued: in the daemon's order (daemon/queue/order.ts); ended: newest first."""
    section = _section(job)
    if section == "running":
        return (job["startedAt"] or job["createdAt"], job["id"])
    if section == "queued":
        return (-job["priority"], job["position"], job["id"])
    return (_NewestFirst(job["endedAt"] or job["updatedAt"]), job["id"])


@dataclass(frozen=True, slots=True)
class _NewestFirst:
    """A time that sorts newest first. UTC times in one format can be compared as text."""

    at: str

    def __lt__(self, other: _NewestFirst) -> bool:
        return self.at > other.at
