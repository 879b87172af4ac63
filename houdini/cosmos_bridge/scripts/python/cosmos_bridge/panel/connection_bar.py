"""One line with the state of the connection, and a button that starts a daemon."""

from __future__ import annotations

from ..controls.elided import ElidedLabel
from ..messages import StateChanged
from ..qt import QtGui, QtWidgets, Signal
from ..qt.plain import PlainLabel
from .words import counted, dotted

_COLORS = {"online": "#58a65c", "connecting": "#d1a13b", "offline": "#c0564f", "refused": "#c0564f"}
_WORDS = {
    "online": "Connected",
    "connecting": "Connecting...",
    "offline": "The daemon is not running",
    "refused": "The daemon refuses this Houdini",
}


class ConnectionBar(QtWidgets.QWidget):
    """A dot, a text, and a button when the user can act."""

    start_wanted = Signal()

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self.dot = PlainLabel("●")
        self.words = ElidedLabel("Connection")
        self.start = QtWidgets.QPushButton("Start daemon")
        layout = QtWidgets.QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.dot)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.start)
        self.start.clicked.connect(self.start_wanted.emit)

    def show_state(self, state: StateChanged, running: int, queued: int, paused: bool) -> None:
        """Show the state of the connection, and the numbers of running and queued jobs."""
        palette = self.dot.palette()
        palette.setColor(QtGui.QPalette.ColorRole.WindowText, QtGui.QColor(_COLORS[state.state]))
        self.dot.setPalette(palette)
        words = _WORDS[state.state]
        if state.state == "online":
            words = dotted(words, counted(running, "job") + " running" if running else "", _waiting(queued, paused))
        elif state.problem is not None:
            words = state.problem.sentence
        self.words.say(words)
        self.start.setVisible(state.state == "offline")
        self.start.setEnabled(True)

    def show_starting(self) -> None:
        """Show that the daemon is being started. The next state says whether it worked."""
        self.words.say("Starting the daemon...")
        self.start.setEnabled(False)


def _waiting(queued: int, paused: bool) -> str:
    if paused:
        return f"{queued} queued, the queue is paused" if queued else "the queue is paused"
    return f"{queued} queued" if queued else ""
