"""The log of the chosen job, followed while the job is chosen, also after a reconnect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..messages import LogText
from ..qt import QtWidgets
from ..shown_text import shown_line
from .log_view import LogView
from .session import DRAWING

if TYPE_CHECKING:
    from .. import wire
    from ..log_follow import LogFollow
    from ..messages import LogMessage
    from .session import Session


class LogPane(QtWidgets.QWidget):
    """Follows one attempt of one job at a time."""

    def __init__(self, session: Session, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._followed: LogFollow | None = None
        self._shown: tuple[str, int] | None = None
        self.view = LogView()
        layout = QtWidgets.QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        session.ticked.connect(self._draw)
        self.show_job(None)

    def shutdown(self) -> None:
        """Stop following."""
        self._session.ticked.disconnect(self._draw)
        self._unfollow()

    def show_job(self, job: wire.Job | None) -> None:
        """Show the log of a job's newest attempt."""
        wanted = None if job is None else (job["id"], job["attempt"])
        if wanted == self._shown and wanted is not None:
            return
        self._shown = wanted
        self._unfollow()
        if job is None:
            self.view.begin("Choose a job above to see its log.")
        elif job["attempt"] == 0:
            self.view.begin(f"{shown_line(job['name'])} has not run yet.")
        else:
            self.view.begin()
            self._followed = self._session.link.follow(job["id"], self._hear, attempt=job["attempt"])

    def _hear(self, message: LogMessage) -> None:
        if isinstance(message, LogText):
            self.view.take(message.text)
        elif message.problem is not None:
            self.view.note(message.problem.sentence)

    def _unfollow(self) -> None:
        if self._followed is not None:
            self._session.link.unfollow(self._followed)
            self._followed = None

    def _draw(self) -> None:
        self.view.draw(DRAWING)
