"""Starting a daemon as `cosmos daemon install` wrote it down."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from cosmos_bridge.client import connect
from cosmos_bridge.errors import CosmosError
from cosmos_bridge.starter import start_daemon, without_houdini
from support.daemon import Daemon


def install(folder: Path, argv: Sequence[str], state: Path) -> None:
    """Writes install.json as the daemon's own command does."""
    facts = {"argv": list(argv), "stateDir": str(state), "config": None, "version": "0.1.0"}
    (folder / "install.json").write_text(json.dumps(facts))


@pytest.mark.daemon
def test_it_starts_a_daemon_that_answers_and_goes_on_without_us(tmp_path: Path) -> None:
    place = Daemon(tmp_path)
    install(tmp_path, place.argv, place.state)
    found = start_daemon()
    with connect(10) as client:
        assert client.call("daemon.status")["pid"] == found.pid
        if os.name != "nt":  # a session of its own: the end of a terminal or of Houdini is not its end
            assert os.getsid(found.pid) == found.pid
        assert start_daemon().pid == found.pid  # one is enough
        client.call("daemon.stop")


def test_a_computer_without_the_daemon_is_told_what_to_run() -> None:
    with pytest.raises(CosmosError) as problem:
        start_daemon()
    assert problem.value.code == "not_installed"
    assert "cosmos daemon install" in problem.value.sentence


@pytest.mark.parametrize("text", ["{", "[]", '{"argv": "node"}'])
def test_a_damaged_install_json_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "install.json").write_text(text)
    with pytest.raises(CosmosError, match="install"):
        start_daemon()


def test_a_daemon_of_another_state_folder_is_not_started(tmp_path: Path) -> None:
    install(tmp_path, [sys.executable], tmp_path / "other")
    with pytest.raises(CosmosError, match="COSMOS_STATE_DIR"):
        start_daemon()


def test_a_program_that_is_gone_is_told(tmp_path: Path) -> None:
    install(tmp_path, [str(tmp_path / "gone")], tmp_path / "state")
    with pytest.raises(CosmosError, match="cosmos daemon install"):
        start_daemon()


def test_a_daemon_that_ends_at_once_is_told_with_its_last_words(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    (state / "daemon.log").write_text('{"level":50,"msg":"ffmpeg is missing."}\n')
    install(tmp_path, [sys.executable, "-c", "raise SystemExit(1)"], state)
    with pytest.raises(CosmosError, match="did not start \\(ffmpeg is missing\\)") as problem:
        start_daemon()
    assert problem.value.code == "daemon_away"


def test_a_daemon_elsewhere_is_not_started_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COSMOS_DAEMON_URL", "ws://127.0.0.1:9/rpc")
    with pytest.raises(CosmosError, match="COSMOS_DAEMON_URL"):
        start_daemon()


def test_what_houdini_sets_for_itself_does_not_reach_the_daemon() -> None:
    hfs = str(Path("/opt/hfs21.0"))
    path = os.pathsep.join([f"{hfs}/bin", "/usr/bin"])
    env = {"HFS": hfs, "PATH": path, "LD_LIBRARY_PATH": f"{hfs}/dsolib", "PYTHONHOME": f"{hfs}/python", "HOME": "/h"}
    assert without_houdini(env) == {"HFS": hfs, "PATH": "/usr/bin", "LD_LIBRARY_PATH": "", "HOME": "/h"}
