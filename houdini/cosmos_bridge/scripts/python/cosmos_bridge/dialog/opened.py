"""The one Send to Cosmos dialog of this Houdini session."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .send_dialog import SendDialog

if TYPE_CHECKING:
    from ..send_plan import SendPlan

_dialog: SendDialog | None = None


def open_dialog(found: SendPlan, look: Callable[[], SendPlan]) -> SendDialog:
    """Show the plan in the dialog, which is made at the first call; `look` makes the plan again."""
    global _dialog
    import hou

    if _dialog is None:
        _dialog = SendDialog(hou.qt.mainWindow())
    _dialog.show_plan(found, look)
    _dialog.open_again()
    return _dialog


def close_dialog() -> None:
    """Close the dialog and forget it, as when Houdini's window closes."""
    global _dialog
    if _dialog is not None:
        _dialog.reject()
        _dialog.deleteLater()
        _dialog = None


def current_dialog() -> SendDialog | None:
    """The dialog, visible or not; None = it was never opened."""
    return _dialog
