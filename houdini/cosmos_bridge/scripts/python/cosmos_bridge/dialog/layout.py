"""How the parts of the dialog stand, and in which order Tab goes through them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from ..qt import Qt, QtWidgets

if TYPE_CHECKING:
    from .send_dialog import SendDialog

_WIDTH = 560
_MOVED = Qt.WidgetAttribute.WA_Resized


def lay_out(dialog: SendDialog) -> None:
    """Put the parts into the dialog."""
    dialog.problems.setWordWrap(True)
    dialog.problems.setAccessibleName("Problems")
    dialog.remedy.setToolTip("Puts $OS before the file name of each node's output, which can be undone.")
    dialog.render_first.setToolTip("Renders the nodes as their own button does, and sends what they wrote.")
    dialog.send.setDefault(True)
    dialog.close_button.setAutoDefault(False)
    dialog.remedy.setAutoDefault(False)
    layout = QtWidgets.QVBoxLayout(dialog)
    layout.setSpacing(10)
    layout.addWidget(dialog.clips)
    layout.addWidget(dialog.facts)
    layout.addWidget(dialog.problems)
    layout.addLayout(_left(dialog.remedy))
    layout.addWidget(_line())
    layout.addWidget(dialog.form)
    layout.addWidget(dialog.cost)
    layout.addWidget(_line())
    layout.addLayout(_left(dialog.existing, dialog.render_first))
    layout.addStretch(1)
    foot = QtWidgets.QHBoxLayout()
    foot.addWidget(dialog.said, 1)
    foot.addWidget(dialog.close_button)
    foot.addWidget(dialog.send)
    layout.addLayout(foot)
    _order_tabs(dialog)


def fit_height(dialog: SendDialog) -> None:
    """As low as what it shows now allows; as wide as a person made it."""
    width = max(_WIDTH, dialog.width() if dialog.testAttribute(_MOVED) else 0)
    layout = dialog.layout()
    if layout is not None:
        layout.activate()
    dialog.resize(width, max(dialog.heightForWidth(width), dialog.minimumSizeHint().height()))


def _order_tabs(dialog: SendDialog) -> None:
    form = dialog.form
    controls = [each for row in form.rows.values() for each in (row.switch, row.slider, row.number)]
    order: list[QtWidgets.QWidget] = [dialog.clips, dialog.remedy, form.prompt, form.model, form.preset, *controls]
    order += [form.seed, form.guidance, dialog.existing, dialog.render_first, dialog.send, dialog.close_button]
    for before, after in pairwise(order):
        dialog.setTabOrder(before, after)


def _left(*widgets: QtWidgets.QWidget) -> QtWidgets.QHBoxLayout:
    row = QtWidgets.QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def _line() -> QtWidgets.QFrame:
    line = QtWidgets.QFrame()
    line.setFrameShape(QtWidgets.QFrame.Shape.HLine)
    line.setFrameShadow(QtWidgets.QFrame.Shadow.Sunken)
    return line
