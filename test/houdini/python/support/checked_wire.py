"""Listens on the wire between the plugin and a daemon, and holds every message against the daemon's schemas."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from cosmos_bridge import transport
from cosmos_bridge.transport import Socket

from .schemas import check_notification, check_params, check_result


class CheckedWire:
    """Threads of a link speak here too, so what does not fit is kept for the end of the test instead of raised."""

    def __init__(self) -> None:
        self.misfits: list[str] = []
        self._send = transport.send
        self._receive = transport.receive
        self._methods: dict[tuple[int, int], str] = {}

    def send(self, socket: Socket, text: str) -> bool:
        """In the place of transport.send."""
        message = json.loads(text)
        self._methods[(id(socket), message["id"])] = message["method"]
        self._note(text, lambda: check_params(message["method"], message["params"]))
        return self._send(socket, text)

    def receive(self, socket: Socket) -> str | None:
        """In the place of transport.receive."""
        text = self._receive(socket)
        if text is not None:
            message = json.loads(text)
            if "method" in message:
                self._note(text, lambda: check_notification(message["method"], message["params"]))
            elif "result" in message:
                method = self._methods[(id(socket), message["id"])]
                self._note(text, lambda: check_result(method, message["result"]))
        return text

    def _note(self, text: str, check: Callable[[], None]) -> None:
        try:
            check()
        except AssertionError as error:
            self.misfits.append(f"{error}\nin {text[:400]}")


@contextmanager
def checked_wire(monkeypatch: pytest.MonkeyPatch) -> Iterator[CheckedWire]:
    """Every message of this test is checked; the end of it fails when one did not fit."""
    wire = CheckedWire()
    monkeypatch.setattr(transport, "send", wire.send)
    monkeypatch.setattr(transport, "receive", wire.receive)
    yield wire
    assert wire.misfits == []
