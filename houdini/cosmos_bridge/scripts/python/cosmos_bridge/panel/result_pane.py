"""The result of the chosen job, or of the newest job of the chosen clip."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ..qt import QtWidgets
from ..shown_text import shown_line
from .result_view import ResultView
from .result_words import result_facts
from .scene import go_to_frame

if TYPE_CHECKING:
    from .. import wire
    from ..rpc import Answer
    from .session import Session


class ResultPane(QtWidgets.QWidget):
    """Shows one result at a time; its poster comes over HTTP from the daemon."""

    def __init__(self, session: Session, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: wire.RunResult | None = None
        self.view = ResultView()
        self.view.go_to_frame.connect(go_to_frame)
        layout = QtWidgets.QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)

    def show_job(self, job: wire.Job | None) -> None:
        """Show the result of a job, or say why it has none."""
        result = None if job is None else self._session.store.results.get(job["id"])
        if result is not None and result == self._shown:
            return
        new_video = result is None or self._shown is None or result["sha256"] != self._shown["sha256"]
        self._shown = result
        if result is None:
            self.view.show_nothing("Choose a job above to see its result." if job is None else _why_none(job))
            return
        clip = self._session.store.clips.get(result["clip"] or "")
        self.view.show_result(result_facts(result, clip))
        if new_video:
            self.view.show_poster(b"")
            self._session.link.call("result.media", {"job": result["job"]}, partial(self._take_media, result["job"]))

    def _take_media(self, job: str, answer: Answer) -> None:
        poster = None if answer.result is None else answer.result["poster"]
        if poster is not None:
            self._session.pictures.fetch(poster, partial(self._take_poster, job))

    def _take_poster(self, job: str, picture: bytes) -> None:
        if self._shown is not None and self._shown["job"] == job:
            self.view.show_poster(picture)


def _why_none(job: wire.Job) -> str:
    error = job["error"]
    if error is not None:
        return error["message"]
    return f"{shown_line(job['name'])} has no result yet."
