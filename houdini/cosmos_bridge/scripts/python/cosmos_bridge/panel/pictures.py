"""Fetches pictures over HTTP on a thread of its own. No Qt: pictures are bytes here."""

from __future__ import annotations

import queue
import threading
import urllib.request
from collections.abc import Callable
from http.client import HTTPException

_PATIENCE = 5.0
"""Seconds to wait for the daemon, which is on this computer."""
_MOST_BYTES = 16 * 2**20

Deliver = Callable[[bytes], None]


class PictureFetcher:
    """Fetches one picture after the other. The `deliver` callbacks run inside `drain`."""

    def __init__(self) -> None:
        self._wanted: queue.SimpleQueue[tuple[str, Deliver] | None] = queue.SimpleQueue()
        self._fetched: queue.SimpleQueue[tuple[bytes, Deliver]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        # No proxy: the daemon is on this computer, and a studio's proxy cannot reach it.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def fetch(self, url: str, deliver: Deliver) -> None:
        """Fetch a file. `deliver` gets its bytes, or empty bytes when it cannot be fetched."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="cosmos-pictures", daemon=True)
            self._thread.start()
        self._wanted.put((url, deliver))

    def drain(self) -> None:
        """Call `deliver` for each fetched picture."""
        while not self._fetched.empty():
            picture, deliver = self._fetched.get()
            deliver(picture)

    def close(self) -> None:
        """End the thread after its current fetch; call no `deliver` any more."""
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
            return b""  # without the picture, the result is shown with its text only
