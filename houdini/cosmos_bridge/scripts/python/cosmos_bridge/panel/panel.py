"""The panel: the connection, the queue, and below it the form, the log and the result of the chosen job."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from ..qt import QtWidgets
from .commands import Commands
from .panel_view import PanelView
from .queue_job import QueueJob, queue_job
from .shared import acquire_session, release_session
from .store import StoreChange

if TYPE_CHECKING:
    from .. import wire


class CosmosPanel(PanelView):
    """One panel. `shutdown` releases the shared connection; without it Houdini does not quit cleanly."""

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(acquire_session(), parent)
        self._open = True
        self._counted = False
        self._formed = ""
        self._wanted = ""
        self._commands = Commands(self.session.link, self.tell, self._want)
        self._connect()
        for job in self.session.store.jobs.values():
            self._put(job)
        self._show_connection()

    def shutdown(self) -> None:
        """Stop listening and release the connection; may be called twice."""
        if not self._open:
            return
        self._open = False
        self._unlisten()
        self.session.state_changed.disconnect(self._show_connection)
        self.session.ticked.disconnect(self._tick)
        self.form.shutdown()
        self.log.shutdown()
        release_session()

    def tell(self, sentence: str) -> None:
        """Show the result of a command."""
        self.status.say(sentence)

    def chosen_job(self) -> wire.Job | None:
        """Give the chosen job with its newest values from the daemon."""
        row = self.queue.current_job()
        return None if row is None else self.session.store.jobs.get(row.id)

    def _connect(self) -> None:
        self._unlisten = self.session.store.on_change(self._follow)
        self.session.state_changed.connect(self._show_connection)
        self.session.ticked.connect(self._tick)
        self.connection.start_wanted.connect(self._start_daemon)
        self.queue.chosen.connect(self._choose)
        self.form.clip_changed.connect(self._fit_buttons)
        self.buttons.send.clicked.connect(self._send)
        self.buttons.variation.clicked.connect(self._send_variation)
        self.buttons.cancel.clicked.connect(partial(self._command, self._commands.cancel))
        self.buttons.retry.clicked.connect(partial(self._command, self._commands.retry))
        self.buttons.release.clicked.connect(partial(self._command, self._commands.release))

    def _follow(self, changed: StoreChange) -> None:
        if changed.kind == "job":
            job = self.session.store.jobs.get(changed.id)
            if job is None:
                self.model.remove(changed.id)
            else:
                self._put(job)
        elif changed.kind == "result":
            self._choose(self.queue.current_job())
        self._counted = False

    def _put(self, job: wire.Job) -> None:
        self.model.put(queue_job(job, self.session.store.progress.get(job["id"])))
        if job["id"] == self._wanted:
            self._wanted = ""
            self.queue.choose(job["id"])

    def _want(self, job: str) -> None:
        """Choose a job that the artist has just made, as soon as the queue shows it."""
        self._wanted = job
        if job in self.session.store.jobs:
            self._put(self.session.store.jobs[job])

    def _choose(self, row: QueueJob | None) -> None:
        """Show the chosen job. Updates of the same job leave the form alone, so that the artist's input is kept."""
        job = None if row is None else self.session.store.jobs.get(row.id)
        if job is not None and job["id"] != self._formed:
            self._formed = job["id"]
            self.form.show_job(job)
            self.tell(row.explains if row is not None else "")
        self.log.show_job(job)
        self.result.show_job(job)
        self._fit_buttons()

    def _fit_buttons(self) -> None:
        self.buttons.fit(self.session.online, self.form.clip is not None, self.queue.current_job())

    def _send(self) -> None:
        clip = self.form.clip
        if clip is not None:
            self._commands.send(clip, self.form.form.choices)

    def _send_variation(self) -> None:
        job = self.chosen_job()
        if job is not None:
            self._commands.variation(job["id"], job["name"], self.form.form.choices)

    def _command(self, command: Callable[[str, str], None], _: bool = False) -> None:
        job = self.chosen_job()
        if job is not None:
            command(job["id"], job["name"])

    def _start_daemon(self) -> None:
        self.connection.show_starting()
        self.session.link.retry(start=True)

    def _show_connection(self) -> None:
        self._show_counts()
        self.form.refresh()
        self._fit_buttons()

    def _tick(self) -> None:
        """Counts jobs once a tick, not once for each changed job."""
        if not self._counted:
            self._show_counts()

    def _show_counts(self) -> None:
        self._counted = True
        counts = self.model.count("running"), self.model.count("queued")
        self.connection.show_state(self.session.state, *counts, self.session.store.paused)
