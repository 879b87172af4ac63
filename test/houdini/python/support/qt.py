"""A window system for tests: the one application, and its event loop as far as a test wants it."""

from __future__ import annotations

import time
from collections.abc import Callable

from cosmos_bridge.panel.session import Session
from cosmos_bridge.qt import QtCore, QtWidgets
from support.limits import PATIENCE


def application() -> QtWidgets.QApplication:
    """The one there is, or a new one."""
    found = QtWidgets.QApplication.instance()
    return found if isinstance(found, QtWidgets.QApplication) else QtWidgets.QApplication(["cosmos-tests"])


def pump(until: Callable[[], object], what: str) -> None:
    """Runs the event loop until a condition holds. Raises AssertionError when it does not come to hold."""
    deadline = time.monotonic() + PATIENCE
    while not until():
        assert time.monotonic() < deadline, f"never came: {what}"
        QtCore.QCoreApplication.processEvents(QtCore.QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)


def take_in(session: Session) -> None:
    """All that a fake link has told, however slow this machine is."""
    session.store.flush(PATIENCE)
    session.tick()
