"""A lasting connection to the daemon: a thread keeps it, the drawing thread drains it. Uses neither hou nor Qt.

Over a restart of the daemon no message is lost or repeated: events continue after the last number that was
delivered, logs after the last byte. While `drain` is not called, the link stops reading and the daemon keeps the rest.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from functools import partial

from . import transport
from .discovery import Discovery, find_daemon
from .errors import CosmosError
from .inbox import Inbox
from .link_keeper import LinkKeeper
from .link_session import LinkSession, Position
from .log_follow import TAIL, LogFollow
from .messages import LinkMessage, LinkState, LogMessage, StateChanged
from .rpc import Answer
from .starter import start_daemon

# Seconds a daemon on this machine may take to accept a connection.
HANDSHAKE = 5.0
NOT_YET = CosmosError("daemon_away", "The daemon is not connected yet; try again in a moment.")

Listener = Callable[[LinkMessage], None]
Reply = Callable[[Answer], None]


class Link:
    """Keeps a session with the daemon until `close()`. Listeners and replies are called inside `drain()` only."""

    def __init__(
        self,
        find: Callable[[], Discovery | None] = find_daemon,
        start: Callable[[], Discovery] = start_daemon,
        inbox: Inbox | None = None,
    ) -> None:
        self._keeper = LinkKeeper(find, start, self._hold, self._say)
        self._inbox = inbox or Inbox()
        self._listeners: list[Listener] = []
        self._position = Position()
        self._session: LinkSession | None = None
        self._said: tuple[str, str] | None = None
        self.last_state = StateChanged("connecting")
        """The state that the listeners received last."""
        self._thread = threading.Thread(target=self._keeper.run, name="cosmos-link", daemon=True)
        self._thread.start()

    @property
    def state(self) -> LinkState:
        """The state of the connection that the listeners received last."""
        return self.last_state.state

    def on(self, listener: Listener) -> Callable[[], None]:
        """Adds a listener for all messages from now on; the returned function removes it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def call(self, method: str, params: Mapping[str, object], reply: Reply) -> None:
        """Calls the daemon. `reply` gets the result or an error; daemon_away while there is no connection."""
        session = self._session
        hand_over = partial(self._hand_over, reply)
        if session is not None and session.online:
            session.request(method, params, hand_over)
        else:
            hand_over(Answer(error=self.last_state.problem or NOT_YET))

    def follow(
        self, job: str, listener: Callable[[LogMessage], None], attempt: int | None = None, tail: int = TAIL
    ) -> LogFollow:
        """Follows a job's log: its last `tail` bytes, then all new bytes, until LogClosed."""
        log = LogFollow(job, attempt, tail, listener)
        followed = self._position.followed
        with followed.lock:
            followed.logs.append(log)
            session = self._session
            online = session is not None and session.online
        if online and session is not None:
            session.logs.follow(log)
        return log

    def unfollow(self, log: LogFollow) -> None:
        """Stops following; the listener gets no more messages."""
        log.closed = True
        self._position.followed.drop(log)
        session = self._session
        if session is not None:
            session.logs.unfollow(log)

    def refresh(self) -> None:
        """Asks for a snapshot, for a listener that was added after the last one."""
        session = self._session
        if session is not None and session.online:
            session.refresh()

    def retry(self, *, start: bool = False) -> None:
        """Tries to connect at once; `start` also starts a daemon when none answers."""
        self._keeper.retry(start=start)

    def drain(self, seconds: float = 0.008) -> int:
        """Calls listeners and replies for waiting messages, for at most `seconds`. Returns the number of messages."""
        until = time.monotonic() + seconds
        count = 0
        while (delivery := self._inbox.take()) is not None:
            delivery()
            count += 1
            if time.monotonic() >= until:
                break
        return count

    def close(self) -> None:
        """Ends the connection; no listener or reply is called after it."""
        self._keeper.close()
        self._inbox.close()
        session = self._session
        if session is not None:
            session.close()
        self._thread.join(1.0)

    def _hold(self, found: Discovery) -> None:
        """Runs one session until its connection is lost. Raises CosmosError when it cannot connect."""
        socket = transport.open_socket(found, HANDSHAKE)
        self._said = None
        self._session = LinkSession(socket, self._position, self._inbox, self._tell)
        if self._keeper.closed:  # close() may have run just before this session was stored
            self._session.close()
        try:
            self._session.run()
        finally:
            self._session = None

    def _say(self, state: StateChanged) -> None:
        """Delivers a state only when it changed, because each new try would repeat it."""
        words = (state.state, str(state.problem))
        if words != self._said:
            self._said = words
            self._inbox.put(partial(self._tell, state))

    def _tell(self, message: LinkMessage) -> None:
        if isinstance(message, StateChanged):
            self.last_state = message
        for listener in list(self._listeners):
            listener(message)

    def _hand_over(self, reply: Reply, answer: Answer) -> None:
        self._inbox.put_now(partial(reply, answer))
