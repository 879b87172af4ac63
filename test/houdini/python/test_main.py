"""`python -m cosmos_bridge`: exit codes and sentences."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from cosmos_bridge import __main__ as program
from cosmos_bridge import send, wait
from cosmos_bridge.delivery import Delivery
from cosmos_bridge.errors import CosmosError
from cosmos_bridge.parcel import Parcel
from cosmos_bridge.rop.frames import FrameRange
from support.fake_hou import Houdini
from support.renders import karma

JOB: Any = {"id": "job-1", "state": "preparing", "settings": {}}


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Parcel]:
    found: list[Parcel] = []

    def take(parcel: Parcel, connect: object) -> Delivery:
        found.append(parcel)
        return Delivery(parcel.name, parcel.folder, "sent", (JOB,))

    monkeypatch.setattr(send, "deliver", take)
    return found


@pytest.mark.parametrize(
    ("text", "frames"),
    [
        ("1-93", FrameRange(1, 93)),
        ("-5--1", FrameRange(-5, -1)),
        ("-5-10x4", FrameRange(-5, 7, 4)),
        ("7", FrameRange(7, 7)),
    ],
)
def test_frame_ranges(text: str, frames: FrameRange) -> None:
    assert program.frame_range(text) == frames


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["send"],
        ["send", "--rop", "/out/karma1", "--frames", "9-1"],
        ["send", "--rop", "/out/karma1", "--frames", "a-b"],
        ["send", "--rop", "/out/karma1", "--frames", "1-9x0"],
    ],
)
def test_wrong_use(houdini: Houdini, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        program.main(arguments)
    assert ended.value.code == 2


def test_another_python_than_houdinis(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "hou", None)
    assert program.main(["send", "--rop", "/out/karma1"]) == 2
    assert "run it with hython" in capsys.readouterr().err


def test_a_scene_is_opened_rendered_and_sent(
    houdini: Houdini, sent: list[Parcel], capsys: pytest.CaptureFixture[str]
) -> None:
    karma(houdini)
    hip = houdini.module.hipFile.path()
    houdini.module.hipFile.save()
    houdini.module.hipFile.clear()
    assert program.main(["send", "--hip", hip, "--rop", "/out/karma1", "--frames", "1-3", "--render"]) == 0
    assert [parcel.name for parcel in sent] == ["city"]
    assert capsys.readouterr().err == "city: sent as job-1.\n"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--rop", "/out/nothing"], "There is no node /out/nothing in city_v003.hip: name the scene with --hip."),
        (["--rop", "/out/karma1", "--hip", "/no/such.hip"], "/no/such.hip cannot be opened"),
        (["--rop", "/out/karma1"], "color of /out/karma1: frames 1-4 missing"),
    ],
)
def test_what_fails_says_why(
    houdini: Houdini, sent: list[Parcel], capsys: pytest.CaptureFixture[str], arguments: list[str], why: str
) -> None:
    karma(houdini)
    assert program.main(["send", *arguments]) == 1
    assert why in capsys.readouterr().err
    assert sent == []


def test_a_daemon_that_refuses_is_a_failure(
    houdini: Houdini, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(parcel: Parcel, connect: object) -> Delivery:
        raise CosmosError("not_found", 'There is no preset "night".')

    monkeypatch.setattr(send, "deliver", refuse)
    karma(houdini).render()
    assert program.main(["send", "--rop", "/out/karma1"]) == 1
    assert capsys.readouterr().err == 'There is no preset "night".\n'


@pytest.mark.parametrize(
    ("ended", "code", "out"),
    [
        (
            {"state": "succeeded", "output": "/job/city/city_preview.mp4", "reason": ""},
            0,
            "/job/city/city_preview.mp4\n",
        ),
        ({"state": "held", "output": None, "reason": "Its prompt is only a template."}, 1, ""),
    ],
)
def test_waiting_prints_the_video(
    houdini: Houdini,
    sent: list[Parcel],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    ended: dict[str, Any],
    code: int,
    out: str,
) -> None:
    monkeypatch.setattr(wait, "wait_for", lambda job: ended)
    karma(houdini).render()
    assert program.main(["send", "--rop", "/out/karma1", "--wait"]) == code
    printed = capsys.readouterr()
    assert printed.out == out
    assert ended["reason"] in printed.err


def test_there_is_nothing_to_wait_for_in_the_spool(houdini: Houdini, capsys: pytest.CaptureFixture[str]) -> None:
    karma(houdini).render()
    assert program.main(["send", "--rop", "/out/karma1"]) == 0
    assert program.main(["send", "--rop", "/out/karma1", "--wait"]) == 1
    assert "no job yet to wait for" in capsys.readouterr().err
