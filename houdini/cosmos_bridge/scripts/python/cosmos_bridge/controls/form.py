"""The form of a job to be: Model and preset, prompt, seed, and a row a control. Asks nobody; tells of every change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..choices_format import HINTS, Choices
from ..panel.words import MODELS
from ..qt import Qt, QtCore, QtWidgets, Signal
from .control_row import ControlRowWidgets
from .rows import DEFAULT_ENGINE, ControlRow, ControlRows, weights_of

_PROMPT_LINES = 4
_NO_SEED = -1
_TITLES = {1: "Weight", 3: "Acts as", 4: "Source"}
"""Columns of the controls that their rows do not explain by themselves."""


class ChoicesForm(QtWidgets.QWidget):
    """Shows choices and takes new ones; what it has no field for is kept as it was."""

    changed = Signal()
    """A person changed something; `choices` has it."""

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = Choices()
        self._rows: tuple[ControlRow, ...] = ()
        self.model = QtWidgets.QComboBox()
        self.preset = QtWidgets.QComboBox()
        self.prompt = QtWidgets.QPlainTextEdit()
        self.seed = QtWidgets.QSpinBox()
        self.guidance = QtWidgets.QDoubleSpinBox()
        self.note = QtWidgets.QLabel()
        self.controls = QtWidgets.QWidget()
        self._dress()
        self.rows = self._control_rows()
        self._lay_out()
        self._connect()

    @property
    def choices(self) -> Choices:
        """What is chosen now."""
        return self._choices

    def show_choices(self, choices: Choices) -> None:
        """Show these; tells nobody."""
        self._choices = choices
        widgets = (self.model, self.preset, self.prompt, self.seed, self.guidance)
        blockers = [QtCore.QSignalBlocker(widget) for widget in widgets]
        self.model.setCurrentIndex(max(0, self.model.findData(choices.engine or DEFAULT_ENGINE)))
        self._show_preset(choices.preset)
        if self.prompt.toPlainText() != choices.prompt:
            self.prompt.setPlainText(choices.prompt)
        self.seed.setValue(_NO_SEED if choices.seed is None else choices.seed)
        self.guidance.setValue(
            self.guidance.minimum() if choices.control_guidance is None else choices.control_guidance
        )
        for blocker in blockers:
            blocker.unblock()
        self._fit_model()

    def show_rows(self, told: ControlRows) -> None:
        """Show what the daemon makes of the choices."""
        self._rows = told.rows
        for row in told.rows:
            self.rows[row.hint].show_row(row)
        self.note.setText(told.note)
        self.note.setVisible(bool(told.note))

    def offer_presets(self, presets: Iterable[str]) -> None:
        """Offer the presets of the daemon's configuration; what is chosen stays chosen."""
        blocker = QtCore.QSignalBlocker(self.preset)
        self.preset.clear()
        self.preset.addItem("none", None)
        for name in presets:
            self.preset.addItem(name, name)
        self._show_preset(self._choices.preset)
        blocker.unblock()

    def _show_preset(self, preset: str | None) -> None:
        if preset is not None and self.preset.findData(preset) < 0:
            self.preset.addItem(preset, preset)
        self.preset.setCurrentIndex(max(0, self.preset.findData(preset)))

    def _dress(self) -> None:
        for engine, label in MODELS.items():
            self.model.addItem(label, engine)
        self.model.setAccessibleName("Model")
        self.preset.addItem("none", None)
        self.preset.setAccessibleName("Preset")
        self.preset.setToolTip("Named choices of cosmos.toml; what is filled in here is stronger.")
        self.prompt.setAccessibleName("Prompt")
        self.prompt.setPlaceholderText("What the video shows: the place, the light, the weather, the materials.")
        self.prompt.setTabChangesFocus(True)
        lines = self.prompt.fontMetrics().lineSpacing() * _PROMPT_LINES
        self.prompt.setFixedHeight(lines + 2 * round(self.prompt.document().documentMargin()) + 4)
        self.seed.setRange(_NO_SEED, 2**31 - 1)
        self.seed.setSpecialValueText("as the model")
        self.seed.setAccessibleName("Seed")
        self.seed.setToolTip("The same seed gives the same video.")
        self.guidance.setRange(0, 10)
        self.guidance.setSingleStep(0.5)
        self.guidance.setSpecialValueText("as the model")
        self.guidance.setAccessibleName("Control guidance")
        self.guidance.setToolTip("How strongly all controls together hold the video to the scene.")
        self.note.setWordWrap(True)
        self.note.setAccessibleName("What the weights mean together")

    def _control_rows(self) -> dict[str, ControlRowWidgets]:
        grid = QtWidgets.QGridLayout(self.controls)
        grid.setContentsMargins(0, 2, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(4, 3)
        for column, title in _TITLES.items():
            label = QtWidgets.QLabel(title)
            label.setEnabled(False)
            grid.addWidget(label, 0, column)
        rows = {hint: ControlRowWidgets(hint, grid, at) for at, hint in enumerate(HINTS, 1)}
        grid.addWidget(self.note, len(HINTS) + 1, 0, 1, grid.columnCount())
        return rows

    def add_first_row(self, title: str, content: QtWidgets.QLayout) -> None:
        """Put something above the model, in line with the rest."""
        self._form.insertRow(0, title, content)

    def _lay_out(self) -> None:
        form = self._form = QtWidgets.QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QtWidgets.QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        choice = QtWidgets.QHBoxLayout()
        choice.addWidget(self.model, 1)
        preset = QtWidgets.QLabel("Preset")
        preset.setBuddy(self.preset)
        choice.addWidget(preset)
        choice.addWidget(self.preset, 1)
        form.addRow("Model", choice)
        form.addRow("Prompt", self.prompt)
        form.addRow(self.controls)
        self._guidance_label = QtWidgets.QLabel("Guidance")
        self._guidance_label.setBuddy(self.guidance)
        numbers = QtWidgets.QHBoxLayout()
        numbers.addWidget(self.seed)
        numbers.addSpacing(12)
        numbers.addWidget(self._guidance_label)
        numbers.addWidget(self.guidance)
        numbers.addStretch(1)
        form.addRow("Seed", numbers)

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
            seed=None if self.seed.value() == _NO_SEED else self.seed.value(),
            control_guidance=None if self.guidance.value() == self.guidance.minimum() else self.guidance.value(),
        )
        self._fit_model()
        self.changed.emit()

    def _take_weight(self, hint: str, weight: float | None) -> None:
        weights = weights_of(self._choices.weights, self._rows, hint, weight)
        self._choices = replace(self._choices, weights=weights)
        self.changed.emit()

    def _fit_model(self) -> None:
        """Only Cosmos 3 has one strength for all controls."""
        for widget in (self._guidance_label, self.guidance):
            widget.setVisible(self.model.currentData() == "cosmos3")
