"""The current state of the daemon, and the listeners to its changes. Pure: no Qt, no connection."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar, cast

if TYPE_CHECKING:
    from .. import wire

Kind = Literal["job", "clip", "result", "queue"]
Listener = Callable[["StoreChange"], None]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class StoreChange:
    """One clip, job or result has new values, or is gone."""

    kind: Kind
    id: str


class Store:
    """Built from the snapshot and the events after it."""

    def __init__(self) -> None:
        self.jobs: dict[str, wire.Job] = {}
        self.clips: dict[str, wire.Clip] = {}
        self.results: dict[str, wire.RunResult] = {}
        """By job."""
        self.progress: dict[str, wire.Progress] = {}
        """By job; only of live jobs that reported progress."""
        self.paused = False
        self._listeners: list[Listener] = []
        self._pending: dict[StoreChange, None] = {}

    def on_change(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` for every change, inside `flush`. The returned function removes it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def take_snapshot(self, snapshot: wire.Snapshot) -> None:
        """Replace the whole state; listeners get only the differences."""
        self.progress.clear()
        self._replace("job", self.jobs, {job["id"]: job for job in snapshot["jobs"]})
        self._replace("clip", self.clips, {clip["id"]: clip for clip in snapshot["clips"]})
        self._replace("result", self.results, {result["job"]: result for result in snapshot["results"]})
        self._set_paused(snapshot["queue"]["paused"])

    def take_event(self, event: wire.Event) -> None:
        """Apply one journaled event."""
        kind, data = event["kind"], event["data"]
        if kind == "job":
            self._take_job(cast("wire.Job", data))
        elif kind == "clip":
            self._take_clip(event["id"], cast("wire.Clip | None", data))
        elif kind == "result":
            result = cast("wire.RunResult", data)
            self.results[result["job"]] = result
            self._tell(StoreChange("result", result["job"]))
        elif kind == "queue":
            self._set_paused(cast("wire.QueueStatus", data)["paused"])

    def take_progress(self, progress: wire.Progress) -> None:
        """Store the progress of a job; ignored for a job that is not known."""
        if progress["job"] in self.jobs:
            self.progress[progress["job"]] = progress
            self._tell(StoreChange("job", progress["job"]))

    def _take_job(self, job: wire.Job) -> None:
        self.jobs[job["id"]] = job
        if job["endedAt"] is not None or job["state"] == "queued":
            self.progress.pop(job["id"], None)
        self._tell(StoreChange("job", job["id"]))

    def _take_clip(self, clip: str, data: wire.Clip | None) -> None:
        if data is None:
            self.clips.pop(clip, None)
        else:
            self.clips[clip] = data
        self._tell(StoreChange("clip", clip))

    def _set_paused(self, paused: bool) -> None:
        if paused != self.paused:
            self.paused = paused
            self._tell(StoreChange("queue", ""))

    def _replace(self, kind: Kind, known: dict[str, _T], now: dict[str, _T]) -> None:
        differs = [one for one in known.keys() | now.keys() if known.get(one) != now.get(one)]
        known.clear()
        known.update(now)
        for one in differs:
            self._tell(StoreChange(kind, one))

    def flush(self, seconds: float) -> None:
        """Call the listeners for waiting changes, at least one. Stop after `seconds`; the next call does the rest.

        Several changes of one thing are reported once, with its newest values.
        """
        until = time.monotonic() + seconds
        in_time = True
        while self._pending and in_time:
            changed = next(iter(self._pending))
            del self._pending[changed]
            for listener in list(self._listeners):
                listener(changed)
            in_time = time.monotonic() < until

    def _tell(self, changed: StoreChange) -> None:
        self._pending[changed] = None
