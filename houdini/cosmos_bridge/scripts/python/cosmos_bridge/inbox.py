"""A bounded queue from the link's thread to the drawing thread. It cannot grow while a render blocks Houdini."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

Callback = Callable[[], None]

# Capacity in short messages; a long text counts as several.
CAPACITY = 4000


class Inbox:
    """Callbacks in order. `put` blocks while it is full; then the daemon waits too and sends the rest later."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._waiting: deque[tuple[Callback | str, int]] = deque()
        self._weight = 0
        self._latest: dict[str, Callback] = {}
        self._changed = threading.Condition()
        self._open = True

    def put(self, delivery: Callback, weight: int = 1) -> None:
        """Adds a callback as soon as there is room. Blocks, so only the link's own thread may call it."""
        with self._changed:
            self._changed.wait_for(lambda: not self._open or self._weight < self._capacity)
            self._append(delivery, weight)

    def put_now(self, delivery: Callback) -> None:
        """Adds a callback even when full. For answers, which are never more than the calls."""
        with self._changed:
            self._append(delivery, 1)

    def put_latest(self, key: str, delivery: Callback) -> None:
        """Adds a callback, or replaces the waiting one with the same key."""
        with self._changed:
            if key not in self._latest:
                self._append(key, 1)
            if self._open:
                self._latest[key] = delivery

    def take(self) -> Callback | None:
        """The oldest one, or None when there is none."""
        with self._changed:
            if not self._waiting:
                return None
            oldest, weight = self._waiting.popleft()
            self._weight -= weight
            self._changed.notify_all()
            return self._latest.pop(oldest) if isinstance(oldest, str) else oldest

    def close(self) -> None:
        """Empties the queue and ignores everything that is added later."""
        with self._changed:
            self._open = False
            self._waiting.clear()
            self._latest.clear()
            self._changed.notify_all()

    def _append(self, delivery: Callback | str, weight: int) -> None:
        if not self._open:
            return
        self._waiting.append((delivery, weight))
        self._weight += weight
