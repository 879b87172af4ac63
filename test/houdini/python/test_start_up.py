"""What runs when Houdini starts: it may do little, and nothing that stops it."""

from __future__ import annotations

import sys
import types

import pytest

from support.fake_hou import Houdini
from support.shipped import PLUGIN

START_UP = PLUGIN.parent / "start_up"


def run_startup(monkeypatch: pytest.MonkeyPatch, name: str, *, attach: object, hou: object = None) -> None:
    """A start-up file, as Houdini runs it, with stand-ins for what it imports."""
    monkeypatch.setitem(sys.modules, "hou", hou)
    monkeypatch.setitem(sys.modules, "cosmos_bridge.attach", attach)
    file = START_UP / name
    exec(compile(file.read_text("utf-8"), str(file), "exec"), {})


class Starts:
    """Counts calls of `attach.start`."""

    def __init__(self, error: Exception | None = None) -> None:
        self.count = 0
        self._error = error

    def start(self) -> None:
        """As the real one is called."""
        self.count += 1
        if self._error is not None:
            raise self._error


@pytest.mark.parametrize(("name", "has_windows"), [("uiready.py", True), ("pythonrc.py", False)])
def test_start_up(monkeypatch: pytest.MonkeyPatch, name: str, has_windows: bool) -> None:
    attach = Starts()
    run_startup(monkeypatch, name, attach=attach, hou=types.SimpleNamespace(isUIAvailable=lambda: has_windows))
    assert attach.count == 1


def test_with_windows_it_is_left_to_uiready(monkeypatch: pytest.MonkeyPatch) -> None:
    attach = Starts()
    run_startup(monkeypatch, "pythonrc.py", attach=attach, hou=types.SimpleNamespace(isUIAvailable=lambda: True))
    assert attach.count == 0


@pytest.mark.parametrize("name", ["uiready.py", "pythonrc.py"])
def test_a_broken_plugin_stops_no_houdini(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    broken = Starts(RuntimeError("no such thing"))
    run_startup(monkeypatch, name, attach=broken, hou=types.SimpleNamespace(isUIAvailable=lambda: False))
    assert capsys.readouterr().err == "Cosmos Bridge is off in this session: no such thing\n"


def test_hython_and_houdini_hear_each_scene_once(houdini: Houdini) -> None:
    for name in ("pythonrc.py", "uiready.py"):
        exec(compile((START_UP / name).read_text("utf-8"), name, "exec"), {})
    assert [callback.__name__ for callback in houdini.module.hipFile.eventCallbacks()] == ["on_file_event"]


def test_nothing_takes_the_place_of_a_studio_script() -> None:
    assert not [file for file in PLUGIN.parent.rglob("*.py") if file.name in ("123.py", "456.py")]
