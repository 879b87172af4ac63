"""After a render: what is complete is sent, what is not is left to the daemon, and it is said which."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cosmos_bridge import auto_send, deliver, hooks, rendered
from cosmos_bridge.delivery import Delivery
from cosmos_bridge.errors import CosmosError
from cosmos_bridge.parcel import Parcel
from cosmos_bridge.render_note import notes_in
from support.fake_hou import Houdini
from support.images import write_png
from support.renders import SIZE, Node, folder_of, karma
from support.schemas import check


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Parcel]:
    """What was delivered; there is no daemon."""
    found: list[Parcel] = []

    def take(parcel: Parcel, connect: object = None) -> Delivery:
        found.append(parcel)
        return Delivery(parcel.name, parcel.folder, "spooled")

    monkeypatch.setattr(deliver, "deliver", take)
    monkeypatch.setattr(rendered, "BETWEEN_LOOKS", 0.001)
    hooks.forget_all()
    return found


def sending(houdini: Houdini, *arguments: Any, **parms: Any) -> Node:
    node = karma(houdini, *arguments, **parms)
    assert auto_send.turn_on([node]).problems == ()
    return node


def manifest_of(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "cosmos-clip.json").read_text())
    check("clip-manifest", found)
    return found


def test_a_part_rendered_again_is_the_whole_clip(
    houdini: Houdini, sent: list[Parcel], capsys: pytest.CaptureFixture[str]
) -> None:
    rop = sending(houdini, f1=1, f2=9)
    rop.render()
    rop.render(frame_range=(3, 4))
    rop.parm("f1").set(7)
    rop.parm("f2").set(7)
    rop.render()
    assert manifest_of(folder_of(houdini))["frames"] == {"first": 1, "last": 9, "step": 1}
    words = capsys.readouterr().err.splitlines()
    assert [line.split(";")[0] for line in words] == [
        "Cosmos: city: frames 1-9 are new",
        "Cosmos: city: frames 3-4 of 1-9 are new",
        "Cosmos: city: frame 7 of 1-9 is new",
    ]
    assert len({parcel.key for parcel in sent}) == 3
    assert all(parcel.unattended and parcel.options["tags"] == ["auto-send"] for parcel in sent)


def test_a_render_that_changed_no_file_makes_no_new_revision(
    houdini: Houdini, sent: list[Parcel], capsys: pytest.CaptureFixture[str]
) -> None:
    rop = sending(houdini)
    rop.render()
    manifest = folder_of(houdini) / "cosmos-clip.json"
    before = (manifest.read_bytes(), manifest.stat().st_mtime_ns)
    houdini.scene.writer = None  # into a viewer
    rop.render()
    assert (manifest.read_bytes(), manifest.stat().st_mtime_ns) == before
    assert sent[0] == sent[1]
    assert "no frame of 1-4 is new" in capsys.readouterr().err
    assert not list(folder_of(houdini).glob(".*"))


def test_missing_frames_are_not_sent(houdini: Houdini, sent: list[Parcel], capsys: pytest.CaptureFixture[str]) -> None:
    rop = sending(houdini, f1=1, f2=9)
    rop.render(frame_range=(1, 4))
    assert sent == []
    assert not (folder_of(houdini) / "cosmos-clip.json").exists()
    assert "city was not sent: frames 5-9 are missing from /out/karma1." in capsys.readouterr().err
    rop.render(frame_range=(5, 9))
    assert [parcel.name for parcel in sent] == ["city"]
    (folder_of(houdini) / "color.0009.png").unlink()
    rop.render(frame_range=(1, 2))  # interrupted: for the daemon it goes on until a render ends it
    assert len(notes_in(folder_of(houdini))) == 1
    rop.render(frame_range=(9, 9))
    assert len(sent) == 2
    assert list(folder_of(houdini).glob(".*")) == []


def test_files_that_still_grow_are_left_to_the_daemon(
    houdini: Houdini, sent: list[Parcel], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rop = sending(houdini)
    monkeypatch.setattr(deliver, "_never_ran", lambda: False)

    def grow(seconds: float) -> None:
        with (folder_of(houdini) / "color.0004.png").open("ab") as file:
            file.write(b"more")

    rop.render()
    sent.clear()
    monkeypatch.setattr("time.sleep", grow)
    rop.render()
    assert sent == []
    [(_, note)] = notes_in(folder_of(houdini))
    assert "process" not in note, "it is the daemon's to end"
    assert "city will be sent when its frames 1-4 are complete" in capsys.readouterr().err


def test_a_short_wait_is_enough_for_a_disk_that_is_late(
    houdini: Houdini, sent: list[Parcel], monkeypatch: pytest.MonkeyPatch
) -> None:
    rop = sending(houdini)
    late = folder_of(houdini) / "color.0004.png"
    write_png(late, SIZE)
    whole = late.read_bytes()
    waits: list[float] = []

    def arrive(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 2:
            late.write_bytes(whole)

    def write(node: Node, frame: int) -> None:
        write_png(folder_of(houdini) / f"color.{frame:04}.png", SIZE)
        late.write_bytes(b"")

    houdini.scene.writer = write
    monkeypatch.setattr("time.sleep", arrive)
    rop.render()
    assert len(sent) == 1
    assert {file["size"] for file in manifest_of(folder_of(houdini))["files"]} == {len(whole)}


def test_a_render_of_another_process_is_not_sent_from_here(
    houdini: Houdini, sent: list[Parcel], capsys: pytest.CaptureFixture[str]
) -> None:
    karma(houdini)  # only for its writer
    rop: Node = houdini.rop("/out/mantra1", "ifd", vm_picture="$HIP/city/color.$F4.png", soho_outputmode=1, trange=1)
    auto_send.turn_on([rop])
    rop.render(frame_range=(1, 2))
    assert sent == []
    assert "city will be sent when its frames 1-2 are complete" in capsys.readouterr().err


def test_the_passes_of_two_nodes_are_sent_when_both_are_there(
    houdini: Houdini, sent: list[Parcel], capsys: pytest.CaptureFixture[str]
) -> None:
    color = sending(houdini)
    depth = sending(houdini, "/out/depth1", "$HIP/city/depth.$F4.png")
    color.render()
    assert sent == []
    assert "frames 1-4 are missing from /out/depth1" in capsys.readouterr().err
    depth.render()
    assert list(manifest_of(folder_of(houdini))["passes"]) == ["color", "depth"]
    assert len(sent) == 1


def test_a_pass_in_a_folder_below_belongs_to_the_clip(houdini: Houdini, sent: list[Parcel]) -> None:
    color = sending(houdini)
    depth = sending(houdini, "/out/depth1", "$HIP/city/depth/depth.$F4.png")
    depth.setUserData("cosmos_choices", '{"schema": "cosmos-choices/1", "auto_send": true, "prompt": "Not this one"}')
    color.setUserData("cosmos_choices", '{"schema": "cosmos-choices/1", "auto_send": true, "prompt": "Rain"}')
    color.render()
    depth.render()
    there: list[Any] = []
    houdini.scene.writer = lambda *_: there.extend(note for _, note in notes_in(folder_of(houdini)))
    depth.render(frame_range=(2, 3))
    assert [note["images"][0]["pattern"] for note in there] == ["depth/depth.####.png"] * 2
    assert [old["path"] for old in there[0]["before"]] == [f"depth/depth.{frame:04}.png" for frame in range(1, 5)]
    assert manifest_of(folder_of(houdini))["passes"]["depth"] == {"pattern": "depth/depth.####.png"}
    assert [parcel.options["prompt"] for parcel in sent] == ["Rain", "Rain"]


def test_another_clip_in_the_folder_keeps_its_manifest(
    houdini: Houdini, sent: list[Parcel], capsys: pytest.CaptureFixture[str]
) -> None:
    sending(houdini, "/out/one", "$HIP/city/one_color.$F4.png").render()
    before = manifest_of(folder_of(houdini))
    auto_send.turn_off([houdini.module.node("/out/one")])
    sending(houdini, "/out/other", "$HIP/city/other_color.$F4.png").render()
    assert manifest_of(folder_of(houdini)) == before
    assert "holds the clip of /out/one already" in capsys.readouterr().err
    assert len(sent) == 1


def test_what_the_daemon_refuses_is_told_and_breaks_no_render(
    houdini_ui: Houdini, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(parcel: Parcel) -> Delivery:
        raise CosmosError("not_found", 'There is no preset "night".')

    monkeypatch.setattr(deliver, "deliver", refuse)
    sending(houdini_ui).render()
    assert houdini_ui.said("status") == ['Cosmos: There is no preset "night".']
    assert houdini_ui.scene.callback_errors == []
