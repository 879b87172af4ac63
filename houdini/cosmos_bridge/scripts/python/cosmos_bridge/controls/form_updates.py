"""Asks the daemon for a form's effective weights and for the job's length, and shows the answers in the form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, cast

from ..choices_format import Choices
from .cost import cost_line, cost_source
from .newest import Newest, Params
from .rows import daemon_rows, local_rows, question

if TYPE_CHECKING:
    from ..panel.session import Session
    from ..rpc import Answer
    from ..wire.outlook import ControlsOutlook
    from .elided import ElidedLabel
    from .form import ChoicesForm


class FormUpdater:
    """Asks each time the form changes, and shows only the newest answers."""

    def __init__(self, session: Session, form: ChoicesForm, cost: ElidedLabel) -> None:
        self._session = session
        self._form = form
        self._cost = cost
        self._frames = 0
        self._controls: Newest[Answer] = Newest(self._caller("spec.controls"), self._show_controls)
        self._estimate: Newest[Answer] = Newest(self._caller("estimate.get"), self._show_estimate)

    def ask(
        self, choices: Choices, passes: Iterable[str], frames: int, weights: Mapping[str, object] | None = None
    ) -> None:
        """Ask about choices. `weights`, of a job or of the scene, are used while the choices have none."""
        rendered = list(passes)
        if not self._session.online:
            self._form.show_rows(local_rows(choices, rendered))
            self._cost.say("")
            return
        asked = question(choices, rendered)
        if choices.weights is None and weights:
            asked["weights"] = weights
        self._frames = frames
        self._controls.ask(asked)

    def begin_anew(self) -> None:
        """The connection changed, so open questions get no answer: forget them and ask for the presets."""
        self._controls.forget()
        self._estimate.forget()
        if self._session.online:
            self._session.link.call("config.get", {}, self._show_presets)

    def _caller(self, method: str) -> Callable[[Params, Callable[[Answer], None]], None]:
        return lambda params, reply: self._session.link.call(method, params, reply)

    def _show_controls(self, answer: Answer) -> None:
        if answer.result is None:
            return
        rows = daemon_rows(cast("ControlsOutlook", answer.result))
        self._form.show_rows(rows)
        if self._frames > 0:
            self._estimate.ask({"engine": rows.engine, "frames": self._frames})
        else:
            self._cost.say("")

    def _show_estimate(self, answer: Answer) -> None:
        estimate = None if answer.result is None else answer.result["estimate"]
        self._cost.say("" if estimate is None else cost_line(estimate))
        self._cost.explain("" if estimate is None else cost_source(estimate))

    def _show_presets(self, answer: Answer) -> None:
        if answer.result is not None:
            self._form.offer_presets(answer.result["presets"])
