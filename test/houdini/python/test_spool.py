"""What is kept for a daemon that is away, and what the daemon makes of it."""

from __future__ import annotations

import json
import os
import stat
import time
from pathlib import Path

import pytest

from cosmos_bridge import spool
from cosmos_bridge.errors import CosmosError
from cosmos_bridge.wire import JobOptions
from support.daemon import Daemon
from support.frames import write_clip
from support.schemas import check

KEY = "houdini:0123"


def test_an_entry_is_what_the_daemon_reads(tmp_path: Path) -> None:
    options: JobOptions = {"engine": "preview", "weights": {"edge": 0.5, "seg": "off"}, "tags": ["evening"]}
    entry = spool.entry(tmp_path / "street", KEY, options, unattended=True)
    check("spool-entry", entry)
    file = spool.write(entry)
    assert json.loads(file.read_text(encoding="utf-8")) == entry
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_an_entry_of_the_same_key_takes_its_place(tmp_path: Path) -> None:
    spool.write(spool.entry(tmp_path / "street", KEY, {"seed": 1}))
    file = spool.write(spool.entry(tmp_path / "street", KEY, {"seed": 2}))
    [kept] = file.parent.iterdir()
    assert json.loads(kept.read_text(encoding="utf-8"))["options"] == {"seed": 2}


def test_nobody_else_reads_it(tmp_path: Path) -> None:
    file = spool.write(spool.entry(tmp_path / "street", KEY))
    if os.name != "nt":
        for path in (file.parent, file.parent.parent):
            assert stat.S_IMODE(path.stat().st_mode) == 0o700


def test_a_disk_that_takes_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    with pytest.raises(CosmosError) as unwritable:
        spool.write(spool.entry(tmp_path / "street", KEY))
    assert unwritable.value.code == "spool_unwritable"


def test_the_daemon_sends_it_once_when_it_returns_and_while_it_runs(daemon: Daemon) -> None:
    daemon.stop()
    street = write_clip(daemon.exports / "street")
    before = spool.write(spool.entry(street, "houdini:street", {"prompt": "a street at night"}, unattended=True))
    daemon.start()
    roof = write_clip(daemon.exports / "roof")
    during = spool.write(spool.entry(roof, "houdini:roof", {"prompt": "a roof in the rain"}))

    _until_gone(before, daemon)
    _until_gone(during, daemon)
    jobs = daemon.call("job.list")["jobs"]
    assert sorted((job["name"], job["settings"]["prompt"]) for job in jobs) == [
        ("roof", "a roof in the rain"),
        ("street", "a street at night"),
    ]


def _until_gone(file: Path, daemon: Daemon) -> None:
    deadline = time.monotonic() + 20
    while file.exists():
        assert time.monotonic() < deadline, daemon.words()
        time.sleep(0.02)
