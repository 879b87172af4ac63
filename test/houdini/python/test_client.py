"""The blocking client against a real daemon."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from cosmos_bridge import rpc
from cosmos_bridge.client import Client, connect
from cosmos_bridge.discovery import Discovery
from cosmos_bridge.errors import CosmosError
from support.daemon import ROOT, Daemon
from support.schemas import check_params, check_result

# What `npm test` has built before it runs, and what people install.
SHIPPED = ROOT / "dist" / "houdini" / "packages" / "cosmos_bridge" / "scripts" / "python"


def test_it_finds_the_daemon_and_calls_it(running: Daemon, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")  # a proxy that nobody answers at is not asked
    monkeypatch.setenv("no_proxy", "example.org")
    with connect(10) as client:
        status = client.call("daemon.status")
        check_result("daemon.status", status)
        assert Path(status["stateDir"]) == running.state
        with pytest.raises(CosmosError) as refused:
            client.call("clip.get", {"clip": "no such clip"})
        assert refused.value.code == "not_found"
        assert "no such clip" in refused.value.sentence


def test_no_daemon_is_told_in_a_sentence() -> None:
    with pytest.raises(CosmosError) as away:
        connect()
    assert away.value.code == "daemon_away"
    assert "cosmos daemon start" in away.value.sentence


def test_a_daemon_that_is_gone_leaves_its_address(daemon: Daemon) -> None:
    daemon.kill()
    with pytest.raises(CosmosError) as away:
        connect()
    assert away.value.code == "daemon_away"


def test_a_daemon_that_is_there_and_says_nothing_is_told_with_its_process() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:  # takes the call, as an event loop that stands still does
        url = f"ws://127.0.0.1:{mute.getsockname()[1]}/rpc"
        with pytest.raises(CosmosError) as away:
            Client(Discovery(url=url, token="any", pid=4242), 0.2).connect()
    assert away.value.code == "daemon_away"
    assert "process 4242 does not answer" in away.value.sentence


def test_a_wrong_token_is_told_apart(running: Daemon) -> None:
    url = json.loads((running.state / "daemon.json").read_text())["url"]
    with pytest.raises(CosmosError) as refused:
        Client(Discovery(url=url, token="wrong")).connect()
    assert refused.value.code == "unauthorized"


def test_an_address_by_hand_beats_the_file(running: Daemon, monkeypatch: pytest.MonkeyPatch) -> None:
    found = json.loads((running.state / "daemon.json").read_text())
    monkeypatch.setenv("COSMOS_STATE_DIR", str(running.state / "nothing here"))
    monkeypatch.setenv("COSMOS_DAEMON_URL", found["url"])
    with pytest.raises(CosmosError, match="COSMOS_DAEMON_TOKEN"):
        connect()
    monkeypatch.setenv("COSMOS_DAEMON_TOKEN", found["token"])
    connect(10).close()


def test_another_protocol_version_is_the_daemons_sentence(running: Daemon, monkeypatch: pytest.MonkeyPatch) -> None:
    assert running.state.exists()
    monkeypatch.setattr("cosmos_bridge.client.PROTOCOL_VERSION", rpc.PROTOCOL_VERSION + 1)
    with pytest.raises(CosmosError) as mismatch:
        connect(10)
    assert mismatch.value.code == "protocol_mismatch"
    assert "update the daemon" in mismatch.value.sentence


def test_hello_is_what_the_protocol_asks_for() -> None:
    message = json.loads(rpc.request(1, "hello", {"client": rpc.CLIENT_NAME, "protocol": rpc.PROTOCOL_VERSION}))
    check_params("hello", message["params"])


def test_the_plugin_as_it_is_shipped_brings_all_it_needs(running: Daemon) -> None:
    script = (
        f"import sys; sys.path.insert(0, {str(SHIPPED)!r})\n"
        "from cosmos_bridge.client import connect\n"
        "with connect(10) as client:\n"
        "    print(client.call('daemon.status')['stateDir'])\n"
        "print('cosmos_bridge.vendor.websocket' in sys.modules, 'websocket' in sys.modules)\n"
    )
    # -S: a Houdini has no websocket-client, so the one of this environment must not be seen either.
    done = subprocess.run([sys.executable, "-S", "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == [str(running.state), "True False"], done.stderr
