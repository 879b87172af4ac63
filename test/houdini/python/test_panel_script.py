"""The script of the panel's interface, run as Houdini runs it."""

from __future__ import annotations

import sys
import types
from typing import Any

import pytest

from support.shipped import PANEL, script_of


class Pane:
    """A pane tab, as Houdini names it in `kwargs`."""

    def __init__(self, name: str) -> None:
        self._name = name

    def name(self) -> str:
        """Unique in the desktop."""
        return self._name


class Panel:
    """What the pane gets to show."""

    is_open = True

    def shutdown(self) -> None:
        """The pane was closed."""
        self.is_open = False


def run_panel_script(monkeypatch: pytest.MonkeyPatch, **module: object) -> dict[str, Any]:
    """The interface's script, as Houdini runs it; `module` is what `cosmos_bridge.panel` holds."""
    stub = types.ModuleType("cosmos_bridge.panel")
    vars(stub).update(module)
    monkeypatch.setitem(sys.modules, "cosmos_bridge.panel", stub)
    interface = PANEL.find("interface")
    assert interface is not None
    space: dict[str, Any] = {}
    exec(compile(script_of(interface), "cosmos.pypanel", "exec"), space)
    return space


def test_each_pane_has_a_panel_that_is_shut_down_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    space = run_panel_script(monkeypatch, CosmosPanel=Panel)
    space["kwargs"] = {"paneTab": Pane("panetab1")}
    first = space["onCreateInterface"]()
    space["kwargs"] = {"paneTab": Pane("panetab2")}
    second = space["onCreateInterface"]()
    space["onDestroyInterface"]()
    assert (first.is_open, second.is_open) == (True, False)
    space["onDestroyInterface"]()  # a second time is no error


@pytest.mark.qt
def test_a_panel_that_cannot_be_made_says_so_in_its_pane(monkeypatch: pytest.MonkeyPatch) -> None:
    space = run_panel_script(monkeypatch)  # nothing in the module: the import fails
    widgets = space["_qt_widgets"]()
    _application = widgets.QApplication.instance() or widgets.QApplication([])
    complaint = space["onCreateInterface"]()
    assert complaint.textFormat().name in ("PlainText", b"PlainText")
    assert "could not be opened" in complaint.text() and "cosmos doctor" in complaint.text()
    space["onDestroyInterface"]()  # there is nothing to shut down
