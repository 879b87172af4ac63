"""The window of the dialog: its widgets, their layout and their Tab order."""

from __future__ import annotations

from itertools import pairwise

from ..controls.elided import ElidedLabel
from ..controls.form import ChoicesForm
from ..qt import Qt, QtWidgets
from ..qt.plain import PlainLabel
from .clip_list import ClipList
from .facts_view import FactsView

_WIDTH = 560
_SIZED = Qt.WidgetAttribute.WA_Resized
_LINE = QtWidgets.QFrame.Shape.HLine


class SendWindow(QtWidgets.QDialog):
    """The widgets only, without clips and daemon. Enter sends, Escape closes."""

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Send to Cosmos")
        self.clips = ClipList()
        self.facts = FactsView()
        self.form = ChoicesForm()
        self.cost = ElidedLabel("Length and cost")
        self.existing = QtWidgets.QRadioButton("Send existing frames")
        self.render_first = QtWidgets.QRadioButton("Render first")
        self.remedy = QtWidgets.QPushButton("Give each clip a folder of its own")
        self.problems = PlainLabel()
        self.said = ElidedLabel("Result of the last send")
        self.send = QtWidgets.QPushButton("Send")
        self.close_button = QtWidgets.QPushButton("Close")
        self._dress()
        self._lay_out()
        self._order_tabs()

    def fit_height(self) -> None:
        """Make the window as low as its content allows, and keep the width that the artist gave it."""
        width = max(_WIDTH, self.width() if self.testAttribute(_SIZED) else 0)
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.resize(width, max(self.heightForWidth(width), self.minimumSizeHint().height()))

    def _dress(self) -> None:
        self.problems.setWordWrap(True)
        self.problems.setAccessibleName("Problems")
        self.remedy.setToolTip("Puts $OS/ before the file name of each node's output. Undo takes it back.")
        self.render_first.setToolTip("Renders the nodes as their own button does, then sends the images.")
        self.send.setDefault(True)
        self.close_button.setAutoDefault(False)
        self.remedy.setAutoDefault(False)

    def _lay_out(self) -> None:
        foot = QtWidgets.QHBoxLayout()
        foot.addWidget(self.said, 1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.send)
        layout = QtWidgets.QVBoxLayout(self)
        layout.setSpacing(10)
        for widget in (self.clips, self.facts, self.problems):
            layout.addWidget(widget)
        layout.addLayout(_left(self.remedy))
        for part in (_line(), self.form, self.cost, _line()):
            layout.addWidget(part)
        layout.addLayout(_left(self.existing, self.render_first))
        layout.addStretch(1)
        layout.addLayout(foot)

    def _order_tabs(self) -> None:
        form = self.form
        order: list[QtWidgets.QWidget] = [self.clips, self.remedy, form.prompt, form.model, form.preset]
        order += [each for row in form.rows.values() for each in (row.switch, row.slider, row.number)]
        order += [form.seed, form.guidance, self.existing, self.render_first, self.send, self.close_button]
        for before, after in pairwise(order):
            self.setTabOrder(before, after)


def _left(*widgets: QtWidgets.QWidget) -> QtWidgets.QHBoxLayout:
    row = QtWidgets.QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def _line() -> QtWidgets.QFrame:
    line = QtWidgets.QFrame()
    line.setFrameShape(_LINE)
    line.setFrameShadow(QtWidgets.QFrame.Shadow.Sunken)
    return line
