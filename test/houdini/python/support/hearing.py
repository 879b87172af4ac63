"""A link whose every word is kept, drained as a panel's timer does it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

from cosmos_bridge.link import Link
from cosmos_bridge.messages import (
    EventReceived,
    LinkMessage,
    LogClosed,
    LogMessage,
    LogText,
    StateChanged,
)
from cosmos_bridge.rpc import Answer
from support.limits import PATIENCE

T = TypeVar("T", bound=LinkMessage)
TICK = 0.005


class Hearing:
    """What one listener of a link has been told."""

    def __init__(self, link: Link) -> None:
        self.link = link
        self.told: list[LinkMessage] = []
        link.on(self.told.append)

    def all(self, kind: type[T]) -> list[T]:
        """Everything of one kind, in order."""
        return [one for one in self.told if isinstance(one, kind)]

    def until(self, is_so: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Drains until it is so."""
        deadline = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < deadline, f"it did not come to that; heard last: {self.told[-5:]}"
            if self.link.drain() == 0:
                time.sleep(TICK)  # as between two ticks of a timer

    def until_state(self, state: str) -> StateChanged:
        """Drains until the link is in that state."""
        self.until(lambda: self.link.state == state)
        return self.link.last_state

    def call(self, method: str, **params: object) -> dict[str, Any]:
        """A call and its answer."""
        answers: list[Answer] = []
        self.link.call(method, params, answers.append)
        self.until(lambda: bool(answers))
        return answers[0].unwrap()

    def numbers(self) -> list[int]:
        """Numbers of the events, in the order in which they came."""
        return [one.event["seq"] for one in self.all(EventReceived)]


class Log:
    """What the listener of one followed log has been told."""

    def __init__(self) -> None:
        self.pieces: list[LogText] = []
        self.last: LogClosed | None = None

    def __call__(self, told: LogMessage) -> None:
        """The listener itself."""
        assert self.last is None, "something came behind the end"
        if isinstance(told, LogText):
            self.pieces.append(told)
        else:
            self.last = told

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def is_complete(self) -> bool:
        """Nothing more comes."""
        return self.last is not None
