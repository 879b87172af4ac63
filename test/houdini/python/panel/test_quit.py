"""A Houdini that quits with an open panel ends cleanly: no thread holds it up, nothing aborts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import cosmos_bridge
import support
from support.limits import PATIENCE

pytestmark = pytest.mark.qt

SCRIPT = """
import pathlib, sys
from support.fake_hou import Houdini
sys.modules["hou"] = Houdini(pathlib.Path("city.hip"), ui=True).module
from cosmos_bridge.panel import CosmosPanel
from cosmos_bridge.qt import QtCore
from support.qt import application
app = application()
panes = [CosmosPanel(), CosmosPanel()]
for pane in panes:
    pane.show()
panes[0].session.pictures.fetch("http://127.0.0.1:1/nothing", len)
QtCore.QTimer.singleShot(100, app.quit)
(app.exec if hasattr(app, "exec") else app.exec_)()
print("the end")
"""


@pytest.mark.parametrize("last_words", ["", "del panes"])
def test_quitting_with_open_panels(last_words: str, tmp_path: Path) -> None:
    folders = [str(Path(module.__file__ or "").parents[1]) for module in (cosmos_bridge, support)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(folders)}
    command = [sys.executable, "-c", SCRIPT + last_words]
    done = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stdout) == (0, "the end\n"), done.stderr
    assert "Traceback" not in done.stderr, done.stderr
