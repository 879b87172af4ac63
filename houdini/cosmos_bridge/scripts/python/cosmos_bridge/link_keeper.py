"""Keeps a link's connection: finds the daemon, starts it when asked to, tries again. It runs on the link's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable

from . import transport
from .discovery import Discovery
from .errors import CosmosError
from .messages import StateChanged

# Seconds until the next try: short for a daemon that restarts, longer for one that is not there.
BACK_OFF = (0.1, 0.25, 0.5, 1.0, 2.0)
# A wrong token or version needs a person; a daemon that is started again may have both right.
REFUSED_EVERY = 5.0
NO_DAEMON = CosmosError("daemon_away", "No Cosmos Bridge daemon runs on this computer.")


class LinkKeeper:
    """`hold` is one session from its connection to its loss, and raises CosmosError when there was none."""

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
        """Tries at once; `start` also starts a daemon when none answers."""
        self._wants_start = self._wants_start or start
        self._again.set()

    def close(self) -> None:
        """There is no next try."""
        self.closed = True
        self._again.set()

    def run(self) -> None:
        """Until it is closed."""
        failures = 0
        while not self.closed:
            try:
                self._hold(self._address())
                failures = 0
                self._say(StateChanged("connecting"))
                self._pause(BACK_OFF[0])
            except CosmosError as error:
                error.__traceback__ = None  # it may be one that is raised again and again: each time would add to it
                away = error.code == NO_DAEMON.code
                self._say(StateChanged("offline" if away else "refused", error))
                self._pause(BACK_OFF[min(failures, len(BACK_OFF) - 1)] if away else REFUSED_EVERY)
                failures += 1
            except Exception as error:  # a defect: it is shown, and the panel does not stay dead for good
                sentence = f"The connection to the daemon broke ({error!r}); it is tried again."
                self._say(StateChanged("refused", CosmosError("internal", sentence)))
                self._pause(REFUSED_EVERY)

    def _pause(self, seconds: float) -> None:
        """Waits, but not when somebody asks for a try at once."""
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
