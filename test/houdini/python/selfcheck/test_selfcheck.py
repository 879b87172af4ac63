"""The self-check in the stand-in: what behaves by the catalogue agrees, and what is changed is found."""

from __future__ import annotations

import importlib
import json
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cosmos_bridge import __main__ as program
from cosmos_bridge import attach, selfcheck, shelf
from cosmos_bridge.errors import CosmosError
from cosmos_bridge.selfcheck.by_hand import QUESTIONS
from cosmos_bridge.selfcheck.clock import Clock
from cosmos_bridge.selfcheck.findings import JSON_BEGINS, Report
from cosmos_bridge.selfcheck.private import Private
from support.fake_hou import Houdini, catalogue
from support.fake_hou.catalogue import TypeSpec
from support.renderer import render_exr

making = importlib.import_module("support.fake_hou.create")
rendering = importlib.import_module("support.fake_hou.render")


class Husk:
    """The time of the stand-in: images that are waited for arrive in the first pause, unless husk has died."""

    def __init__(self, houdini: Houdini) -> None:
        self.houdini, self.seconds, self.dies = houdini, 0.0, False

    def clock(self, limit: float = 10_000) -> Clock:
        return Clock(limit, 60, self.now, self.pause)

    def now(self) -> float:
        return time.time() + self.seconds

    def pause(self, seconds: float) -> None:
        self.seconds += 1
        if not self.dies:
            self.houdini.scene.late.arrive()


@pytest.fixture
def husk(houdini: Houdini) -> Husk:
    attach.start()
    husk = Husk(houdini)
    render_exr(houdini, husk.now)
    return husk


def run(husk: Husk, tmp_path: Path, **wanted: Any) -> Report:
    return selfcheck.run(tmp_path / "found.txt", tell=lambda _: None, clock=husk.clock(), **wanted)


def differing(report: Report) -> list[str]:
    return [f"{each.what}: {each.seen}" for each in report.findings if each.verdict == "differs"]


def test_the_stand_in_agrees_in_a_file_for_people_and_programs_that_names_nobody(
    husk: Husk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("USER", "marieke")
    monkeypatch.setenv("LOGNAME", "marieke")
    monkeypatch.setattr("socket.gethostname", lambda: "vm")
    report = run(husk, tmp_path)
    assert differing(report) == []
    assert report.count("not tried") == 0
    assert {each.step for each in report.findings if each.verdict == "agrees"} == {1, 2, 3, 4, 5, 6, 8}
    text = report.file.read_text("utf-8")
    people, _, programs = text.partition(JSON_BEGINS)
    assert "Licence: Commercial" in people
    assert "[agrees] Karma ROP, 3 frames, soho_foreground 1" in people
    found = json.loads(programs)
    late = next(each for each in found["findings"] if each["what"] == "Mantra, 3 frames, soho_foreground 0")
    assert min(late["data"]["files"].values()) > late["data"]["back"]
    assert "marieke" not in text and str(Path.home()) not in text and str(tmp_path) not in text
    assert "vm_numaux" in people, "a computer called vm changes no other word"


def test_words_that_are_left_out() -> None:
    hidden = Private({"/home/ann": "~", "ann": "USER", "C:\\Users\\ann": "~"})
    said = hidden.without({"/home/ann/a": ["of ann", "annual", "c:/users/Ann/b", "C:\\\\Users\\\\ann", 3]})
    assert said == {"~/a": ["of USER", "annual", "~/b", "~", 3]}


def lacking(monkeypatch: pytest.MonkeyPatch, names: Mapping[str, str]) -> None:
    """Parameters by node type."""

    def without(category: str | None, name: str) -> TypeSpec | None:
        spec = catalogue.find(category, name)
        if spec is None or spec.name not in names:
            return spec
        return replace(spec, parms={key: value for key, value in spec.parms.items() if key != names[spec.name]})

    monkeypatch.setattr(making, "find", without)


def ending(monkeypatch: pytest.MonkeyPatch, late: Mapping[str, bool]) -> None:
    """Whether a render ends late, by node type, whatever its toggles say."""

    def ends_late(node: Any) -> bool:
        return late.get(node.type().name(), before(node))

    before = rendering.ends_late
    monkeypatch.setattr(rendering, "ends_late", ends_late)


def test_parameters_that_are_missing_differ(husk: Husk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lacking(monkeypatch, {"ifd": "vm_picture", "attribwrangle": "snippet"})
    found = differing(run(husk, tmp_path))
    assert "A node Driver/ifd was made: without vm_picture; a RopNode, ifd; soho_foreground is 0 at first" in found
    assert "mantra1/vm_picture was to be set: it is not there" in found
    assert "/stage/cosmos_id was looked at: there is no such node" in found


def test_renders_that_end_otherwise_differ(husk: Husk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ending(monkeypatch, {"ifd": True, "usdrender": False})
    found = [each for each in differing(run(husk, tmp_path)) if "soho_foreground" in each]
    assert [each.split(":")[0] for each in found] == [
        "USD Render in /out, 1 frame, soho_foreground 0",
        "USD Render in /out, 3 frames, soho_foreground 0",
        "USD Render in /out, 3 frames over old ones, soho_foreground 0",
        "Mantra, 1 frame, soho_foreground 1",
        "Mantra, 3 frames, soho_foreground 1",
        "Mantra, 3 frames over old ones, soho_foreground 1",
    ]
    assert found[0].endswith("; all of them were there at the end, so the plugin waits where it need not")
    assert found[4].endswith("; 3 frames came late, so the plugin would send too early")


def test_images_that_never_come_are_waited_for_once(husk: Husk, tmp_path: Path) -> None:
    husk.dies = True
    report = run(husk, tmp_path)
    first, rest, *_ = [each for each in report.findings if each.what.startswith("Mantra")]
    assert "0 of 1 images within 60 s" in first.seen
    assert (rest.seen, rest.verdict) == ("the render before took more than 60 s", "not tried")


def test_no_render_begins_after_the_time(husk: Husk, tmp_path: Path) -> None:
    report = selfcheck.run(tmp_path / "found.txt", tell=lambda _: None, clock=husk.clock(limit=-1))
    assert [each.verdict for each in report.findings if each.step in (2, 3, 6)].count("agrees") == 0
    assert differing(report) == ["/stage/cosmos_id was looked at: there is no such node"]


def test_a_step_that_fails_stops_no_other(husk: Husk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("nobody thought of it")

    monkeypatch.setattr(selfcheck.timing, "check", fail)
    report = run(husk, tmp_path)
    assert next(each.seen for each in report.findings if each.step == 2) == "RuntimeError: nobody thought of it"
    assert {each.step for each in report.findings if each.verdict == "agrees"} == {1, 3, 4, 5, 6, 8}


def test_a_scene_that_is_not_saved_stays_open(houdini_ui: Houdini, tmp_path: Path) -> None:
    node = houdini_ui.rop("/out/mine", "ifd")
    houdini_ui.scene.dirty = True
    with pytest.raises(CosmosError, match="has changes that are not saved: save it, then start again"):
        selfcheck.run(tmp_path / "found.txt")
    houdini_ui.scene.dirty = False
    houdini_ui.scene.answers = [1]
    with pytest.raises(CosmosError, match="was not started"):
        selfcheck.run(tmp_path / "found.txt")
    assert node.path() == "/out/mine"
    assert not (tmp_path / "found.txt").exists()


def test_in_the_window_it_asks_and_opens_the_scene_again(houdini_ui: Houdini, tmp_path: Path) -> None:
    houdini_ui.rop("/out/mine", "ifd")
    houdini_ui.module.hipFile.save()
    hip = houdini_ui.module.hipFile.path()
    before = Path(hip).read_bytes()
    husk = Husk(houdini_ui)
    render_exr(houdini_ui, husk.now)
    houdini_ui.scene.answers = [0, 0, 1]
    report = selfcheck.run(tmp_path / "found.txt", tell=lambda _: None, clock=husk.clock(limit=-1))
    assert (houdini_ui.module.hipFile.path(), Path(hip).read_bytes()) == (hip, before)
    assert houdini_ui.module.node("/out/mine") is not None
    asked = {question for _, question in QUESTIONS}
    answers = [(each.verdict, each.seen) for each in report.findings if each.what in asked]
    assert answers[:3] == [("agrees", "Yes"), ("differs", "No"), ("only by hand", "Not tried")]


def test_from_the_command_line(husk: Husk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "found.txt"
    assert program.main(["selfcheck", "--out", str(out), "--minutes", "0", "--deadline", "1"]) == 0
    said = capsys.readouterr().err
    assert said.startswith("This takes up to 0 minutes.")
    assert f"Read {out} and send it back" in said
    assert program.main(["selfcheck", "--out", str(tmp_path / "no" / "found.txt")]) == 1
    assert "name another place with --out" in capsys.readouterr().err


def test_from_the_shelf(houdini_ui: Houdini, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(selfcheck, "run", lambda file, tell: asked.append(file))
    shelf.self_check({})
    assert asked == [], "nobody named a file"
    houdini_ui.scene.typed = "$JOB/found.txt"
    shelf.self_check({})
    assert asked == [houdini_ui.scene.hip.parent / "found.txt"]
