"""One followed log: every byte once and in order, over all connections. Stores an offset and no text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .messages import LogMessage, LogText
from .wire import LogPiece

# Bytes shown from the end of a log that exists when the follow begins.
TAIL = 256 * 1024


class LogFollow:
    """The position in a followed log. Only the link's thread changes it; any thread may set `closed`."""

    def __init__(self, job: str, attempt: int | None, tail: int, listener: Callable[[LogMessage], None]) -> None:
        self.job = job
        self.closed = False
        self._listener = listener
        self._attempt = attempt
        self._tail = tail
        self._run: str | None = None
        self._next: int | None = None

    def params(self) -> dict[str, Any]:
        """Params of log.follow, from the first byte that was not delivered yet."""
        start = -self._tail if self._next is None else self._next
        return {"id": self.job, "from": start, **({} if self._attempt is None else {"attempt": self._attempt})}

    def opened(self, run: str, start: int) -> bool:
        """The daemon follows from byte `start`. Returns False when it is another log, because the job was retried."""
        if self._run is not None and self._run != run:
            return False
        self._run = run
        if self._next is None:
            self._next = start
        return True

    def took(self, piece: LogPiece) -> LogText | None:
        """The new part of a piece; None when all of it was delivered already, or bytes before it are missing."""
        expected = piece["from"] if self._next is None else self._next
        if piece["from"] > expected or piece["to"] <= expected:
            return None
        known = expected - piece["from"]
        text = piece["text"] if known == 0 else piece["text"].encode()[known:].decode(errors="replace")
        self._next = piece["to"]
        return LogText(text, expected, piece["to"])

    def misses(self, start: int) -> bool:
        """Whether bytes before `start` are missing."""
        return self._next is not None and start > self._next

    def tell(self, message: LogMessage) -> None:
        """Calls the listener, unless the follow was closed."""
        if not self.closed:
            self._listener(message)
