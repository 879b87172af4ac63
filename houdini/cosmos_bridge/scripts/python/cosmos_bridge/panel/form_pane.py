"""The pane with the clip to send, the form of its choices, and the daemon's estimate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import shelf
from ..controls.elided import ElidedLabel
from ..controls.form import ChoicesForm
from ..controls.form_updates import FormUpdater
from ..qt import QtCore, QtWidgets, Signal
from ..qt.plain import item_text
from .clip_words import (
    clip_choices,
    clip_title,
    job_choices,
    job_weights,
    likeliest_clip,
    offered_clips,
    wanted_weights,
)
from .scene import hip_path
from .store import StoreChange

if TYPE_CHECKING:
    from .. import wire
    from .session import Session


class FormPane(QtWidgets.QWidget):
    """Shows the chosen job or clip. Changes by the artist are kept until another one is chosen."""

    clip_changed = Signal()

    def __init__(self, session: Session, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._job: wire.Job | None = None
        self.clips = QtWidgets.QComboBox()
        self.nodes = QtWidgets.QPushButton("From nodes...")
        self.form = ChoicesForm()
        self.cost = ElidedLabel("Length and cost")
        self._updater = FormUpdater(session, self.form, self.cost)
        self._lay_out()
        self.clips.activated.connect(self._choose_clip)
        self.nodes.clicked.connect(lambda: shelf.send_to_cosmos({}))
        self.form.changed.connect(self._ask)
        self._unlisten = session.store.on_change(self._follow)
        self._list_clips()

    def shutdown(self) -> None:
        """Stop listening to changes."""
        self._unlisten()

    @property
    def clip(self) -> wire.Clip | None:
        """The clip that Send would send."""
        return self._session.store.clips.get(self.clips.currentData() or "")

    def show_job(self, job: wire.Job) -> None:
        """Show the choices of a job and its clip."""
        self._job = job
        self.clips.setCurrentIndex(self.clips.findData(job["clip"]))
        self.form.show_choices(job_choices(job))
        self._ask()
        self.clip_changed.emit()

    def refresh(self) -> None:
        """Ask the daemon again, after the connection changed."""
        self._updater.begin_anew()
        self._ask()

    def _choose_clip(self, _: int) -> None:
        self._job = None
        clip = self.clip
        if clip is not None:
            self.form.show_choices(clip_choices(clip))
        self._ask()
        self.clip_changed.emit()

    def _ask(self) -> None:
        clip = self.clip
        if clip is None:
            self._updater.ask(self.form.choices, (), 0)
            return
        weights = wanted_weights(clip) if self._job is None else job_weights(self._job)
        self._updater.ask(self.form.choices, clip["passes"], clip["frames"], weights)

    def _follow(self, changed: StoreChange) -> None:
        if changed.kind == "clip":
            self._list_clips()

    def _list_clips(self) -> None:
        hip, clips = hip_path(), self._session.store.clips.values()
        offered = offered_clips(clips, hip)
        chosen = self.clips.currentData()
        blocker = QtCore.QSignalBlocker(self.clips)
        if [self.clips.itemData(row) for row in range(self.clips.count())] != [clip["id"] for clip in offered]:
            self.clips.clear()
            for clip in offered:
                self.clips.addItem("", clip["id"])
        for row, clip in enumerate(offered):
            title = item_text(clip_title(clip))
            if self.clips.itemText(row) != title:
                self.clips.setItemText(row, item_text(title))
        self.clips.setCurrentIndex(self.clips.findData(chosen))
        likeliest = likeliest_clip(clips, hip)
        if chosen is None and self._job is None and likeliest is not None:
            self.clips.setCurrentIndex(self.clips.findData(likeliest["id"]))
            self._choose_clip(self.clips.currentIndex())
        blocker.unblock()

    def _lay_out(self) -> None:
        self.clips.setAccessibleName("Clip to send")
        self.clips.setSizeAdjustPolicy(QtWidgets.QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.clips.setMinimumContentsLength(16)
        self.nodes.setToolTip("Opens Send to Cosmos for the selected render nodes.")
        target = QtWidgets.QHBoxLayout()
        target.addWidget(self.clips, 1)
        target.addWidget(self.nodes)
        layout = QtWidgets.QVBoxLayout(self)
        self.form.add_first_row("Clip", target)
        layout.addWidget(self.form)
        layout.addWidget(self.cost)
        layout.addStretch(1)
