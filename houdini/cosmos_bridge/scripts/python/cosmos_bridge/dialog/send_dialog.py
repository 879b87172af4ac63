"""The Send to Cosmos dialog: the clips, their choices, and the Send button."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..controls.form_updates import FormUpdater
from ..errors import CosmosError
from ..limits import limits
from ..panel.shared import acquire_session, release_session
from ..qt import QtWidgets
from ..tell import tell
from .clip_facts import clip_facts
from .own_folders import give_own_folders, shares_folder
from .sending import prepare_clips
from .window import SendWindow

if TYPE_CHECKING:
    from ..choices_format import Choices
    from ..send import Mode, SendOutcome
    from ..send_plan import ClipPlan, SendPlan

MakePlan = Callable[[], "SendPlan"]


class SendDialog(SendWindow):
    """One dialog for the whole Houdini session. It is reused, because Qt windows that are made again leak memory."""

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self._look: MakePlan | None = None
        self._plan: SendPlan | None = None
        self._changed: dict[str, Choices] = {}
        """Choices that are not sent yet, by the path of the node that stores them."""
        self.session = acquire_session()
        self._listens = True
        self._updater = FormUpdater(self.session, self.form, self.cost)
        self._connect()

    def show_plan(self, found: SendPlan, look: MakePlan) -> None:
        """Show a plan; `look` makes it again after the folders were separated."""
        self._look = look
        self._changed.clear()
        self._show(found)

    def _show(self, found: SendPlan) -> None:
        self._plan = found
        self.clips.show_clips(found.clips)
        self.problems.setText("\n".join(problem.sentence for problem in found.problems))
        self.problems.setVisible(bool(found.problems))
        self.remedy.setVisible(any(shares_folder(problem) for problem in found.problems))
        self._show_clip()

    def open_again(self) -> None:
        """Show the window, in front."""
        self._listen()
        self.show()
        self.fit_height()
        self.raise_()
        self.activateWindow()
        self.form.prompt.setFocus()

    def done(self, result: int) -> None:
        """See QDialog. Releases the shared connection while the dialog is closed."""
        if self._listens:
            self._listens = False
            self.session.state_changed.disconnect(self._reconnected)
            release_session()
        super().done(result)

    def _listen(self) -> None:
        if not self._listens:
            self._listens = True
            self.session = acquire_session()
            self.session.state_changed.connect(self._reconnected)
            self._updater = FormUpdater(self.session, self.form, self.cost)
        self._reconnected()

    def _connect(self) -> None:
        self.session.state_changed.connect(self._reconnected)
        self.clips.currentItemChanged.connect(lambda *_: self._show_clip())
        self.clips.itemChanged.connect(lambda _: self._fit())
        self.form.changed.connect(self._keep)
        self.remedy.clicked.connect(self._mend)
        self.send.clicked.connect(self._send)
        self.close_button.clicked.connect(self.reject)

    def _show_clip(self) -> None:
        clip = self.clips.current_clip()
        self.facts.setVisible(clip is not None)
        if clip is not None:
            facts = clip_facts(clip, limits(clip.passes.size))
            self.facts.show_facts(facts)
            self.form.show_choices(self._choices_of(clip))
            self.render_first.setChecked(not facts.complete)
            self.existing.setChecked(facts.complete)
        self._ask()
        self._fit()

    def _fit(self) -> None:
        self.send.setEnabled(bool(self.clips.chosen_clips()))

    def _keep(self) -> None:
        """Stores the choices of the shown clip only; each clip has choices of its own."""
        clip = self.clips.current_clip()
        if clip is not None:
            self._changed[clip.node] = self.form.choices
        self._ask()

    def _choices_of(self, clip: ClipPlan) -> Choices:
        return self._changed.get(clip.node, clip.choices)

    def _ask(self) -> None:
        clip = self.clips.current_clip()
        if clip is not None:
            self._updater.ask(self.form.choices, clip.passes.found, len(clip.passes.frames))

    def _reconnected(self) -> None:
        self._updater.begin_anew()
        self._ask()

    def _mend(self) -> None:
        problems = () if self._plan is None else self._plan.problems
        try:
            give_own_folders(node for problem in problems for node in shares_folder(problem))
        except CosmosError as error:
            self.problems.setText(error.sentence)
            return
        if self._look is not None:
            self._show(self._look())

    def _send(self) -> None:
        """Prepares the parcels on Houdini's main thread, as `hou` requires; another thread waits for the daemon."""
        mode: Mode = "render" if self.render_first.isChecked() else "existing"
        self.said.say("Rendering... Esc cancels it." if mode == "render" else "Sending...")
        parcels, problems = prepare_clips(self.clips.chosen_clips(), self._choices_of, mode)
        self.send.setEnabled(False)
        # Held until the answer arrives, even if the dialog is closed before.
        acquire_session().delivery_thread.take(parcels, problems, self._sent)

    def _sent(self, outcome: SendOutcome) -> None:
        """Closes the dialog when all clips were sent; otherwise shows the problems in it."""
        release_session()
        self.said.say(outcome.sentence())
        self._fit()
        if not outcome.problems:
            tell(outcome.sentence())
            self.accept()
