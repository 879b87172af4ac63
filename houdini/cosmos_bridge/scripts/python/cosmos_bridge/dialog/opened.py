"""The one dialog of this Houdini."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .send_dialog import SendDialog

if TYPE_CHECKING:
    from ..send_plan import SendPlan

_dialog: SendDialog | None = None


def open_dialog(found: SendPlan, look: Callable[[], SendPlan]) -> SendDialog:
    """Show what was found in the dialog, which is made the first time; `look` finds it anew."""
    global _dialog
    import hou

    if _dialog is None:
        _dialog = SendDialog(hou.qt.mainWindow())
    _dialog.show_plan(found, look)
    _dialog.open_again()
    return _dialog


def close_dialog() -> None:
    """Close the dialog and forget it, as when Houdini's window goes."""
    global _dialog
    if _dialog is not None:
        _dialog.reject()
        _dialog.deleteLater()
        _dialog = None


def current_dialog() -> SendDialog | None:
    """The dialog, shown or not; None = it was never asked for."""
    return _dialog
