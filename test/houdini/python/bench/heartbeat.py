"""How long a window's thread is not there for its user."""

from __future__ import annotations

import time
from dataclasses import dataclass

from cosmos_bridge.qt import Qt, QtCore

BEAT = 0.005
"""Seconds between two beats of a thread that has nothing else to do."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Milliseconds by which beats came late."""

    p50: float
    p99: float
    longest: float


class Heartbeat:
    """A timer that notes how late it is."""

    def __init__(self) -> None:
        self._late: list[float] = []
        self._last = time.perf_counter()
        self._timer = QtCore.QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(round(BEAT * 1000))
        self._timer.timeout.connect(self._beat)

    def begin(self) -> None:
        """Forget what was, and beat."""
        self._late = []
        self._last = time.perf_counter()
        self._timer.start()

    def end(self) -> Blocks:
        """Stop, and tell."""
        self._beat()
        self._timer.stop()
        late = sorted(self._late)
        return Blocks(late[len(late) // 2], late[min(len(late) - 1, len(late) * 99 // 100)], late[-1])

    def _beat(self) -> None:
        now = time.perf_counter()
        self._late.append(max(0.0, now - self._last - BEAT) * 1000)
        self._last = now
