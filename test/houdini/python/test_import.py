"""Houdini imports the plugin while it starts: that may cost nothing, and reach for nothing."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

import cosmos_bridge

FORBIDDEN = ("socket", "ssl", "websocket", "PySide6", "PySide2", "hutil", "hou", "asyncio")


def modules_after(statement: str) -> set[str]:
    """Names of the modules that a fresh Python has loaded after `statement`."""
    package = str(Path(cosmos_bridge.__file__).parent.parent)
    script = f"import sys; sys.path.insert(0, {package!r}); {statement}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-S", "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "module", ["cosmos_bridge", "cosmos_bridge.hooks", "cosmos_bridge.attach", "cosmos_bridge.shelf"]
)
def test_import_touches_neither_network_nor_qt(module: str) -> None:
    assert not modules_after(f"import {module}").intersection(FORBIDDEN)


@pytest.mark.qt
def test_the_qt_of_this_environment_draws_without_a_screen() -> None:
    binding = "PySide6" if importlib.util.find_spec("PySide6") else "PySide2"
    widgets = importlib.import_module(f"{binding}.QtWidgets")
    application = widgets.QApplication.instance() or widgets.QApplication([])
    assert widgets.QLabel("Cosmos", objectName="text").sizeHint().width() > 0
    assert application.platformName() == "offscreen"
