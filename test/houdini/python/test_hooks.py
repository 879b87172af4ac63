"""What a render of an attached node sets off, and that nothing of it ever reaches the render."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cosmos_bridge import auto_send, hooks, rendered
from cosmos_bridge.choices import USER_DATA
from cosmos_bridge.errors import CosmosError
from cosmos_bridge.render_note import notes_in
from support.fake_hou import Houdini
from support.schemas import check

Rop = Any
Sent = list[str]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    """Paths of the nodes whose renders were sent."""
    found: Sent = []

    def send_rendered(node: Rop) -> str:
        found.append(node.path())
        return f"{node.name()} is sent"

    monkeypatch.setattr(rendered, "send_rendered", send_rendered)
    hooks.forget_all()
    return found


def karma(houdini: Houdini, name: str = "karma1") -> Rop:
    rop = houdini.rop(f"/out/{name}", "karma", picture=f"$HIP/{name}/color.$F4.exr", trange=1, f1=1, f2=2)
    rop.parm("soho_foreground").set(1)
    rop.setUserData(USER_DATA, '{"schema": "cosmos-choices/1", "auto_send": true}')
    return rop


def test_a_render_is_sent_once_when_it_is_over(houdini_ui: Houdini, sent: Sent) -> None:
    rop = karma(houdini_ui)
    hooks.attach(rop)
    hooks.attach(rop)
    rop.render()
    assert sent == ["/out/karma1"]
    assert houdini_ui.said("status") == ["Cosmos: karma1 is sent"]


def test_a_script_within_an_asset_is_that_of_the_asset(houdini: Houdini, sent: Sent) -> None:
    karma(houdini)
    inner = houdini.add("/out/karma1/rop_usdrender", "usdrender")
    houdini.scene.working = inner
    hooks.on_script("postrender")
    assert sent == ["/out/karma1"]


def test_detached_it_is_not(houdini: Houdini, sent: Sent) -> None:
    rop = karma(houdini)
    hooks.attach(rop)
    hooks.detach(rop)
    hooks.detach(rop)
    rop.render()
    assert sent == []


def test_a_render_is_noted_while_its_files_change(houdini: Houdini, sent: Sent) -> None:
    rop = karma(houdini)
    hooks.attach(rop)
    folder = houdini.scene.hip.parent / "karma1"
    folder.mkdir(parents=True)
    (folder / "color.0002.exr").write_bytes(b"old")
    (folder / "color.0003.exr").write_bytes(b"of another range")
    there: list[Any] = []
    houdini.scene.writer = lambda node, frame: there.append(notes_in(folder))
    rop.render()
    [(file, note)] = there[0]
    check("render-note", json.loads(file.read_text()))
    assert there == [[(file, note)]] * 2
    assert [(old["path"], old["size"]) for old in note["before"]] == [("color.0002.exr", 3)]
    rop.render()
    [(again, _)] = there[-1]
    assert again != file, "one note a render, and only the newest of this session"


def test_what_was_switched_off_by_undo_is_not_sent(houdini: Houdini, sent: Sent) -> None:
    rop = karma(houdini)
    rop.destroyUserData(USER_DATA)
    auto_send.turn_on([rop])
    houdini.module.undos.performUndo()
    rop.render()
    assert sent == []


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        (CosmosError("clip_not_ready", "karma1 is not ready."), "Cosmos: karma1 is not ready."),
        (RuntimeError("a defect"), "Cosmos: /out/karma1 was rendered but not sent: RuntimeError: a defect"),
    ],
)
def test_no_failure_reaches_the_render(
    houdini_ui: Houdini, monkeypatch: pytest.MonkeyPatch, failure: Exception, told: str
) -> None:
    def fail(node: Rop) -> str:
        raise failure

    monkeypatch.setattr(rendered, "send_rendered", fail)
    rop = karma(houdini_ui)
    hooks.attach(rop)
    rop.render()
    assert houdini_ui.scene.callback_errors == []
    assert houdini_ui.said("status") == [told]


def test_without_windows_it_is_told_on_standard_error(
    houdini: Houdini, sent: Sent, capsys: pytest.CaptureFixture[str]
) -> None:
    rop = karma(houdini)
    hooks.attach(rop)
    rop.render()
    assert capsys.readouterr().err == "Cosmos: karma1 is sent\n"


def test_a_window_that_is_closing_stops_no_render(
    houdini_ui: Houdini, sent: Sent, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def closing(*_: object) -> None:
        raise RuntimeError("no window")

    monkeypatch.setattr(houdini_ui.module.ui, "setStatusMessage", closing)
    rop = karma(houdini_ui)
    hooks.attach(rop)
    rop.render()
    assert houdini_ui.scene.callback_errors == []
    assert "karma1 is sent" in capsys.readouterr().err


def test_who_renders_in_order_to_send_is_not_sent_twice(houdini: Houdini, sent: Sent) -> None:
    one, other = karma(houdini), karma(houdini, "karma2")
    for rop in (one, other):
        hooks.attach(rop)
    with hooks.quiet([one]):
        one.render()
        other.render()
    one.render()
    assert sent == ["/out/karma2", "/out/karma1"]
