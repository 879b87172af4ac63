"""Houdini imports the plugin while it starts: that may cost nothing, and reach for nothing."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

import cosmos_bridge

FORBIDDEN = ("socket", "ssl", "websocket", "PySide6", "PySide2", "hutil", "asyncio", "cosmos_bridge.vendor")
# What Houdini loads while it starts, and what renders load before they send anything.
EARLY = ("cosmos_bridge", "cosmos_bridge.attach", "cosmos_bridge.hooks", "cosmos_bridge.shelf")
# Pure ones, which touch no network either as long as nobody connects.
PURE = ("cosmos_bridge.client", "cosmos_bridge.discovery", "cosmos_bridge.link", "cosmos_bridge.spool")
SECONDS = 0.05
# A machine that does something else for a moment is not to blame the plugin.
TRIES = 5


def fresh(script: str) -> str:
    """What a script prints in a Python of its own that has loaded nothing, with a stand-in for Houdini's module."""
    package = str(Path(cosmos_bridge.__file__).parent.parent)
    support = str(Path(__file__).parent / "support")
    head = f"import sys; sys.path[:0] = [{package!r}, {support!r}]; import fake_hou; sys.modules['hou'] = fake_hou\n"
    done = subprocess.run([sys.executable, "-c", head + script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("module", (*EARLY, *PURE))
def test_import_touches_neither_network_nor_qt(module: str) -> None:
    loaded = fresh(f"before = set(sys.modules); import {module}; print(*(set(sys.modules) - before))").split()
    assert module in loaded
    assert set(loaded).intersection(FORBIDDEN) == set()


def test_import_takes_less_than_50_ms() -> None:
    script = f"import time; at = time.process_time(); import {', '.join(EARLY)}; print(time.process_time() - at)"
    assert min(float(fresh(script)) for _ in range(TRIES)) < SECONDS


@pytest.mark.qt
def test_the_qt_of_this_environment_draws_without_a_screen() -> None:
    binding = "PySide6" if importlib.util.find_spec("PySide6") else "PySide2"
    widgets = importlib.import_module(f"{binding}.QtWidgets")
    application = widgets.QApplication.instance() or widgets.QApplication([])
    assert widgets.QLabel("Cosmos", objectName="text").sizeHint().width() > 0
    assert application.platformName() == "offscreen"
