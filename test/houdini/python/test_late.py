"""Images that come after the render has ended, as Houdini's do by default: no old frame is ever sent as a new one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cosmos_bridge import auto_send, deliver, hooks, paths, rendered, send
from cosmos_bridge.choices import Choices
from cosmos_bridge.delivery import Delivery
from cosmos_bridge.parcel import Parcel
from cosmos_bridge.render_note import notes_in
from cosmos_bridge.wire import SpoolEntry
from support.fake_hou import Houdini
from support.renders import Node, folder_of, karma, set_up
from support.schemas import check


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Parcel]:
    """What was delivered; there is no daemon."""
    found: list[Parcel] = []

    def take(parcel: Parcel, connect: object = None) -> Delivery:
        found.append(parcel)
        return Delivery(parcel.name, parcel.folder, "spooled")

    monkeypatch.setattr(deliver, "deliver", take)
    monkeypatch.setattr(send, "deliver", take)
    monkeypatch.setattr(rendered, "BETWEEN_LOOKS", 0.001)
    hooks.forget_all()
    return found


def late(houdini: Houdini, **parms: Any) -> Node:
    """A Karma ROP as it is when it is made."""
    return karma(houdini, soho_foreground=0, **parms)


def listed(folder: Path) -> dict[str, float]:
    found = json.loads((folder / "cosmos-clip.json").read_text())["files"]
    return {file["path"]: file["mtime"] for file in found}


def waiting(houdini: Houdini) -> list[SpoolEntry]:
    """What the daemon is going to send, oldest first."""
    found = [json.loads(file.read_text()) for file in (paths.state_dir() / "spool").glob("*.json")]
    for entry in found:
        check("spool-entry", entry)
    return sorted(found, key=lambda entry: str(entry["writtenAt"]))


def test_a_first_render_is_left_to_the_daemon(
    houdini: Houdini, sent: list[Parcel], capsys: pytest.CaptureFixture[str]
) -> None:
    paths.state_dir().mkdir()
    rop = late(houdini)
    auto_send.turn_on([rop])
    rop.render()
    assert capsys.readouterr().err == (
        "Cosmos: city will be sent when its frames 1-4 are complete; the daemon does not answer now, and sends "
        "it when it runs again.\n"
    )
    [(file, note)] = notes_in(folder_of(houdini))
    check("render-note", json.loads(file.read_text()))
    [entry] = waiting(houdini)
    assert (entry["path"], entry["render"], entry["unattended"]) == (str(folder_of(houdini)), note["id"], True)
    assert note["clip"]["passes"] == {"color": {"pattern": "color.####.png"}}
    houdini.scene.late.arrive()
    assert send.send([rop], Choices()).problems == ()
    assert (len(sent), notes_in(folder_of(houdini))) == (1, []), "a manifest ends every wait"


def test_where_the_daemon_never_ran_nothing_is_left_that_nobody_reads(
    houdini: Houdini, sent: list[Parcel], capsys: pytest.CaptureFixture[str]
) -> None:
    rop = late(houdini)
    auto_send.turn_on([rop])
    rop.render()
    assert "if a daemon watches its folder with auto-send: Cosmos Bridge has never run" in capsys.readouterr().err
    assert not paths.state_dir().exists()
    assert len(notes_in(folder_of(houdini))) == 1


def test_a_render_over_old_frames_notes_what_they_were(houdini: Houdini, sent: list[Parcel]) -> None:
    rop = late(houdini)
    rop.parm("soho_foreground").set(1)
    auto_send.turn_on([rop])
    rop.render()
    [first] = sent
    before = (folder_of(houdini) / "cosmos-clip.json").read_bytes()
    rop.parm("soho_foreground").set(0)
    set_up(houdini, grey=10)
    rop.render(frame_range=(2, 3))
    assert sent == [first]
    assert (folder_of(houdini) / "cosmos-clip.json").read_bytes() == before, "it is the manifest of the old frames"
    [(_, note)] = notes_in(folder_of(houdini))
    assert {file["path"]: file["mtime"] for file in note["before"]} == listed(folder_of(houdini))
    assert (note["images"][0]["frames"], note["clip"]["frames"]) == (
        {"first": 2, "last": 3, "step": 1},
        {"first": 1, "last": 4, "step": 1},
    )
    houdini.scene.late.arrive()
    send.send([rop], Choices())
    assert len(sent) == 2 and sent[1].key != first.key


def test_a_manifest_that_an_older_version_withdrew_is_given_back(houdini: Houdini, sent: list[Parcel]) -> None:
    rop = late(houdini)
    auto_send.turn_on([rop])
    folder_of(houdini).mkdir(parents=True)
    (folder_of(houdini) / ".cosmos-clip.json.withdrawn").write_text("{}")
    rop.render()
    assert sorted(file.name for file in folder_of(houdini).glob("*cosmos-clip*")) == ["cosmos-clip.json"]


def test_switching_off_is_waiting_no_longer(houdini: Houdini, sent: list[Parcel]) -> None:
    rop = late(houdini)
    auto_send.turn_on([rop])
    rop.render()
    assert len(notes_in(folder_of(houdini))) == 1
    auto_send.turn_off([rop])
    assert notes_in(folder_of(houdini)) == []


def test_one_frame_of_a_longer_range_is_a_test(
    houdini: Houdini, sent: list[Parcel], capsys: pytest.CaptureFixture[str]
) -> None:
    rop = karma(houdini)
    auto_send.turn_on([rop])
    rop.render()
    rop.parm("trange").set(0)
    houdini.scene.frame = 3
    rop.render()
    assert len(sent) == 1
    assert capsys.readouterr().err.splitlines()[-1] == (
        "Cosmos: city was not sent: /out/karma1 rendered one frame of a longer range, which is taken for a test. "
        "Choose Render Frame Range to send every render, or send it from the shelf."
    )
    assert notes_in(folder_of(houdini)) == []
    rop.parm("trange").set(1)
    rop.render(frame_range=(3, 3))
    assert len(sent) == 2


def test_rendering_first_waits_and_leaves_the_node_as_it_was(houdini: Houdini, sent: list[Parcel]) -> None:
    rop = late(houdini)
    houdini.scene.undos.blocks.clear()
    outcome = send.send([rop], Choices(), "render")
    assert outcome.problems == ()
    assert houdini.scene.late.waiting == []
    assert rop.evalParm("soho_foreground") == 0
    assert [label for label, _ in houdini.scene.undos.blocks] in ([], ["Change User Data"])
    set_up(houdini, grey=10)
    send.send([rop], Choices(), "render")
    assert len({parcel.key for parcel in sent}) == 2


def test_compositing_is_saved_before_it_is_sent(houdini: Houdini, sent: list[Parcel]) -> None:
    set_up(houdini)
    rop = houdini.rop("/out/image1", "image", copoutput="$HIP/city/color.$F4.png", trange=1, f1=1, f2=2)
    assert send.send([rop], Choices(), "render").problems == ()
    assert (rop.evalParm("savebackground"), len(sent)) == (1, 1)


@pytest.mark.parametrize(("name", "words"), [("OperationInterrupted", "was cancelled"), ("OperationFailed", "did not")])
def test_a_render_that_is_cancelled_or_fails(houdini: Houdini, sent: list[Parcel], name: str, words: str) -> None:
    rop = late(houdini)
    send.send([rop], Choices(), "render")

    def stop(node: object, frame: int) -> None:
        raise getattr(houdini.module, name)("Esc")

    houdini.scene.writer = stop
    with pytest.raises(Exception, match=f"{words}.*nothing was sent"):
        send.send([rop], Choices(), "render")
    assert len(sent) == 1
    assert rop.evalParm("soho_foreground") == 0
    assert [file.name for file in folder_of(houdini).glob("*cosmos*")] == ["cosmos-clip.json"]


def test_frames_that_a_render_did_not_write_are_not_sent_as_its_own(
    houdini: Houdini, sent: list[Parcel], monkeypatch: pytest.MonkeyPatch
) -> None:
    rop = late(houdini)
    send.send([rop], Choices(), "render")
    monkeypatch.setattr("support.fake_hou.render.ends_late", lambda node: True)  # whatever was asked of it
    with pytest.raises(Exception, match="its frames 1-4 on disk are still the old ones, and nothing was sent"):
        send.send([rop], Choices(), "render")
    assert len(sent) == 1
    assert notes_in(folder_of(houdini)) == []
    houdini.scene.late.arrive()
    assert send.send([rop], Choices()).problems == ()


def test_a_movie_that_a_render_did_not_write_is_not_sent(houdini: Houdini, sent: list[Parcel]) -> None:
    rop = houdini.rop("/out/flip", "flipbook", picture="$HIP/city/color.mp4", trange=1, f1=1, f2=2)
    folder_of(houdini).mkdir(parents=True)
    (folder_of(houdini) / "color.mp4").write_bytes(b"old")
    with pytest.raises(Exception, match="on disk are still the old ones"):
        send.send([rop], Choices(), "render")


def test_frames_that_a_node_is_told_to_keep_are_sent(houdini: Houdini, sent: list[Parcel]) -> None:
    set_up(houdini)
    named: dict[str, Any] = {
        "outputimage": "$HIP/city/color.$F4.png",
        "trange": 1,
        "f1": 1,
        "f2": 2,
        "husk_skip_existing_frames": 1,
    }
    rop = houdini.rop("/out/usd1", "usdrender", **named)
    assert send.send([rop], Choices(), "render").problems == ()
    houdini.scene.writer = None
    assert send.send([rop], Choices(), "render").problems == ()


def test_a_node_that_cannot_be_made_to_wait(houdini: Houdini, sent: list[Parcel]) -> None:
    rop = late(houdini)
    rop._locked = True
    with pytest.raises(Exception, match="does not wait for its images, and its Wait for Render to Complete cannot"):
        send.send([rop], Choices(), "render")
    rop._locked = False
    rop.parm("soho_foreground").setExpression("1-1")
    with pytest.raises(Exception, match="switch it on, or render it and send"):
        send.send([rop], Choices(), "render")
    assert rop.parm("soho_foreground").expression() == "1-1"


def test_a_bypassed_node_renders_nothing(houdini: Houdini, sent: list[Parcel]) -> None:
    rop = late(houdini)
    rop.bypass(True)
    with pytest.raises(Exception, match="is bypassed and renders nothing"):
        send.send([rop], Choices(), "render")
