"""How the parts of the panel stand: the queue above, what is chosen below, the line between them to be dragged."""

from __future__ import annotations

from ..qt import Qt, QtWidgets

_QUEUE_SHARE, _DETAIL_SHARE = 2, 3


def lay_out(
    panel: QtWidgets.QWidget,
    head: QtWidgets.QWidget,
    queue: QtWidgets.QWidget,
    tabs: QtWidgets.QTabWidget,
    foot: tuple[QtWidgets.QWidget, ...],
) -> None:
    """Put the parts into the panel."""
    splitter = QtWidgets.QSplitter(Qt.Orientation.Vertical)
    splitter.setChildrenCollapsible(False)
    splitter.addWidget(queue)
    splitter.addWidget(tabs)
    splitter.setStretchFactor(0, _QUEUE_SHARE)
    splitter.setStretchFactor(1, _DETAIL_SHARE)
    layout = QtWidgets.QVBoxLayout(panel)
    layout.addWidget(head)
    layout.addWidget(splitter, 1)
    for widget in foot:
        layout.addWidget(widget)


def scrolled(content: QtWidgets.QWidget) -> QtWidgets.QScrollArea:
    """Give what does not fit into a low pane a bar to scroll by."""
    area = QtWidgets.QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFrameShape(QtWidgets.QFrame.Shape.NoFrame)
    return area
