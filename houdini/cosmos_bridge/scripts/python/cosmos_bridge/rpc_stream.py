"""JSON-RPC in both directions over one socket: one thread reads and another writes, so that callers never wait."""

from __future__ import annotations

import itertools
import json
import queue
import threading
from collections.abc import Callable, Mapping
from typing import Any

from . import transport
from .errors import CosmosError
from .rpc import Answer, Message, answer, request

# The daemon pings every 30 s. After this many seconds of silence the connection counts as lost.
SILENCE = 100.0
LOST = CosmosError("daemon_away", "The connection to the daemon was lost.")

Done = Callable[[Answer], None]


class RpcStream:
    """`run()` belongs to the reading thread; all other methods may be called from any thread."""

    def __init__(self, socket: transport.Socket, hear: Callable[[str, Any], None]) -> None:
        self._socket = socket
        self._hear = hear
        self._numbers = itertools.count(1)
        self._outbox: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._pending: dict[int, Done] = {}
        self._lock = threading.Lock()
        self._over = False

    def request(self, method: str, params: Mapping[str, object], done: Done) -> None:
        """Sends a call; `done` gets the answer on the reading thread, or LOST when the connection ends first."""
        with self._lock:
            if not self._over:
                number = next(self._numbers)
                self._pending[number] = done
                self._outbox.put(request(number, method, params))
                return
        done(Answer(error=LOST))

    def run(self) -> None:
        """Reads until the connection ends. Then every open call gets LOST."""
        writer = threading.Thread(target=self._write, name="cosmos-link-writer", daemon=True)
        writer.start()
        try:
            self._socket.settimeout(SILENCE)
            self._read()
        finally:
            self._end()
            writer.join()

    def close(self) -> None:
        """Wakes the reading thread, which ends the stream."""
        transport.abort(self._socket)

    def _read(self) -> None:
        while True:
            try:
                text = transport.receive(self._socket)
            except TimeoutError:
                return
            if text is None:
                return
            message: Message = json.loads(text)
            if "method" in message:
                self._hear(message["method"], message.get("params"))
            else:
                self._answered(message)

    def _answered(self, message: Message) -> None:
        with self._lock:
            done = self._pending.pop(message["id"], None)
        if done is not None:
            done(answer(message))

    def _write(self) -> None:
        while (text := self._outbox.get()) is not None:
            if not transport.send(self._socket, text):
                transport.abort(self._socket)  # so that the reader ends at once and does not wait for the silence
                return

    def _end(self) -> None:
        with self._lock:
            self._over = True
            pending = list(self._pending.values())
            self._pending.clear()
        self._outbox.put(None)
        transport.abort(self._socket)  # wakes a writer that waits for the daemon to read
        self._socket.shutdown()
        for done in pending:
            done(Answer(error=LOST))
