"""The widgets of the form of a new job, and their layout."""

from __future__ import annotations

from ..choices_format import HINTS
from ..panel.words import MODELS
from ..qt import Qt, QtWidgets
from ..qt.plain import PlainLabel, button_text, item_text
from .control_row import ControlRowWidgets

NO_SEED = -1
"""Value of the seed box that means "the model chooses"."""
_PROMPT_LINES = 4
_TITLES = {1: "Weight", 3: "Acts as", 4: "Source"}
"""Titles of the columns that need one."""


class FormView(QtWidgets.QWidget):
    """Model and preset, prompt, one row for each control, seed. Has no behaviour; ChoicesForm adds it."""

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = QtWidgets.QComboBox()
        self.preset = QtWidgets.QComboBox()
        self.prompt = QtWidgets.QPlainTextEdit()
        self.seed = QtWidgets.QSpinBox()
        self.guidance = QtWidgets.QDoubleSpinBox()
        self.note = PlainLabel()
        self.controls = QtWidgets.QWidget()
        self._dress()
        self.rows = self._control_rows()
        self._lay_out()

    def _dress(self) -> None:
        self.model.addItem("Default", None)
        for engine, label in MODELS.items():
            self.model.addItem(item_text(label), engine)
        self.model.setAccessibleName("Model")
        self.model.setToolTip("Preview runs on this machine, without a GPU.")
        self.preset.addItem("none", None)
        self.preset.setAccessibleName("Preset")
        self.preset.setToolTip("Named choices from cosmos.toml. Fields that you fill in here override the preset.")
        self.prompt.setAccessibleName("Prompt")
        self.prompt.setPlaceholderText("Describe the video: location, light, weather, materials.")
        self.prompt.setTabChangesFocus(True)
        lines = self.prompt.fontMetrics().lineSpacing() * _PROMPT_LINES
        self.prompt.setFixedHeight(lines + 2 * round(self.prompt.document().documentMargin()) + 4)
        self.seed.setRange(NO_SEED, 2**31 - 1)
        self.seed.setSpecialValueText("as the model")
        self.seed.setAccessibleName("Seed")
        self.seed.setToolTip("The same seed gives the same video.")
        self.guidance.setRange(0, 10)
        self.guidance.setSingleStep(0.5)
        self.guidance.setSpecialValueText("as the model")
        self.guidance.setAccessibleName("Control guidance")
        self.guidance.setToolTip("How closely all controls together keep the video to the scene.")
        self.note.setWordWrap(True)
        self.note.setAccessibleName("Note on all weights")

    def _control_rows(self) -> dict[str, ControlRowWidgets]:
        grid = QtWidgets.QGridLayout(self.controls)
        grid.setContentsMargins(0, 2, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(4, 3)
        for column, title in _TITLES.items():
            label = PlainLabel(title)
            label.setEnabled(False)
            grid.addWidget(label, 0, column)
        rows = {hint: ControlRowWidgets(hint, grid, at) for at, hint in enumerate(HINTS, 1)}
        grid.addWidget(self.note, len(HINTS) + 1, 0, 1, grid.columnCount())
        return rows

    def add_first_row(self, title: str, content: QtWidgets.QLayout) -> None:
        """Add a row above the model, aligned with the other rows."""
        self._form.insertRow(0, button_text(title), content)

    def _lay_out(self) -> None:
        form = self._form = QtWidgets.QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QtWidgets.QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        choice = QtWidgets.QHBoxLayout()
        choice.addWidget(self.model, 1)
        preset = PlainLabel("Preset")
        preset.setBuddy(self.preset)
        choice.addWidget(preset)
        choice.addWidget(self.preset, 1)
        form.addRow("Model", choice)
        form.addRow("Prompt", self.prompt)
        form.addRow(self.controls)
        self._guidance_label = PlainLabel("Guidance")
        self._guidance_label.setBuddy(self.guidance)
        numbers = QtWidgets.QHBoxLayout()
        numbers.addWidget(self.seed)
        numbers.addSpacing(12)
        numbers.addWidget(self._guidance_label)
        numbers.addWidget(self.guidance)
        numbers.addStretch(1)
        form.addRow("Seed", numbers)
