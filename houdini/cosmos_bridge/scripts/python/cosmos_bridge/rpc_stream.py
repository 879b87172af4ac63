"""JSON-RPC both ways over one socket: a thread reads, another one writes, so that whoever calls never waits."""

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

# The daemon pings every 30 s: one that is silent for so many seconds is gone, whatever the network says.
SILENCE = 100.0
LOST = CosmosError("daemon_away", "The connection to the daemon was lost.")

Done = Callable[[Answer], None]


class RpcStream:
    """`run()` belongs to the thread that reads; everything else may be called from any."""

    def __init__(self, socket: transport.Socket, hear: Callable[[str, Any], None]) -> None:
        self._socket = socket
        self._hear = hear
        self._numbers = itertools.count(1)
        self._outbox: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._pending: dict[int, Done] = {}
        self._lock = threading.Lock()
        self._over = False

    def request(self, method: str, params: Mapping[str, object], done: Done) -> None:
        """Sends a call; `done` gets its answer on the reading thread, or LOST when none can come any more."""
        with self._lock:
            if not self._over:
                number = next(self._numbers)
                self._pending[number] = done
                self._outbox.put(request(number, method, params))
                return
        done(Answer(error=LOST))

    def run(self) -> None:
        """Reads until the connection is over; then every call that waits has had its answer."""
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
                transport.abort(self._socket)  # the reader finds out at once, instead of after the silence
                return

    def _end(self) -> None:
        with self._lock:
            self._over = True
            pending = list(self._pending.values())
            self._pending.clear()
        self._outbox.put(None)
        transport.abort(self._socket)  # a writer that waits for the daemon to read
        self._socket.shutdown()
        for done in pending:
            done(Answer(error=LOST))
