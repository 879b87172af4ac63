"""The form of a new job: model, preset, prompt, seed and one row for each control. Makes no calls to the daemon."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..choices_format import Choices
from ..panel.words import in_words, model_name
from ..qt import QtCore, QtWidgets, Signal
from ..qt.plain import item_text
from .form_view import NO_SEED, FormView
from .rows import ControlRow, ControlRows, weights_of


class ChoicesForm(FormView):
    """Shows choices and lets the artist change them. Choices without a field here are kept unchanged."""

    changed = Signal()
    """The artist changed a field; `choices` has the new value."""

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = Choices()
        self._rows: tuple[ControlRow, ...] = ()
        self._daemon_engine: str | None = None
        self._connect()

    @property
    def choices(self) -> Choices:
        """The current choices."""
        return self._choices

    def show_choices(self, choices: Choices) -> None:
        """Show these choices without a signal."""
        self._choices = choices
        widgets = (self.model, self.preset, self.prompt, self.seed, self.guidance)
        blockers = [QtCore.QSignalBlocker(widget) for widget in widgets]
        self._show_model(choices.engine)
        self._show_preset(choices.preset)
        if self.prompt.toPlainText() != choices.prompt:
            self.prompt.setPlainText(choices.prompt)
        self.seed.setValue(NO_SEED if choices.seed is None else choices.seed)
        self.guidance.setValue(
            self.guidance.minimum() if choices.control_guidance is None else choices.control_guidance
        )
        for blocker in blockers:
            blocker.unblock()
        self._fit_model()

    def show_rows(self, shown: ControlRows) -> None:
        """Show the rows that the daemon computed from the choices."""
        self._rows = shown.rows
        self._daemon_engine = shown.engine
        self._fit_model()
        for row in shown.rows:
            if row.hint in self.rows:
                self.rows[row.hint].show_row(row)
        others = [f"{in_words(row.hint)}: {row.source}." for row in shown.rows if row.hint not in self.rows and row.on]
        note = " ".join(part for part in (shown.note, *others) if part)
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def offer_presets(self, presets: Iterable[str]) -> None:
        """Offer the presets of the daemon's configuration. The chosen preset stays chosen."""
        blocker = QtCore.QSignalBlocker(self.preset)
        self.preset.clear()
        self.preset.addItem("none", None)
        for name in presets:
            self.preset.addItem(item_text(name), name)
        self._show_preset(self._choices.preset)
        blocker.unblock()

    def _show_model(self, engine: str | None) -> None:
        if engine and self.model.findData(engine) < 0:  # of a newer daemon: it stays chosen
            self.model.addItem(item_text(model_name(engine)), engine)
        self.model.setCurrentIndex(self.model.findData(engine) if engine else 0)

    def _show_preset(self, preset: str | None) -> None:
        if preset is not None and self.preset.findData(preset) < 0:
            self.preset.addItem(item_text(preset), preset)
        self.preset.setCurrentIndex(max(0, self.preset.findData(preset)))

    def _connect(self) -> None:
        self.model.currentIndexChanged.connect(self._take)
        self.preset.currentIndexChanged.connect(self._take)
        self.prompt.textChanged.connect(self._take)
        self.seed.valueChanged.connect(self._take)
        self.guidance.valueChanged.connect(self._take)
        for row in self.rows.values():
            row.changed.connect(self._take_weight)

    def _take(self, _: object = None) -> None:
        self._choices = replace(
            self._choices,
            engine=self.model.currentData(),
            preset=self.preset.currentData(),
            prompt=self.prompt.toPlainText(),
            seed=None if self.seed.value() == NO_SEED else self.seed.value(),
            control_guidance=self._chosen_guidance(),
        )
        self._fit_model()
        self.changed.emit()

    def _chosen_guidance(self) -> float | None:
        """The guidance, or None while its field is hidden: models without it refuse the value."""
        if self.guidance.isHidden() or self.guidance.value() == self.guidance.minimum():
            return None
        return self.guidance.value()

    def _take_weight(self, hint: str, weight: float | None) -> None:
        weights = weights_of(self._choices.weights, self._rows, hint, weight)
        self._choices = replace(self._choices, weights=weights)
        self.changed.emit()

    def _fit_model(self) -> None:
        """Name the default model when none is chosen. Show guidance for Cosmos 3 only, the one model that has it."""
        engine = self._choices.engine or self._daemon_engine
        whose = "as the preset says" if self._choices.preset else "default"
        unchosen = whose.capitalize() if self._choices.engine or engine is None else f"{model_name(engine)} ({whose})"
        self.model.setItemText(0, item_text(unchosen))
        for widget in (self._guidance_label, self.guidance):
            widget.setVisible(engine == "cosmos3")
