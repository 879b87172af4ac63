"""The evening again, with images that come after their renders: a real daemon sends each revision once, by itself."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cosmos_bridge import attach, auto_send, deliver, hooks, wait
from cosmos_bridge.errors import CosmosError
from cosmos_bridge.render_note import notes_in
from cosmos_bridge.wait import wait_for
from support.daemon import Daemon
from support.fake_hou import Houdini
from support.images import write_png
from support.limits import PATIENCE
from support.renders import SIZE, Node, folder_of, karma, set_up

SETTLE = 0.1


@pytest.fixture
def rop(houdini: Houdini, daemon: Daemon, monkeypatch: pytest.MonkeyPatch) -> Node:
    """A Karma node as it is by default, which sends itself; its folder is nobody's watched folder yet."""
    monkeypatch.setattr(deliver, "PATIENCE", PATIENCE)
    monkeypatch.setattr(deliver, "REACH", PATIENCE)
    monkeypatch.setattr(wait, "BETWEEN", 0.05)
    hooks.forget_all()
    attach.start()
    daemon.call("queue.pause")  # what is sent is asked here; that it runs is seen once
    found = karma(houdini, soho_foreground=0)
    auto_send.turn_on([found])
    return found


@pytest.fixture
def watched(houdini: Houdini, daemon: Daemon) -> None:
    """The scene's folder is watched, without auto-send of its own."""
    houdini.scene.hip.parent.mkdir(parents=True, exist_ok=True)
    daemon.call("watch.add", path=str(houdini.scene.hip.parent), settle=SETTLE)


def until(daemon: Daemon, found: Callable[[], Any]) -> Any:
    """The first true answer."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        answer = found()
        if answer:
            return answer
        time.sleep(0.02)
    raise AssertionError(daemon.words())


def clip_of(daemon: Daemon, name: str = "city") -> Any:
    return next((clip for clip in daemon.call("clip.list")["clips"] if clip["name"] == name), None)


def says(daemon: Daemon, words: str, state: str = "writing") -> None:
    """Waits until the clip is in that state for that reason."""

    def told() -> bool:
        clip = clip_of(daemon)
        return clip is not None and clip["state"] == state and words in clip["reason"]

    until(daemon, told)


def jobs_of(daemon: Daemon) -> list[Any]:
    return list(daemon.call("job.list")["jobs"])


def the_job(daemon: Daemon, count: int) -> Any:
    """The newest of so many jobs, which is of the newest revision; there are no more of them."""
    until(daemon, lambda: len(jobs_of(daemon)) >= count)
    jobs = jobs_of(daemon)
    assert len(jobs) == count, daemon.words()
    assert jobs[-1]["source"]["revision"] == clip_of(daemon)["revision"]
    return jobs[-1]


def nothing_is_left(houdini: Houdini, daemon: Daemon, name: str = "city") -> None:
    until(daemon, lambda: not list((daemon.state / "spool").glob("*.json")))
    assert list(folder_of(houdini, name).glob(".cosmos*")) == []
    assert clip_of(daemon)["state"] == "ready"


def rounds(daemon: Daemon) -> None:
    """Looks of the daemon that began now have ended, and the quiet that would have been enough is over."""
    time.sleep(SETTLE * 4)
    daemon.call("clip.register", path=clip_of(daemon)["path"])


def test_first_render_frames_again_and_a_longer_range(
    houdini: Houdini, rop: Node, daemon: Daemon, watched: None, capsys: pytest.CaptureFixture[str]
) -> None:
    husk = houdini.scene.late
    rop.render()
    assert capsys.readouterr().err == "Cosmos: city will be sent when its frames 1-4 are complete.\n"
    says(daemon, "writing: waits for frames 1-4 of the render of /out/karma1 that began ")
    husk.arrive(2, 1)
    says(daemon, "waits for frames 3-4 of")
    rounds(daemon)
    assert jobs_of(daemon) == []
    husk.arrive()
    first = the_job(daemon, 1)
    assert first["tags"] == ["auto-send"]
    daemon.call("queue.resume")
    assert wait_for(first["id"])["state"] == "succeeded", daemon.words()
    daemon.call("queue.pause")
    clip = clip_of(daemon)
    assert (clip["revision"], clip["frames"], clip["fps"], clip["hasManifest"]) == (1, 4, 24, True)
    nothing_is_left(houdini, daemon)

    set_up(houdini, grey=180)
    rop.render(frame_range=(2, 3))
    assert "city will be sent when its frames 2-3 are complete" in capsys.readouterr().err
    husk.arrive(3)
    says(daemon, "waits for frame 2 of")
    rounds(daemon)  # half of it is old, and quiet
    assert (clip_of(daemon)["revision"], len(jobs_of(daemon))) == (1, 1)
    husk.arrive()
    the_job(daemon, 2)
    assert clip_of(daemon)["revision"] == 2
    assert [result["stale"] for result in daemon.call("result.list")["results"]] == [True]

    set_up(houdini, grey=20)
    rop.parm("f2").set(6)
    rop.render()
    husk.arrive(5, 6, 1, 2)
    says(daemon, "waits for frames 3-4 of")
    husk.arrive()
    the_job(daemon, 3)
    clip = clip_of(daemon)
    assert (clip["revision"], clip["frames"], clip["range"]) == (3, 6, {"first": 1, "last": 6, "step": 1})
    nothing_is_left(houdini, daemon)


def test_a_folder_that_nobody_watches_and_a_daemon_that_was_away(
    houdini: Houdini, rop: Node, daemon: Daemon, capsys: pytest.CaptureFixture[str]
) -> None:
    daemon.stop()
    rop.render()
    assert "; the daemon does not answer now, and sends it when it runs again." in capsys.readouterr().err
    houdini.scene.late.arrive(1, 2)
    daemon.start()
    says(daemon, "waits for frames 3-4 of")
    daemon.kill()
    daemon.start()
    says(daemon, "waits for frames 3-4 of")
    houdini.scene.late.arrive()
    the_job(daemon, 1)
    nothing_is_left(houdini, daemon)


def test_two_nodes_into_one_folder_are_one_revision(houdini: Houdini, rop: Node, daemon: Daemon, watched: None) -> None:
    depth = karma(houdini, "/out/depth1", "$HIP/city/depth.$F4.png", soho_foreground=0)
    auto_send.turn_on([depth])
    for count in (1, 2):
        set_up(houdini, grey=100 + count)
        rop.render()
        depth.render()
        while houdini.scene.late.waiting[1:]:
            houdini.scene.late.arrive(houdini.scene.late.waiting[-1][1])
        says(daemon, "waits for frame")
        rounds(daemon)
        assert len(jobs_of(daemon)) == count - 1
        houdini.scene.late.arrive()
        the_job(daemon, count)
        assert (clip_of(daemon)["revision"], clip_of(daemon)["passes"]) == (count, ["color", "depth"])
        nothing_is_left(houdini, daemon)


def test_a_render_that_is_cancelled_is_told_and_the_next_one_is_sent(
    houdini: Houdini, rop: Node, daemon: Daemon, watched: None
) -> None:
    rop.parm("soho_foreground").set(1)
    rop.render()
    the_job(daemon, 1)

    def stop(node: Node, frame: int) -> None:
        if frame == 3:
            raise houdini.module.OperationInterrupted("Esc")
        write_png(folder_of(houdini) / f"color.{frame:04}.png", SIZE, 200)

    houdini.scene.writer = stop
    with pytest.raises(houdini.module.OperationInterrupted):
        rop.render()
    says(daemon, "writing: waits for frames 3-4 of the render of /out/karma1 that began")
    rounds(daemon)
    assert (clip_of(daemon)["revision"], len(jobs_of(daemon))) == (1, 1), "half of it is old"
    set_up(houdini, grey=50)
    rop.render()
    the_job(daemon, 2)
    assert clip_of(daemon)["revision"] == 2
    nothing_is_left(houdini, daemon)


def test_houdini_dies_while_it_renders(
    houdini: Houdini, rop: Node, daemon: Daemon, watched: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    rop.parm("soho_foreground").set(1)
    rop.render()
    the_job(daemon, 1)

    def dies_after(written: int) -> None:
        def die(node: Node, frame: int) -> None:
            if frame <= written:
                write_png(folder_of(houdini) / f"color.{frame:04}.png", SIZE, 200 + written)
            if frame >= written:
                raise houdini.module.OperationFailed("a crash")

        houdini.scene.writer = die
        # It lives as long as it renders: a note of one that is gone would be judged before its frames are written.
        lives = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
        with lives, monkeypatch.context() as of, pytest.raises(houdini.module.OperationFailed):
            of.setattr(os, "getpid", lambda: lives.pid)
            rop.render()

    def is_ready(revision: int) -> bool:
        clip = clip_of(daemon)
        return (clip["state"], clip["revision"]) == ("ready", revision) and not notes_in(folder_of(houdini))

    dies_after(0)
    until(daemon, lambda: is_ready(1))
    dies_after(2)
    says(daemon, "frames 3-4 have not come: what rendered /out/karma1 ended during the render that began", "incomplete")
    rounds(daemon)
    assert clip_of(daemon)["revision"] == 1
    daemon.call("clip.withdraw", clip="city")
    until(daemon, lambda: is_ready(2))
    dies_after(4)
    until(daemon, lambda: is_ready(3))
    assert len(jobs_of(daemon)) == 1, "nobody sends what a crash has left but a watched folder with auto-send"
    nothing_is_left(houdini, daemon)


def test_husk_dies_and_then_the_folder_sends_by_itself(
    houdini: Houdini, rop: Node, daemon: Daemon, watched: None
) -> None:
    rop.render()
    houdini.scene.late.arrive(1, 2)
    says(daemon, "waits for frames 3-4 of")
    houdini.scene.late.die()
    clip = daemon.call("clip.withdraw", clip="city")["clip"]
    assert "waits for" not in clip["reason"]
    until(daemon, lambda: clip_of(daemon)["state"] == "ready")
    nothing_is_left(houdini, daemon)
    assert jobs_of(daemon) == []
    with pytest.raises(CosmosError, match="No render is waited for in city"):
        daemon.call("clip.withdraw", clip="city")

    folder: Path = houdini.scene.hip.parent
    daemon.call("watch.setAutoSend", path=str(folder), autoSend=True)
    for count in (1, 2):
        set_up(houdini, grey=90 + count)
        rop.render()
        houdini.scene.late.arrive(4, 3, 2)
        says(daemon, "waits for frame 1 of")
        houdini.scene.late.arrive()
        the_job(daemon, count)
        nothing_is_left(houdini, daemon)
        assert len(jobs_of(daemon)) == count
