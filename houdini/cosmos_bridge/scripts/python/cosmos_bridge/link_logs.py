"""The followed logs of one connection, by the daemon's names for them, and how missing bytes are asked for again."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

from .inbox import Inbox
from .log_follow import LogFollow
from .messages import LogClosed, LogMessage
from .rpc import Answer
from .rpc_stream import LOST, Done
from .wire import LogGap, LogPiece, LogTail

# Characters of a log that weigh as much as one event in the inbox.
CHARACTERS_A_MESSAGE = 256


@dataclass(slots=True)
class Followed:
    """The followed logs, kept over all connections."""

    logs: list[LogFollow] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def drop(self, log: LogFollow) -> None:
        """Forgets a log that is complete or no longer followed."""
        with self.lock:
            if log in self.logs:
                self.logs.remove(log)


class Requester(Protocol):
    """The part of the connection that is used here."""

    def request(self, method: str, params: Mapping[str, object], done: Done) -> None:
        """Sends a call; `done` gets its answer on the link's thread."""


class LinkLogs:
    """All methods belong to the link's thread, except `follow` and `unfollow`."""

    def __init__(self, stream: Requester, followed: Followed, inbox: Inbox) -> None:
        self._stream = stream
        self._followed = followed
        self._inbox = inbox
        self._by_name: dict[str, LogFollow] = {}

    def follow(self, log: LogFollow) -> None:
        """Follows a log from its first byte that was not delivered yet."""
        self._stream.request("log.follow", log.params(), partial(self._answered, log))

    def unfollow(self, log: LogFollow) -> None:
        """Stops following a log."""
        for name in [name for name, other in list(self._by_name.items()) if other is log]:
            self._leave(name)

    def piece(self, piece: LogPiece) -> None:
        """Delivers the next bytes. Blocks while the inbox is full, so that the daemon waits."""
        log = self._by_name.get(piece["follow"])
        if log is None:
            return
        text = log.took(piece)
        if text is not None:
            self._hand_over(log, text, 1 + len(text.text) // CHARACTERS_A_MESSAGE)
        elif log.misses(piece["from"]):
            self._again(piece["follow"], log)

    def gap(self, gap: LogGap) -> None:
        """Asks again for the bytes that the daemon left out because this client read too slowly."""
        log = self._by_name.get(gap["follow"])
        if log is not None:
            self._again(gap["follow"], log)

    def end(self, tail: LogTail) -> None:
        """Ends a log, or asks again when bytes of it are missing."""
        log = self._by_name.pop(tail["follow"], None)
        if log is None:
            return
        if log.misses(tail["size"]):
            self.follow(log)
        else:
            self._finish(log, LogClosed())

    def _answered(self, log: LogFollow, answer: Answer) -> None:
        if answer.error is LOST:
            return  # the next connection follows it again
        if answer.error is not None:
            self._finish(log, LogClosed(answer.error))
            return
        result: dict[str, Any] = answer.result or {}
        if log.closed:
            self._leave(result["follow"])
        elif log.opened(result["run"], result["from"]):
            self._by_name[result["follow"]] = log
        else:
            self._leave(result["follow"])
            self._finish(log, LogClosed())

    def _again(self, name: str, log: LogFollow) -> None:
        self._leave(name)
        self.follow(log)

    def _leave(self, name: str) -> None:
        self._by_name.pop(name, None)
        self._stream.request("log.unfollow", {"follow": name}, _ignore)

    def _finish(self, log: LogFollow, last: LogClosed) -> None:
        self._followed.drop(log)
        self._hand_over(log, last, 1)

    def _hand_over(self, log: LogFollow, message: LogMessage, weight: int) -> None:
        self._inbox.put(partial(log.tell, message), weight)


def _ignore(_: Answer) -> None:
    """Ignores the answer: log.unfollow fails when the log has ended, and then nothing is to do."""
