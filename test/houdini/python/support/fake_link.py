"""A link without a daemon: answers what it was taught, tells what a test says. It has the methods that panes use."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from cosmos_bridge import wire
from cosmos_bridge.errors import CosmosError
from cosmos_bridge.messages import (
    EventReceived,
    LinkMessage,
    LogMessage,
    LogText,
    ProgressReceived,
    SnapshotReceived,
    StateChanged,
)
from cosmos_bridge.rpc import Answer

Taught = Callable[[Mapping[str, Any]], Mapping[str, Any] | CosmosError]


@dataclass(frozen=True, eq=False)
class Followed:
    """A log that somebody follows."""

    job: str
    listener: Callable[[LogMessage], None]


@dataclass
class FakeLink:
    """Everything is handed over inside `drain`, as the real one does."""

    last_state: StateChanged = field(default_factory=lambda: StateChanged("connecting"))
    calls: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    taught: dict[str, Taught] = field(default_factory=dict)
    starts: int = 0
    released: int = 0
    after_telling: Callable[[], None] = lambda: None
    _listeners: list[Callable[[LinkMessage], None]] = field(default_factory=list)
    _follows: list[Followed] = field(default_factory=list)
    _waiting: deque[Callable[[], None]] = field(default_factory=deque)

    def on(self, listener: Callable[[LinkMessage], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def call(self, method: str, params: Mapping[str, Any], reply: Callable[[Answer], None]) -> None:
        self.calls.append((method, params))
        taught = self.taught.get(method)
        said = CosmosError("daemon_away", "Nobody taught it.") if taught is None else taught(params)
        answer = Answer(error=said) if isinstance(said, CosmosError) else Answer(result=dict(said))
        self._waiting.append(lambda: reply(answer))

    def follow(self, job: str, listener: Callable[[LogMessage], None], attempt: int | None = None) -> Followed:
        log = Followed(job, listener)
        self._follows.append(log)
        return log

    def unfollow(self, log: Followed) -> None:
        self._follows.remove(log)

    def retry(self, *, start: bool = False) -> None:
        self.starts += int(start)

    def release(self) -> None:
        self.released += 1

    def drain(self, _seconds: float = 0.008) -> int:
        count = len(self._waiting)
        while self._waiting:
            self._waiting.popleft()()
        return count

    # What a test says.

    def tell(self, message: LinkMessage) -> None:
        if isinstance(message, StateChanged):
            self.last_state = message
        for listener in list(self._listeners):
            listener(message)
        self.after_telling()

    def go_online(self, **snapshot: object) -> None:
        plain = {"jobs": [], "clips": [], "results": [], "queue": {"paused": False, "reason": ""}}
        self.tell(StateChanged("online"))
        self.tell(SnapshotReceived(1, cast("wire.Snapshot", {**plain, **snapshot})))

    def tell_job(self, job: wire.Job) -> None:
        self.tell(EventReceived(_event("job", job["id"], job)))

    def tell_result(self, result: wire.RunResult) -> None:
        self.tell(EventReceived(_event("result", result["job"], result)))

    def tell_progress(self, job: str, stage: str, fraction: float, eta: float | None = None) -> None:
        self.tell(ProgressReceived({"job": job, "stage": stage, "fraction": fraction, "eta": eta}))

    def write_log(self, text: str) -> None:
        for log in list(self._follows):
            log.listener(LogText(text, 0, len(text)))

    @property
    def followed(self) -> list[str]:
        return [log.job for log in self._follows]


def _event(kind: str, name: str, data: object) -> wire.Event:
    return cast("wire.Event", {"seq": 1, "at": "", "kind": kind, "type": "", "id": name, "data": data})
