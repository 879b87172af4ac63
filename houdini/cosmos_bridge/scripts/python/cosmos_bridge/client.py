"""A blocking client of the protocol, for hooks, hython and the command line. One call at a time."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from . import transport
from .discovery import Discovery, find_daemon
from .errors import CosmosError
from .rpc import CLIENT_NAME, PROTOCOL_VERSION, Message, answer, request

NO_DAEMON = "No Cosmos Bridge daemon runs on this computer: start one with the panel's button, or cosmos daemon start."
_LOST = "The connection to the daemon was lost; try again."


def connect(timeout: float = 1.0) -> Client:
    """A client of the daemon of this user, connected within `timeout` seconds.

    Raises CosmosError daemon_away, unauthorized, protocol_mismatch or discovery_refused.
    """
    found = find_daemon()
    if found is None:
        raise CosmosError("daemon_away", NO_DAEMON)
    client = Client(found, timeout)
    client.connect()
    return client


class Client:
    """One authenticated connection; `timeout` is the seconds that one call may take unless it names its own."""

    def __init__(self, discovery: Discovery, timeout: float = 10.0) -> None:
        self._discovery = discovery
        self._timeout = timeout
        self._socket: transport.Socket | None = None
        self._number = 0

    def connect(self) -> None:
        """Connects and says hello. Raises CosmosError daemon_away, unauthorized or protocol_mismatch."""
        self._socket = transport.open_socket(self._discovery, self._timeout)
        try:
            self.call("hello", {"client": CLIENT_NAME, "protocol": PROTOCOL_VERSION})
        except CosmosError:
            self.close()
            raise

    def call(self, method: str, params: Mapping[str, object] | None = None, timeout: float | None = None) -> Message:
        """The result of a method. Raises CosmosError with the daemon's code and sentence, or daemon_away."""
        if self._socket is None:
            raise CosmosError("daemon_away", "This client is not connected.")
        self._number += 1
        if not transport.send(self._socket, request(self._number, method, params or {})):
            raise CosmosError("daemon_away", _LOST)
        return self._await(self._socket, self._number, timeout or self._timeout)

    def close(self) -> None:
        """Ends the connection; may be called twice."""
        if self._socket is not None:
            self._socket.shutdown()
        self._socket = None

    def _await(self, socket: transport.Socket, number: int, timeout: float) -> Message:
        """Reads until the answer arrives. Notifications before it are ignored: this client shows no events."""
        deadline = time.monotonic() + timeout
        while True:
            socket.settimeout(max(deadline - time.monotonic(), 0.001))
            try:
                text = transport.receive(socket)
            except TimeoutError as error:
                raise CosmosError("daemon_away", f"The daemon did not answer within {timeout:g} s.") from error
            if text is None:
                raise CosmosError("daemon_away", _LOST)
            message: Message = json.loads(text)
            if message.get("id") == number:
                return answer(message).unwrap()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
