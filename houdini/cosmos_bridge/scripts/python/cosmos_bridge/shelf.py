"""What the buttons of the shelf do. A problem is one friendly sentence, never a traceback."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .errors import CosmosError

PANEL = "cosmos::panel"
"""Name of the interface in python_panels/cosmos.pypanel."""

Kwargs = Mapping[str, object]
"""What Houdini gives the script of a tool: which keys were held, which pane it was clicked in."""


def open_panel(_kwargs: Kwargs) -> None:
    """Open the Cosmos panel in a window of its own; in 22.0 the menu of panes may not list it (see the README)."""
    _told(_open_panel)


def _open_panel() -> None:
    import hou

    desktop = hou.ui.curDesktop()
    # The stubs take an object here; the documentation and every caller give the name.
    desktop.createFloatingPaneTab(hou.paneTabType.PythonPanel, python_panel_interface=PANEL)  # type: ignore[arg-type]


def _told(act: Callable[[], None]) -> None:
    """Do it, and show what went wrong."""
    import hou

    try:
        act()
    except CosmosError as error:
        hou.ui.displayMessage(error.sentence, severity=hou.severityType.Warning, title="Cosmos")
