"""The list of clips that can be sent. It is hidden when there is only one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..panel.words import counted, dotted
from ..qt import Qt, QtWidgets
from ..qt.plain import item_text

if TYPE_CHECKING:
    from ..send_plan import ClipPlan

_MOST_ROWS = 5


class ClipList(QtWidgets.QListWidget):
    """One check box for each clip. Checked clips are sent; the current clip is shown."""

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self._clips: tuple[ClipPlan, ...] = ()
        self.setAccessibleName("Clips to send")

    def show_clips(self, clips: Iterable[ClipPlan]) -> None:
        """Show these, all of them checked."""
        self._clips = tuple(clips)
        self.blockSignals(True)
        self.clear()
        for clip in self._clips:
            passes = clip.passes
            words = dotted(passes.name, clip.node, counted(len(passes.frames), "frame"))
            item = QtWidgets.QListWidgetItem(item_text(words), self)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
        self.setCurrentRow(0 if self._clips else -1)
        self.blockSignals(False)
        rows = min(len(self._clips), _MOST_ROWS)
        self.setFixedHeight(rows * max(1, self.sizeHintForRow(0)) + 2 * self.frameWidth() + 2)
        self.setVisible(len(self._clips) > 1)

    def current_clip(self) -> ClipPlan | None:
        """The clip that is shown."""
        row = self.currentRow()
        return self._clips[row] if 0 <= row < len(self._clips) else None

    def chosen_clips(self) -> list[ClipPlan]:
        """The clips that are checked."""
        checked = Qt.CheckState.Checked
        return [clip for row, clip in enumerate(self._clips) if self.item(row).checkState() == checked]
