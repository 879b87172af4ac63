"""What all tests of the plugin share."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.checked_wire import checked_wire
from support.daemon import Daemon
from support.fake_hou import Houdini

# Before any Qt is imported: the tests draw, and need no screen for it.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what starts a daemon: the quick tests leave it out."""
    for item in items:
        if isinstance(item, pytest.Function) and {"daemon", "module_daemon"} & set(item.fixturenames):
            item.add_marker("daemon")


@pytest.fixture(autouse=True)
def no_daemon_of_this_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test finds, starts or sends to the daemon of the person who runs the tests."""
    for variable in ("COSMOS_DAEMON_URL", "COSMOS_DAEMON_TOKEN"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("COSMOS_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("COSMOS_CONFIG", str(tmp_path / "cosmos.toml"))


@pytest.fixture(autouse=True)
def every_message_fits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever a test sends to a daemon and hears of it is held against the daemon's schemas."""
    with checked_wire(monkeypatch):
        yield


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[Daemon]:
    """A running daemon of this test's own; COSMOS_STATE_DIR points to it."""
    place = Daemon(tmp_path)
    place.start()
    yield place
    place.stop()


@pytest.fixture(scope="module")
def module_daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    """One daemon for a file of tests that leave it as it is."""
    place = Daemon(tmp_path_factory.mktemp("daemon"))
    place.start()
    yield place
    place.stop()


@pytest.fixture
def running(module_daemon: Daemon, monkeypatch: pytest.MonkeyPatch) -> Daemon:
    """The daemon of the file; COSMOS_STATE_DIR points to it."""
    for name, value in module_daemon.env.items():
        monkeypatch.setenv(name, value)
    return module_daemon


@pytest.fixture
def houdini(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Houdini:
    """A fake hython session, imported as `hou`; its scene is <tmp>/job/city_v003.hip. See support/fake_hou."""
    return _session(tmp_path, monkeypatch, ui=False)


@pytest.fixture
def houdini_ui(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Houdini:
    """The same with a user interface."""
    return _session(tmp_path, monkeypatch, ui=True)


def _session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ui: bool) -> Houdini:
    session = Houdini(tmp_path / "job" / "city_v003.hip", ui=ui)
    monkeypatch.setitem(sys.modules, "hou", session.module)
    return session
