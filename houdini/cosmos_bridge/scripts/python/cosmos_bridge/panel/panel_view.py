"""The widgets of the panel and their layout: the queue above, details below, a splitter between."""

from __future__ import annotations

from ..controls.elided import ElidedLabel
from ..qt import Qt, QtWidgets
from .connection_bar import ConnectionBar
from .form_pane import FormPane
from .job_buttons import JobButtons
from .log_pane import LogPane
from .queue_model import QueueModel
from .queue_view import QueueView
from .result_pane import ResultPane
from .session import Session

_QUEUE_SHARE, _DETAIL_SHARE = 2, 3


class PanelView(QtWidgets.QWidget):
    """Creates and lays out the widgets. CosmosPanel adds the behaviour."""

    def __init__(self, session: Session, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.connection = ConnectionBar()
        self.model = QueueModel(self)
        self.queue = QueueView(self.model)
        self.form = FormPane(session)
        self.log = LogPane(session)
        self.result = ResultPane(session)
        self.buttons = JobButtons()
        self.status = ElidedLabel("Result of the last command")
        self.tabs = QtWidgets.QTabWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(_scrolled(self.form), "Send")
        self.tabs.addTab(self.log, "Log")
        self.tabs.addTab(self.result, "Result")
        splitter = QtWidgets.QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.queue)
        splitter.addWidget(self.tabs)
        splitter.setStretchFactor(0, _QUEUE_SHARE)
        splitter.setStretchFactor(1, _DETAIL_SHARE)
        layout = QtWidgets.QVBoxLayout(self)
        layout.addWidget(self.connection)
        layout.addWidget(splitter, 1)
        layout.addWidget(self.buttons)
        layout.addWidget(self.status)


def _scrolled(content: QtWidgets.QWidget) -> QtWidgets.QScrollArea:
    """Adds a scroll bar for panes that are too low for their content."""
    area = QtWidgets.QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFrameShape(QtWidgets.QFrame.Shape.NoFrame)
    return area
