"""One WebSocket to the daemon. The only file that knows the library behind it."""

from __future__ import annotations

import importlib
from contextlib import suppress
from types import ModuleType
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from .discovery import Discovery
from .errors import CosmosError

if TYPE_CHECKING:
    import socket


class Socket(Protocol):
    """The part of websocket-client's WebSocket that the plugin uses."""

    def send(self, payload: str) -> int:
        """Sends one text message."""

    def recv(self) -> str | bytes:
        """The next message; answers pings meanwhile. Empty when the daemon closed the connection."""

    def settimeout(self, timeout: float | None) -> None:
        """Seconds that one read or write may take; None waits for ever."""

    def abort(self) -> None:
        """Wakes a thread that reads."""

    def shutdown(self) -> None:
        """Closes without a close message."""


def open_socket(discovery: Discovery, timeout: float) -> Socket:
    """Connects and authenticates within `timeout` seconds.

    Raises CosmosError daemon_away when no daemon answers, unauthorized when the token is refused.
    """
    websocket = _library()
    try:
        # Our own socket, because the library would use a proxy from the environment, and the daemon needs none.
        line = _line(discovery, timeout)
    except OSError as error:
        raise _away(discovery, error) from error
    try:
        opened: Socket = websocket.create_connection(
            discovery.url,
            timeout=timeout,
            socket=line,
            header={"Authorization": f"Bearer {discovery.token}"},
            suppress_origin=True,  # the daemon refuses requests with an Origin, because they come from web pages
            redirect_limit=0,
            enable_multithread=True,  # one thread reads while another writes
            skip_utf8_validation=True,  # Python's own decoder does it, and a hundred times faster
        )
    except websocket.WebSocketBadStatusException as error:
        line.close()
        raise _refused(discovery, int(error.status_code)) from error
    except (OSError, websocket.WebSocketException) as error:
        line.close()
        raise _away(discovery, error) from error
    return opened


def answers(discovery: Discovery) -> bool:
    """Whether a process listens at that address."""
    try:
        _line(discovery, 1.0).close()
    except OSError:
        return False
    return True


def receive(socket: Socket) -> str | None:
    """The next message, or None when the connection is over. Raises TimeoutError after the socket's timeout."""
    websocket = _library()
    try:
        text = socket.recv()
    except websocket.WebSocketTimeoutException as error:
        raise TimeoutError from error
    except (OSError, websocket.WebSocketException):
        return None  # the connection was lost, or this process aborted it
    return text if isinstance(text, str) and text else None


def send(socket: Socket, text: str) -> bool:
    """Sends a message; False when the connection is lost."""
    websocket = _library()
    try:
        socket.send(text)
    except (OSError, websocket.WebSocketException):
        return False  # the reader sees the same error and reports it
    return True


def abort(socket: Socket) -> None:
    """Wakes a thread that reads or writes; its call then fails."""
    with suppress(OSError, AttributeError):  # it is closed already, or another thread closes it now
        socket.abort()


def _line(discovery: Discovery, timeout: float) -> socket.socket:
    import socket  # imported only here, because importing the plugin must load no network modules

    address = urlsplit(discovery.url)
    line = socket.create_connection((address.hostname or "127.0.0.1", address.port or 80), timeout)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return line


def _library() -> ModuleType:
    """The bundled library; in a checkout, where nothing is bundled yet, the installed one."""
    try:
        return importlib.import_module("cosmos_bridge.vendor.websocket")
    except ModuleNotFoundError:
        return importlib.import_module("websocket")


def _away(discovery: Discovery, cause: Exception) -> CosmosError:
    if discovery.pid != 0 and isinstance(cause, (TimeoutError, _library().WebSocketTimeoutException)):
        # A process accepted the connection and does not answer: its event loop is blocked, or it was stopped.
        sentence = f"The daemon process {discovery.pid} does not answer; this says why: cosmos daemon status"
        return CosmosError("daemon_away", sentence)
    return CosmosError("daemon_away", f"No daemon answers at {discovery.url} ({cause}).")


def _refused(discovery: Discovery, status: int) -> CosmosError:
    if status in (401, 403):
        sentence = f"The daemon at {discovery.url} does not accept the token; restart it: cosmos daemon stop."
        return CosmosError("unauthorized", sentence)
    if status == 503:
        sentence = f"The daemon at {discovery.url} has its maximum number of clients: close some, then try again."
        return CosmosError("daemon_away", sentence)
    return CosmosError("daemon_away", f"What answers at {discovery.url} is no daemon (HTTP {status}).")
