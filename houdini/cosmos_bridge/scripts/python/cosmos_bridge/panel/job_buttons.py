"""The buttons for the form and for the chosen job."""

from __future__ import annotations

from ..qt import QtWidgets
from .queue_job import QueueJob


class JobButtons(QtWidgets.QWidget):
    """Each button is enabled when the daemon would accept its command."""

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self.send = QtWidgets.QPushButton("Send")
        self.variation = QtWidgets.QPushButton("Send as variation")
        self.release = QtWidgets.QPushButton("Release")
        self.retry = QtWidgets.QPushButton("Retry")
        self.cancel = QtWidgets.QPushButton("Cancel")
        self.send.setToolTip("Makes a new job from the clip and the choices above.")
        self.variation.setToolTip("Makes a copy of the chosen job, with the choices above.")
        self.release.setToolTip("The chosen job is held until you release it.")
        self.retry.setToolTip("Runs the chosen job again.")
        self.cancel.setToolTip("Cancels the chosen job. If it is running, it is stopped first.")
        layout = QtWidgets.QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.send)
        layout.addWidget(self.variation)
        layout.addStretch(1)
        layout.addWidget(self.release)
        layout.addWidget(self.retry)
        layout.addWidget(self.cancel)

    def fit(self, online: bool, has_clip: bool, job: QueueJob | None) -> None:
        """Enable what is possible now."""
        self.send.setEnabled(online and has_clip)
        self.variation.setEnabled(online and job is not None)
        self.release.setVisible(job is not None and job.releasable)
        self.release.setEnabled(online)
        self.retry.setEnabled(online and job is not None and job.retryable)
        self.cancel.setEnabled(online and job is not None and job.cancelable)
