"""Which Qt is taken, without any Qt."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import cosmos_bridge

ITS_OWN = """
class QtCore: Qt, Signal = "Houdini's own", None
class QtGui: QShortcut = None
class QtWidgets: pass
"""


def test_houdinis_own_choice_comes_first(tmp_path: Path) -> None:
    (tmp_path / "hutil").mkdir()
    (tmp_path / "hutil" / "__init__.py").touch()
    (tmp_path / "hutil" / "PySide.py").write_text(ITS_OWN)
    plugin = Path(cosmos_bridge.__file__).parents[1]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(plugin)])}
    command = [sys.executable, "-c", "from cosmos_bridge import qt; print(qt.Qt)"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    assert done.stdout == "Houdini's own\n"
