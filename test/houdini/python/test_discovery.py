"""daemon.json is believed only when it is this user's own."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from cosmos_bridge.discovery import Discovery, find_daemon
from cosmos_bridge.errors import CosmosError

FACTS = {"url": "ws://127.0.0.1:9/rpc", "token": "secret", "pid": 7, "startId": "one"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "state").mkdir()
    return tmp_path / "state" / "daemon.json"


def test_what_it_says(file: Path) -> None:
    file.write_text(json.dumps({**FACTS, "version": "0.1.0", "later": True}))
    assert find_daemon() == Discovery("ws://127.0.0.1:9/rpc", "secret", 7, "one")


def test_the_token_is_in_no_message() -> None:
    assert "secret" not in repr(Discovery("ws://127.0.0.1:9/rpc", "secret"))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"url": "ws://127.0.0.1:9/rpc"}', "null"])
def test_half_a_file_is_no_daemon(file: Path, text: str) -> None:
    file.write_text(text)
    assert find_daemon() is None


def test_no_file_is_no_daemon(file: Path) -> None:
    assert not file.exists()
    assert find_daemon() is None


def test_somebody_elses_file_is_refused_with_a_sentence(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text(json.dumps(FACTS))
    monkeypatch.setattr(os, "getuid", lambda: file.stat().st_uid + 1, raising=False)
    with pytest.raises(CosmosError) as refused:
        find_daemon()
    assert refused.value.code == "discovery_refused"
    assert "another user" in refused.value.sentence
    assert "COSMOS_STATE_DIR" in refused.value.sentence


def test_a_file_that_cannot_be_read_is_told(file: Path) -> None:
    file.mkdir()  # a folder in its place: what even root cannot read as a file
    with pytest.raises(CosmosError) as refused:
        find_daemon()
    assert refused.value.code == "discovery_refused"
    assert str(file) in refused.value.sentence
