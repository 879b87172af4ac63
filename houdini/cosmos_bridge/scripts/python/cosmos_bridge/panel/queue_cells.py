"""The contents of the cells in a job's row."""

from __future__ import annotations

from collections.abc import Callable

from ..qt import Qt
from ..qt.plain import item_text, tool_tip
from .queue_job import QueueJob
from .words import duration, percent

COLUMNS = ("Clip", "Phase", "Progress", "Left", "Host")
PHASE_COLUMN = COLUMNS.index("Phase")
PROGRESS_COLUMN = COLUMNS.index("Progress")

JOB_ROLE = Qt.ItemDataRole.UserRole
"""The id of the job; None on the title of a section."""
FRACTION_ROLE = Qt.ItemDataRole.UserRole + 1

_TEXT_OF: tuple[Callable[[QueueJob], str], ...] = (
    lambda job: job.name,
    lambda job: job.phase,
    lambda job: "" if job.fraction is None else percent(job.fraction),
    lambda job: "" if job.eta is None else duration(job.eta),
    lambda job: job.host,
)


def cell(job: QueueJob, column: int, role: int) -> object:
    """Give the value of a cell for a Qt role or one of our own roles."""
    if role == Qt.ItemDataRole.DisplayRole:
        return item_text(_TEXT_OF[column](job))
    if role == Qt.ItemDataRole.ToolTipRole:
        return tool_tip(job.explains) or None
    if role == Qt.ItemDataRole.AccessibleDescriptionRole:
        return item_text(job.explains) or None
    if role == JOB_ROLE:
        return job.id
    if role == FRACTION_ROLE:
        return job.fraction
    return None
