"""What all panes share: one connection, one picture of the daemon's state, one timer that brings news in.

A plain thread reads, a timer of the window drains: queued signals are not delivered reliably inside Houdini, and a
QThread that is alive when Houdini quits takes it down with it (see the plugin's README).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..messages import EventTold, ProgressTold, SnapshotTold, StateChanged
from ..qt import QtCore, QtWidgets, Signal
from .courier import Courier
from .pictures import PictureFetcher
from .store import Store

if TYPE_CHECKING:
    from ..link import Link
    from ..messages import Told

TICK_MS = 25
INTAKE, TELLING, DRAWING = 0.003, 0.003, 0.002
"""Seconds of the window's time that a tick may take, 8 ms in all: messages, rows of what changed, lines of the log."""


class Session(QtCore.QObject):
    """Lives as long as one pane does."""

    state_changed = Signal()
    ticked = Signal()
    """News came in as far as there was time; views may draw theirs now."""

    def __init__(self, link: Link, released: Callable[[], None]) -> None:
        super().__init__()
        self.link = link
        self.store = Store()
        self.pictures = PictureFetcher()
        self.courier = Courier()
        self.state = link.told
        self._released = released
        self._unlisten = link.on(self._hear)
        self._timer = QtCore.QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self._closed = False
        application = QtWidgets.QApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.close)

    @property
    def online(self) -> bool:
        """Calls reach the daemon."""
        return self.state.state == "online"

    def close(self) -> None:
        """Let the connection go; may be called twice."""
        if self._closed:
            return
        self._closed = True
        self._timer.stop()
        self._unlisten()
        self.pictures.close()
        self.courier.close()
        self._released()

    def tick(self) -> None:
        """Bring in what has come, as far as there is time; the timer does it again and again."""
        self.link.drain(INTAKE)
        self.store.flush(TELLING)
        self.pictures.drain()
        self.courier.drain()
        self.ticked.emit()

    def _hear(self, told: Told) -> None:
        if isinstance(told, StateChanged):
            self.state = told
            self.state_changed.emit()
        elif isinstance(told, SnapshotTold):
            self.store.take_snapshot(told.snapshot)
        elif isinstance(told, EventTold):
            self.store.take_event(told.event)
        elif isinstance(told, ProgressTold):
            self.store.take_progress(told.progress)
