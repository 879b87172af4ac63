"""Small files over HTTP, fetched on a thread of their own. No Qt: a picture is bytes until somebody shows it."""

from __future__ import annotations

import queue
import threading
import urllib.request
from collections.abc import Callable
from http.client import HTTPException

_PATIENCE = 5.0
"""Seconds a daemon on this computer may take."""
_MOST_BYTES = 16 * 2**20

Deliver = Callable[[bytes], None]


class PictureFetcher:
    """Fetches one after the other; what it fetched is delivered inside `drain`."""

    def __init__(self) -> None:
        self._wanted: queue.SimpleQueue[tuple[str, Deliver] | None] = queue.SimpleQueue()
        self._fetched: queue.SimpleQueue[tuple[bytes, Deliver]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        # A proxy of the studio has no business with this computer's own daemon.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def fetch(self, url: str, deliver: Deliver) -> None:
        """Fetch a file; `deliver` gets its bytes, or none when it is not to be had."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="cosmos-pictures", daemon=True)
            self._thread.start()
        self._wanted.put((url, deliver))

    def drain(self) -> None:
        """Deliver what has come."""
        while not self._fetched.empty():
            picture, deliver = self._fetched.get()
            deliver(picture)

    def close(self) -> None:
        """End the thread after what it does now; nothing more is delivered."""
        self._wanted.put(None)

    def _run(self) -> None:
        while (wanted := self._wanted.get()) is not None:
            url, deliver = wanted
            self._fetched.put((self._read(url), deliver))

    def _read(self, url: str) -> bytes:
        try:
            with self._opener.open(url, timeout=_PATIENCE) as response:
                picture: bytes = response.read(_MOST_BYTES)
                return picture
        except (OSError, ValueError, HTTPException):
            return b""  # a picture that is not to be had is shown as none; the result still has its words
