"""Time, and how much of it the check may take."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

#: Minutes that the whole check may take, and seconds that the images of one render are waited for.
MINUTES, DEADLINE = 20.0, 60.0
OVER = "the time of the whole check was used up"
#: Seconds between two looks at a folder.
LOOK = 0.1


@dataclass(slots=True)
class Clock:
    """Seconds since 1970, as files have them; other than the computer's own only in tests."""

    limit: float
    """Seconds that the whole check may take: nothing is begun after them."""
    deadline: float
    """Seconds that the images of one render are waited for."""
    now: Callable[[], float] = time.time
    pause: Callable[[float], None] = time.sleep
    began: float = 0.0

    def start(self) -> None:
        """From now on the limit counts."""
        self.began = self.now()

    def is_over(self) -> bool:
        """Whether the time of the whole check is used up."""
        return self.now() - self.began > self.limit

    def wait(self, done: Callable[[], bool]) -> bool:
        """Looks until it is done; False = the deadline came first."""
        end = self.now() + self.deadline
        while not done():
            if self.now() > end:
                return False
            self.pause(LOOK)
        return True
