"""The view of a result: first picture, facts, and buttons to open it."""

from __future__ import annotations

from ..qt import Qt, QtCore, QtGui, QtWidgets, Signal
from ..qt.plain import PlainLabel, tool_tip
from .result_words import ResultFacts


class ResultView(QtWidgets.QWidget):
    """Shows one result. Signals when the artist wants to go to one of its frames."""

    go_to_frame = Signal(int)
    """The scene frame to go to."""

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self._video = ""
        self._poster = QtGui.QPixmap()
        self.poster = PlainLabel()
        self.words = PlainLabel()
        self.open = QtWidgets.QPushButton("Open")
        self.frame = QtWidgets.QSpinBox()
        self.go = QtWidgets.QPushButton("Go to frame")
        self._dress()
        self._lay_out()
        self.open.clicked.connect(self._open_video)
        self.go.clicked.connect(lambda: self.go_to_frame.emit(self.frame.value()))
        self.show_nothing("There is no result yet.")

    def show_nothing(self, sentence: str) -> None:
        """Say why there is no result."""
        self._video = ""
        self.show_poster(b"")
        self.words.setText(sentence)
        for widget in (self.open, self.frame, self.go):
            widget.setEnabled(False)

    def show_result(self, facts: ResultFacts) -> None:
        """Show a result; `show_poster` adds the picture later."""
        self._video = facts.video
        self.words.setText(facts.words)
        self.open.setEnabled(True)
        self.open.setToolTip(tool_tip(facts.video))
        has_frames = facts.first is not None and facts.last is not None
        for widget in (self.frame, self.go):
            widget.setEnabled(has_frames)
        if facts.first is not None and facts.last is not None:
            self.frame.setRange(facts.first, facts.last)
            self.frame.setSingleStep(facts.step)

    def show_poster(self, picture: bytes) -> None:
        """Show a picture file; empty bytes clear the picture."""
        self._poster = QtGui.QPixmap()
        if picture:
            self._poster.loadFromData(picture)
        self._fit_poster()

    def resizeEvent(self, event: QtGui.QResizeEvent) -> None:
        """See QWidget."""
        super().resizeEvent(event)
        self._fit_poster()

    def _fit_poster(self) -> None:
        self.poster.setVisible(not self._poster.isNull())
        if self._poster.isNull():
            return
        ratio = self.devicePixelRatioF()
        fitted = self._poster.scaled(
            self.poster.contentsRect().size() * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        fitted.setDevicePixelRatio(ratio)
        self.poster.setPixmap(fitted)

    def _open_video(self) -> None:
        QtGui.QDesktopServices.openUrl(QtCore.QUrl.fromLocalFile(self._video))

    def _dress(self) -> None:
        self.poster.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.poster.setMinimumHeight(90)
        self.poster.setSizePolicy(QtWidgets.QSizePolicy.Policy.Ignored, QtWidgets.QSizePolicy.Policy.Expanding)
        self.poster.setAccessibleName("First picture of the result")
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setAccessibleName("About the result")
        self.open.setAccessibleName("Open the video")
        self.frame.setAccessibleName("Frame to go to")
        self.go.setToolTip("Puts the playbar of this scene on that frame.")

    def _lay_out(self) -> None:
        buttons = QtWidgets.QHBoxLayout()
        buttons.addWidget(self.open)
        buttons.addStretch(1)
        buttons.addWidget(self.frame)
        buttons.addWidget(self.go)
        layout = QtWidgets.QVBoxLayout(self)
        layout.addWidget(self.poster, 8)
        layout.addWidget(self.words)
        layout.addLayout(buttons)
        layout.addStretch(1)
