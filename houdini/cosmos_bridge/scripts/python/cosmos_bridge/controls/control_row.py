"""The widgets of one control: switch, slider, number, effective weight and source."""

from __future__ import annotations

from ..qt import Qt, QtCore, QtWidgets, Signal
from ..qt.plain import PlainLabel, button_text, tool_tip
from .elided import ElidedLabel
from .rows import LABELS, SAYS, ControlRow

_STEPS = 100
"""Positions of a slider from weight 0 to 1."""


class ControlRowWidgets(QtCore.QObject):
    """One row of a grid. Shows the values given to it, and signals the changes that the artist makes."""

    changed = Signal(str, object)
    """The hint, and its weight from 0 to 1 or None for off."""

    def __init__(self, hint: str, grid: QtWidgets.QGridLayout, row: int) -> None:
        super().__init__(grid.parentWidget())
        self.hint = hint
        label = LABELS[hint]
        self.switch = QtWidgets.QCheckBox(button_text(label))
        self.slider = QtWidgets.QSlider(Qt.Orientation.Horizontal)
        self.number = QtWidgets.QDoubleSpinBox()
        self.instead = PlainLabel()
        self.effective = PlainLabel()
        self.source = ElidedLabel(f"{label}: where it comes from", least=90)
        self._dress(label)
        self._lay_out(grid, row)
        self.switch.toggled.connect(self._tell)
        self.slider.valueChanged.connect(self._slid)
        self.number.valueChanged.connect(self._typed)

    def show_row(self, row: ControlRow) -> None:
        """Show these values without a signal."""
        taking = (self.switch, self.slider, self.number)
        for widget in taking:
            widget.blockSignals(True)
        self.switch.setChecked(row.on)
        self.switch.setEnabled(row.on or row.available)
        if not self.slider.isSliderDown() and not self.number.hasFocus():
            self.slider.setValue(round(row.weight * _STEPS))
            self.number.setValue(row.weight)
        sentence = _sentence(row)
        for part in (self.slider, self.number, self.effective, self.source):
            part.setEnabled(row.on)
            part.setVisible(not sentence)
        for widget in taking:
            widget.blockSignals(False)
        self.instead.setText(sentence)
        self.instead.setVisible(bool(sentence))
        self.instead.setEnabled(row.on)
        self.effective.setText(row.effective)
        self.source.say(row.source)

    def weight(self) -> float:
        """The value of the number box."""
        return self.number.value()

    def _dress(self, label: str) -> None:
        off = "Off removes the hint from the spec, which is not the same as weight 0."
        self.switch.setToolTip(tool_tip(f"{SAYS[self.hint]} {off}"))
        self.switch.setAccessibleName(f"{label} on")
        self.slider.setRange(0, _STEPS)
        self.slider.setPageStep(_STEPS // 10)
        self.slider.setMinimumWidth(60)
        self.slider.setAccessibleName(f"{label} weight")
        self.number.setRange(0, 1)
        self.number.setSingleStep(0.05)
        self.number.setDecimals(2)
        self.number.setAccessibleName(f"{label} weight as a number")
        self.number.setKeyboardTracking(False)
        self.instead.setWordWrap(True)
        self.instead.setAccessibleName(f"{label}: why there is no weight")
        self.effective.setAccessibleName(f"{label}: effective weight")
        self.effective.setToolTip("The effective weight, with this model and the other controls.")

    def _lay_out(self, grid: QtWidgets.QGridLayout, row: int) -> None:
        grid.addWidget(self.switch, row, 0)
        grid.addWidget(self.slider, row, 1)
        grid.addWidget(self.number, row, 2)
        grid.addWidget(self.instead, row, 1, 1, 4)
        grid.addWidget(self.effective, row, 3)
        grid.addWidget(self.source, row, 4)

    def _slid(self, position: int) -> None:
        self.number.blockSignals(True)
        self.number.setValue(position / _STEPS)
        self.number.blockSignals(False)
        self._tell()

    def _typed(self, value: float) -> None:
        self.slider.blockSignals(True)
        self.slider.setValue(round(value * _STEPS))
        self.slider.blockSignals(False)
        self._tell()

    def _tell(self, _: object = None) -> None:
        self.changed.emit(self.hint, self.number.value() if self.switch.isChecked() else None)


def _sentence(row: ControlRow) -> str:
    """The sentence shown instead of the slider: why the weight cannot be set, or has no effect."""
    if row.instead:
        return f"{row.source[:1].upper()}{row.source[1:]}. {row.instead}"
    return "" if row.on or row.available else row.source
