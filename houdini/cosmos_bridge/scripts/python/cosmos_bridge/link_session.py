"""One connection of a link: hello, the events after the last delivered one, and the logs from their last byte."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

from . import transport
from .errors import CosmosError
from .inbox import Inbox
from .link_logs import Followed, LinkLogs
from .messages import EventReceived, LinkMessage, ProgressReceived, SnapshotReceived, StateChanged
from .rpc import CLIENT_NAME, PROTOCOL_VERSION, Answer
from .rpc_stream import LOST, Done, RpcStream
from .wire import Event, Hello, Progress


@dataclass(slots=True)
class Position:
    """The state kept between connections: the number of the last delivered event, and the followed logs."""

    seq: int | None = None
    followed: Followed = field(default_factory=Followed)


class LinkSession:
    """`run()` belongs to the link's thread. Its messages go to `tell`, through the inbox and in order."""

    def __init__(
        self, socket: transport.Socket, position: Position, inbox: Inbox, tell: Callable[[LinkMessage], None]
    ) -> None:
        self._stream = RpcStream(socket, self._hear)
        self.logs = LinkLogs(self._stream, position.followed, inbox)
        self.online = False
        self._position = position
        self._inbox = inbox
        self._tell = tell
        self._problem: CosmosError | None = None

    def run(self) -> None:
        """Runs until the connection is lost. Raises CosmosError when the daemon refuses this client."""
        self._stream.request("hello", {"client": CLIENT_NAME, "protocol": PROTOCOL_VERSION}, self._greeted)
        try:
            self._stream.run()
        finally:
            self.online = False
        if self._problem is not None:
            raise self._problem

    def request(self, method: str, params: Mapping[str, object], done: Done) -> None:
        """Sends a call; `done` gets its answer on the link's thread."""
        self._stream.request(method, params, done)

    def refresh(self) -> None:
        """Asks for a snapshot, for a listener that was added late."""
        self._stream.request("event.subscribe", {}, self._subscribed)

    def close(self) -> None:
        """Ends the session, from another thread."""
        self._stream.close()

    def _greeted(self, answer: Answer) -> None:
        if answer.error is not None:
            self._fail(answer.error)
            return
        hello = cast("Hello", answer.result)
        since = {} if self._position.seq is None else {"since": self._position.seq}
        self._stream.request("event.subscribe", since, partial(self._begun, hello))

    def _begun(self, hello: Hello, answer: Answer) -> None:
        self._subscribed(answer)
        if answer.error is not None:
            return
        self._hand_over(StateChanged("online", hello=hello))
        followed = self._position.followed
        with followed.lock:
            self.online = True
            wanted = list(followed.logs)
        for log in wanted:
            self.logs.follow(log)

    def _subscribed(self, answer: Answer) -> None:
        if answer.result is None:
            self._fail(answer.error or LOST)
            return
        seq, snapshot = answer.result["seq"], answer.result["snapshot"]
        if snapshot is not None:
            self._hand_over(SnapshotReceived(seq, snapshot))
        self._position.seq = seq

    def _hear(self, name: str, params: Any) -> None:
        match name:
            case "event":
                self._event(params)
            case "progress":
                progress: Progress = params
                self._inbox.put_latest(progress["job"], partial(self._tell, ProgressReceived(progress)))
            case "log.data":
                self.logs.piece(params)
            case "log.gap":
                self.logs.gap(params)
            case "log.end":
                self.logs.end(params)
            case _:
                pass  # from a newer daemon, or meant for other clients

    def _event(self, event: Event) -> None:
        """Delivers the next event. Before a new snapshot arrives, the daemon may repeat events; these are skipped."""
        last = self._position.seq or 0
        if event["seq"] > last + 1:
            self._fail(LOST)  # a gap should never occur; the next connection asks for all events after the last one
        elif event["seq"] == last + 1:
            self._hand_over(EventReceived(event))
            self._position.seq = event["seq"]

    def _hand_over(self, message: LinkMessage) -> None:
        self._inbox.put(partial(self._tell, message))

    def _fail(self, error: CosmosError) -> None:
        self._problem = error
        self._stream.close()
