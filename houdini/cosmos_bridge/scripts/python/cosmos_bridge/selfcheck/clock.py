"""The clock and the time limits of the self-check."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

#: Most minutes of the whole check, and seconds to wait for the images of one render.
MINUTES, DEADLINE = 20.0, 60.0
OVER = "the time of the whole check was used up"
#: Seconds between two looks at a folder.
LOOK = 0.1


@dataclass(slots=True)
class Clock:
    """The time in seconds since 1970, as for files. Tests replace it."""

    limit: float
    """Most seconds of the whole check; no step begins after them."""
    deadline: float
    """Seconds to wait for the images of one render."""
    now: Callable[[], float] = time.time
    pause: Callable[[float], None] = time.sleep
    began: float = 0.0

    def start(self) -> None:
        """Starts the time limit."""
        self.began = self.now()

    def is_over(self) -> bool:
        """Whether the time of the whole check is used up."""
        return self.now() - self.began > self.limit

    def wait(self, done: Callable[[], bool]) -> bool:
        """Waits until `done`; False = the deadline came first."""
        end = self.now() + self.deadline
        while not done():
            if self.now() > end:
                return False
            self.pause(LOOK)
        return True
