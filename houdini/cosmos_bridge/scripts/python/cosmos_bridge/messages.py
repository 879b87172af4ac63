"""The messages that a link delivers to the thread that drains it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .errors import CosmosError
from .wire import Event, Hello, Progress, Snapshot

LinkState = Literal["connecting", "online", "offline", "refused"]


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The connection changed; `problem` says why it is offline or refused."""

    state: LinkState
    problem: CosmosError | None = None
    hello: Hello | None = None


@dataclass(frozen=True, slots=True)
class SnapshotReceived:
    """The whole state at `seq`; it replaces everything delivered before."""

    seq: int
    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class EventReceived:
    """The next event. The numbers have no gap."""

    event: Event


@dataclass(frozen=True, slots=True)
class ProgressReceived:
    """The latest progress of a job; older values that were not drained yet are dropped."""

    progress: Progress


LinkMessage = StateChanged | SnapshotReceived | EventReceived | ProgressReceived


@dataclass(frozen=True, slots=True)
class LogText:
    """The next piece of a followed log: bytes `start` to `end` of the run's log, `\\r` kept."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LogClosed:
    """A followed log is complete, or `problem` says why nothing more comes."""

    problem: CosmosError | None = None


LogMessage = LogText | LogClosed
