"""A simulated evening: renders that send themselves to a real daemon, which makes real previews of them."""

from __future__ import annotations

import time
from typing import Any

import pytest

from cosmos_bridge import attach, auto_send, deliver, hooks, wait
from cosmos_bridge.choices import Choices, keep_choices
from cosmos_bridge.wait import wait_for
from support.daemon import Daemon
from support.fake_hou import Houdini
from support.limits import PATIENCE
from support.renders import Node, folder_of, karma, set_up

#: Seconds of quiet after which a folder without manifest counts as finished: less than a frame takes.
SETTLE = 0.2
FRAMES: dict[str, Any] = {"f1": 31, "f2": 40}


@pytest.fixture
def evening(houdini: Houdini, monkeypatch: pytest.MonkeyPatch) -> Node:
    """A scene that was saved with auto-send on, closed, and opened again."""
    monkeypatch.setattr(deliver, "PATIENCE", PATIENCE)  # else a machine that is busy makes a spooled clip of it
    monkeypatch.setattr(deliver, "REACH", PATIENCE)
    monkeypatch.setattr(wait, "BETWEEN", 0.05)
    hooks.forget_all()
    attach.start()
    auto_send.turn_on([karma(houdini, **FRAMES)])
    houdini.module.hipFile.save()
    houdini.module.hipFile.load(houdini.module.hipFile.path())
    return houdini.module.node("/out/karma1")


def jobs_of(daemon: Daemon) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = daemon.call("job.list")["jobs"]
    return found


def the_job(daemon: Daemon, count: int) -> str:
    """Id of the newest of so many jobs; a spooled one takes a moment to come."""
    deadline = time.monotonic() + PATIENCE
    while len(jobs_of(daemon)) < count and time.monotonic() < deadline:
        time.sleep(0.05)
    jobs = jobs_of(daemon)
    assert len(jobs) == count, daemon.words()
    return str(jobs[-1]["id"])


def test_a_render_sends_itself_and_frames_rendered_again_make_one_new_revision(
    houdini: Houdini, evening: Node, daemon: Daemon, capsys: pytest.CaptureFixture[str]
) -> None:
    daemon.call("watch.add", path=str(houdini.scene.hip.parent), settle=SETTLE)
    evening.render()
    assert houdini.scene.callback_errors == []
    assert "city: frames 31-40 are new; sent as job-" in capsys.readouterr().err
    first = wait_for(the_job(daemon, 1))
    assert first["state"] == "succeeded", first
    assert first["tags"] == ["auto-send"]
    assert (folder_of(houdini) / "city_preview.mp4").exists()

    set_up(houdini, grey=180, pause=SETTLE * 3)
    evening.render(frame_range=(37, 39))
    assert "city: frames 37-39 of 31-40 are new; sent as job-" in capsys.readouterr().err
    second = wait_for(the_job(daemon, 2))
    assert second["state"] == "succeeded", second
    [clip] = daemon.call("clip.list")["clips"]
    assert (clip["revision"], clip["frames"]) == (2, 10)
    stale = {result["job"]: result["stale"] for result in daemon.call("result.list")["results"]}
    assert stale == {first["id"]: True, second["id"]: False}


def test_a_scene_that_names_a_model_starts_nothing_without_a_person(
    houdini: Houdini, evening: Node, daemon: Daemon, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_choices(evening, Choices(auto_send=True, engine="transfer2.5", prompt="Rain"))
    evening.render()
    assert "waits for you: A render sent it by itself" in capsys.readouterr().err
    held = wait_for(the_job(daemon, 1))
    assert held["state"] == "held", held
    assert "`cosmos job release`" in held["reason"]


def test_what_is_rendered_while_the_daemon_is_down_is_sent_once_when_it_is_back(
    houdini: Houdini, evening: Node, daemon: Daemon, capsys: pytest.CaptureFixture[str]
) -> None:
    daemon.stop()
    evening.render()
    evening.render()
    assert "the daemon does not answer; the clip will be sent once when it does" in capsys.readouterr().err
    daemon.start()
    sent = wait_for(the_job(daemon, 1))
    assert sent["state"] == "succeeded", sent
    daemon.kill()
    daemon.start()
    assert [job["id"] for job in jobs_of(daemon)] == [sent["id"]]
    assert list((daemon.state / "spool").glob("*.json")) == []
