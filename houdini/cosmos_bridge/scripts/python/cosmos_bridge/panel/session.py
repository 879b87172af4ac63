"""The state that all panes share: one connection, one copy of the daemon's state, one timer that reads messages.

A plain thread reads and a Qt timer drains. Queued signals are not delivered reliably inside Houdini, and a
QThread that still runs when Houdini quits crashes it (see the plugin's README).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..messages import EventReceived, ProgressReceived, SnapshotReceived, StateChanged
from ..qt import QtCore, QtWidgets, Signal
from .delivery_thread import DeliveryThread
from .pictures import PictureFetcher
from .store import Store

if TYPE_CHECKING:
    from ..link import Link
    from ..messages import LinkMessage

TICK_MS = 25
INTAKE, TELLING, DRAWING = 0.003, 0.003, 0.002
"""Seconds that one tick may take, 8 ms in all: for messages, changed rows and log lines."""


class Session(QtCore.QObject):
    """Shared by all panes; `close` ends it."""

    state_changed = Signal()
    ticked = Signal()
    """Messages were read, as far as time allowed; views may draw now."""

    def __init__(self, link: Link, released: Callable[[], None]) -> None:
        super().__init__()
        self.link = link
        self.store = Store()
        self.pictures = PictureFetcher()
        self.delivery_thread = DeliveryThread()
        self.state = link.last_state
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
        """Whether calls reach the daemon."""
        return self.state.state == "online"

    def close(self) -> None:
        """Release the connection; may be called twice."""
        if self._closed:
            return
        self._closed = True
        self._timer.stop()
        self._unlisten()
        self.pictures.close()
        self.delivery_thread.close()
        self._released()

    def tick(self) -> None:
        """Read waiting messages, as far as time allows. The timer calls it repeatedly."""
        self.link.drain(INTAKE)
        self.store.flush(TELLING)
        self.pictures.drain()
        self.delivery_thread.drain()
        self.ticked.emit()

    def _hear(self, message: LinkMessage) -> None:
        if isinstance(message, StateChanged):
            self.state = message
            self.state_changed.emit()
        elif isinstance(message, SnapshotReceived):
            self.store.take_snapshot(message.snapshot)
        elif isinstance(message, EventReceived):
            self.store.take_event(message.event)
        elif isinstance(message, ProgressReceived):
            self.store.take_progress(message.progress)
