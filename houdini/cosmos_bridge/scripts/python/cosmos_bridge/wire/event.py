"""Notifications of the daemon (schemas/event.ts, protocol/notifications.ts)."""

from __future__ import annotations

from typing import Any, TypedDict

from .clip import Clip, Watch
from .job import Job, Run, RunResult


class Event(TypedDict):
    """One change: `data` is the whole new object of type `kind`, or None when it is gone; `seq` has no gap."""

    seq: int
    at: str
    id: str
    kind: str
    type: str
    data: Any


class QueueStatus(TypedDict):
    """Whether the queue starts jobs, and one sentence why not."""

    paused: bool
    reason: str


class Snapshot(TypedDict):
    """All that a client shows at first; older jobs and results are fetched in pages."""

    watches: list[Watch]
    clips: list[Clip]
    jobs: list[Job]
    olderJobs: int
    runs: list[Run]
    results: list[RunResult]
    olderResults: int
    hosts: list[dict[str, Any]]
    queue: QueueStatus


class Progress(TypedDict):
    """Latest progress of a live job: 0..1, and seconds until its output is expected."""

    job: str
    stage: str
    fraction: float
    eta: float | None


# `from` is a word of Python's own, so these cannot be written as classes. Offsets are bytes of the run's log.
LogPiece = TypedDict("LogPiece", {"follow": str, "run": str, "from": int, "to": int, "text": str})
LogGap = TypedDict("LogGap", {"follow": str, "run": str, "from": int, "to": int})


class LogTail(TypedDict):
    """A followed log is complete."""

    follow: str
    run: str
    size: int
