"""The facts of a clip, read-only, in the upper part of the dialog."""

from __future__ import annotations

from ..controls.elided import ElidedLabel
from ..qt import Qt, QtWidgets
from ..qt.plain import PlainLabel
from .clip_facts import ClipFacts

_TITLES = {
    "title": "Clip",
    "files": "Files",
    "frames": "Frames",
    "passes": "Passes",
    "layers": "EXR layers",
    "size": "Size",
}


class FactsView(QtWidgets.QWidget):
    """One line for each fact; empty lines are hidden."""

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = {name: ElidedLabel(title, least=160) for name, title in _TITLES.items()}
        self._titles = {name: PlainLabel(title) for name, title in _TITLES.items()}
        self.problems = PlainLabel()
        self.problems.setWordWrap(True)
        self.problems.setAccessibleName("Problems of this clip")
        grid = QtWidgets.QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(3)
        grid.setHorizontalSpacing(10)
        grid.setColumnStretch(1, 1)
        for row, (name, line) in enumerate(self.lines.items()):
            self._titles[name].setEnabled(False)
            grid.addWidget(self._titles[name], row, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(line, row, 1)
        grid.addWidget(self.problems, len(self.lines), 1)

    def show_facts(self, facts: ClipFacts) -> None:
        """Show a clip."""
        words = {name: str(getattr(facts, name)) for name in _TITLES}
        for name, line in self.lines.items():
            first, _, rest = words[name].partition("\n")
            line.say(f"{first}  (and more)" if rest else first)
            line.explain(words[name])
            for widget in (line, self._titles[name]):
                widget.setVisible(bool(first))
        self.lines["passes"].explain(facts.origins)
        self.problems.setText("\n".join(facts.problems))
        self.problems.setVisible(bool(facts.problems))
