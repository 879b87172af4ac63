"""Keeps a link's connection: finds the daemon, starts it on request, tries again. Runs on the link's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable

from . import transport
from .discovery import Discovery
from .errors import CosmosError
from .messages import StateChanged

# Seconds until the next try: short at first for a daemon that restarts, then longer.
BACK_OFF = (0.1, 0.25, 0.5, 1.0, 2.0)
# Seconds between tries after a wrong token or version. The user must act, but a restarted daemon may also fix both.
REFUSED_EVERY = 5.0
NO_DAEMON = CosmosError("daemon_away", "No Cosmos Bridge daemon runs on this computer.")


class LinkKeeper:
    """`hold` runs one session until its connection is lost, and raises CosmosError when it cannot connect."""

    def __init__(
        self,
        find: Callable[[], Discovery | None],
        start: Callable[[], Discovery],
        hold: Callable[[Discovery], None],
        say: Callable[[StateChanged], None],
    ) -> None:
        self._find = find
        self._start = start
        self._hold = hold
        self._say = say
        self._again = threading.Event()
        self._wants_start = False
        self.closed = False

    def retry(self, *, start: bool = False) -> None:
        """Tries now; `start` also starts a daemon when none answers."""
        self._wants_start = self._wants_start or start
        self._again.set()

    def close(self) -> None:
        """Stops trying."""
        self.closed = True
        self._again.set()

    def run(self) -> None:
        """Tries until it is closed."""
        failures = 0
        while not self.closed:
            try:
                self._hold(self._address())
                failures = 0
                self._say(StateChanged("connecting"))
                self._pause(BACK_OFF[0])
            except CosmosError as error:
                error.__traceback__ = None  # one error object may be raised many times, and its traceback would grow
                away = error.code == NO_DAEMON.code
                self._say(StateChanged("offline" if away else "refused", error))
                self._pause(BACK_OFF[min(failures, len(BACK_OFF) - 1)] if away else REFUSED_EVERY)
                failures += 1
            except Exception as error:  # show a defect and try again, so that the panel recovers
                sentence = f"The connection to the daemon broke ({error!r}); Houdini tries again."
                self._say(StateChanged("refused", CosmosError("internal", sentence)))
                self._pause(REFUSED_EVERY)

    def _pause(self, seconds: float) -> None:
        """Waits; `retry` and `close` end the wait."""
        self._again.wait(seconds)
        self._again.clear()

    def _address(self) -> Discovery:
        found = self._find()
        if self._wants_start and (found is None or not transport.answers(found)):
            self._wants_start = False
            return self._start()
        self._wants_start = False
        if found is None:
            raise NO_DAEMON
        return found
