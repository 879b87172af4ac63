"""Send to Cosmos: what is found, written and sent, and what is said when it cannot be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from cosmos_bridge import auto_send, hooks, send
from cosmos_bridge.choices import Choices, read_choices
from cosmos_bridge.render_first import render
from cosmos_bridge.rop.frames import FrameRange
from support.fake_hou import Houdini
from support.renders import SIZE, Node, folder_of, karma, set_up
from support.schemas import check, check_params


class Daemon:
    """Takes everything, and remembers it."""

    def __init__(self) -> None:
        self.submitted: list[dict[str, Any]] = []

    @contextmanager
    def connect(self) -> Iterator[Daemon]:
        yield self

    def call(self, method: str, params: Any = None, timeout: float | None = None) -> dict[str, Any]:
        check_params(method, params or {})
        if method == "job.submit":
            self.submitted.append(params)
            return {"jobs": [{"id": f"job-{len(self.submitted)}", "state": "preparing", "settings": {}}]}
        if method == "clip.register":
            return {"clip": {"root": params["path"], "existing": False}}
        raise AssertionError(f"a send does not ask for {method}")


@pytest.fixture
def daemon_double() -> Daemon:
    return Daemon()


def test_a_node_is_sent_with_its_choices(houdini: Houdini, daemon_double: Daemon) -> None:
    rop = karma(houdini)
    rop.render()
    outcome = send.send([rop], Choices(prompt="Rain", weights={"depth": 0.5}), connect=daemon_double.connect)
    assert outcome.sentence() == "city: sent as job-1."
    manifest = json.loads((folder_of(houdini) / "cosmos-clip.json").read_text())
    check("clip-manifest", manifest)
    assert manifest["frames"] == {"first": 1, "last": 4, "step": 1}
    [asked] = daemon_double.submitted
    assert asked["targets"] == [str(folder_of(houdini))]
    assert asked["options"]["prompt"] == "Rain"
    assert "unattended" not in asked
    assert read_choices(rop).prompt == "Rain"


def test_a_repeat_sends_the_kept_choices_under_the_same_key(houdini: Houdini, daemon_double: Daemon) -> None:
    rop = karma(houdini)
    rop.render()
    send.send([rop], Choices(prompt="Rain"), connect=daemon_double.connect)
    written = (folder_of(houdini) / "cosmos-clip.json").stat().st_mtime_ns
    houdini.module.hipFile.save()  # another hash of the scene is no other clip
    send.send([rop], None, connect=daemon_double.connect)
    first, second = daemon_double.submitted
    assert first == second
    assert (folder_of(houdini) / "cosmos-clip.json").stat().st_mtime_ns == written


def test_another_prompt_is_another_job_of_the_same_revision(houdini: Houdini, daemon_double: Daemon) -> None:
    rop = karma(houdini)
    rop.render()
    send.send([rop], Choices(prompt="Rain"), connect=daemon_double.connect)
    written = (folder_of(houdini) / "cosmos-clip.json").read_bytes()
    send.send([rop], Choices(prompt="Snow"), connect=daemon_double.connect)
    assert (folder_of(houdini) / "cosmos-clip.json").read_bytes() == written
    assert len({asked["idempotencyKey"] for asked in daemon_double.submitted}) == 2


def test_the_switch_of_auto_send_is_not_the_dialogs(houdini: Houdini, daemon_double: Daemon) -> None:
    rop = karma(houdini)
    rop.render()
    rop.setUserData("cosmos_choices", '{"schema": "cosmos-choices/1", "auto_send": true}')
    send.send([rop], Choices(prompt="Rain"), connect=daemon_double.connect)
    assert read_choices(rop) == Choices(prompt="Rain", auto_send=True)


def test_missing_frames_are_named_with_the_remedy(houdini: Houdini, daemon_double: Daemon) -> None:
    rop = karma(houdini)
    rop.render()
    (folder_of(houdini) / "color.0003.png").unlink()
    [clip] = send.plan([rop]).clips
    assert clip.passes.missing == {"color": (3,)}
    outcome = send.send([rop], Choices(), connect=daemon_double.connect)
    assert outcome.deliveries == ()
    assert "frame 3 missing" in outcome.sentence()
    assert daemon_double.submitted == []
    assert not (folder_of(houdini) / "cosmos-clip.json").exists()


def test_rendering_first_sends_once_even_where_auto_send_is_on(
    houdini: Houdini, daemon_double: Daemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    rop = karma(houdini)
    hooks.attach(rop)
    monkeypatch.setattr("cosmos_bridge.rendered.send_rendered", lambda *_: pytest.fail("sent twice"))
    for _ in range(2):
        send.send([rop], Choices(), "render", connect=daemon_double.connect)
    assert len(daemon_double.submitted) == 2
    assert houdini.scene.callback_errors == []
    assert list(folder_of(houdini).glob(".*")) == []


def test_a_node_in_solaris_is_rendered_by_its_button(houdini: Houdini, daemon_double: Daemon) -> None:
    set_up(houdini)
    lop: Node = houdini.lop("/stage/karma1", "karma", picture="$HIP/city/color.$F4.png", trange=1, f1=1, f2=2)
    lop.parm("resolutionx").set(SIZE[0])
    lop.parm("resolutiony").set(SIZE[1])
    outcome = send.send([lop], Choices(), "render", connect=daemon_double.connect)
    assert outcome.problems == ()
    assert len(daemon_double.submitted) == 1
    with pytest.raises(Exception, match="its own frame range only"):
        render([lop], FrameRange(1, 9))


def test_a_fetch_node_is_what_it_fetches(houdini: Houdini, daemon_double: Daemon) -> None:
    rop = karma(houdini)
    first = houdini.add("/out/fetch1", "fetch", source="/out/karma1")
    second = houdini.add("/out/fetch2", "fetch", source="../fetch1")
    outcome = send.send([second, rop, first], Choices(prompt="Rain"), "render", connect=daemon_double.connect)
    assert outcome.sentence() == "city: sent as job-1."
    assert read_choices(rop).prompt == "Rain"
    assert "/out/fetch1 only fetches /out/karma1: select that node." in auto_send.turn_on([first]).sentence()
    first.parm("source").set("../fetch2")
    assert [problem.code for problem in send.plan([second]).problems] == ["fetch_empty"]


def test_a_render_that_fails_sends_nothing(houdini: Houdini, daemon_double: Daemon) -> None:
    rop = karma(houdini)

    def fail(node: object, frame: int) -> None:
        raise houdini.module.OperationFailed("No licence.\nTraceback ...")

    houdini.scene.writer = fail
    with pytest.raises(Exception, match=r"did not render, and nothing was sent: No licence\.$"):
        send.send([rop], Choices(), "render", connect=daemon_double.connect)
    assert daemon_double.submitted == []


def test_two_nodes_of_one_folder_are_one_clip_and_two_folders_are_two(houdini: Houdini, daemon_double: Daemon) -> None:
    color, depth = karma(houdini), karma(houdini, "/out/depth1", "$HIP/city/depth/depth.$F4.png")
    other = karma(houdini, "/out/karma2", "$HIP/town/color.$F4.png")
    for rop in (color, depth, other):
        rop.render()
    clips = send.plan([color, depth, other]).clips
    assert [(clip.passes.folder.name, list(clip.passes.found)) for clip in clips] == [
        ("city", ["color", "depth"]),
        ("town", ["color"]),
    ]
    outcome = send.send([color, depth, other], Choices(), connect=daemon_double.connect)
    assert len(outcome.deliveries) == 2


def test_a_clip_in_a_folder_below_another_is_its_own(houdini: Houdini) -> None:
    one, other = karma(houdini, "/out/a", "$HIP/color.$F4.png"), karma(houdini, "/out/b", "$HIP/b/color.$F4.png")
    for rop in (one, other):
        rop.render()
    assert [clip.node for clip in send.plan([other, one]).clips] == ["/out/a", "/out/b"]


def test_without_nodes_the_clips_of_the_scene_are_listed(houdini: Houdini) -> None:
    karma(houdini).render()
    karma(houdini, "/out/karma2", "")
    found = send.plan([])
    assert [clip.node for clip in found.clips] == ["/out/karma1"]
    assert found.problems == ()
    assert [problem.code for problem in send.plan([houdini.module.node("/out/karma2")]).problems] == ["output_missing"]


def test_a_repeat_for_the_whole_scene_sends_what_was_sent_before(houdini: Houdini, daemon_double: Daemon) -> None:
    known, never = karma(houdini), karma(houdini, "/out/karma2", "$HIP/town/color.$F4.png")
    for rop in (known, never):
        rop.render()
    send.send([known], Choices(prompt="Rain"), connect=daemon_double.connect)
    outcome = send.send([], None, connect=daemon_double.connect)
    assert [delivery.clip for delivery in outcome.deliveries] == ["city"]


def test_a_folder_that_cannot_be_written_is_named(
    houdini: Houdini, daemon_double: Daemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    rop = karma(houdini)
    rop.render()

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cosmos_bridge.compose.write_manifest", refuse)
    outcome = send.send([rop], Choices(), connect=daemon_double.connect)
    assert f"into {folder_of(houdini)} (No space left on device)" in outcome.sentence()
    assert daemon_double.submitted == []


def test_one_clip_that_cannot_be_sent_keeps_no_other_back(houdini: Houdini, daemon_double: Daemon) -> None:
    good, bad = karma(houdini), karma(houdini, "/out/karma2", "$HIP/town/color.$F4.png")
    good.render()
    outcome = send.send([bad, good], Choices(), connect=daemon_double.connect)
    assert [delivery.clip for delivery in outcome.deliveries] == ["city"]
    assert [problem.code for problem in outcome.problems] == ["frames_missing"]


def test_other_frames_than_the_nodes_own(houdini: Houdini, daemon_double: Daemon) -> None:
    rop = karma(houdini)
    parcels, problems = send.prepare([rop], Choices(), "render", FrameRange(-2, 2, 2))
    assert problems == []
    manifest = json.loads((parcels[0].folder / "cosmos-clip.json").read_text())
    assert manifest["frames"] == {"first": -2, "last": 2, "step": 2}


def test_damaged_choices_are_chosen_again(houdini: Houdini, daemon_double: Daemon) -> None:
    rop = karma(houdini)
    rop.render()
    rop.setUserData("cosmos_choices", "{")
    send.send([rop], Choices(prompt="Rain"), connect=daemon_double.connect)
    assert read_choices(rop).prompt == "Rain"
