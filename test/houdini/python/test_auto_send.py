"""The switch: what it leaves on the node, and that it outlives the scene."""

from __future__ import annotations

from typing import Any

import pytest

from cosmos_bridge import attach, auto_send, hooks, rendered, script_parms, shelf
from cosmos_bridge.choices import USER_DATA, read_choices
from support.fake_hou import Houdini

Rop = Any


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Paths of the nodes whose renders were sent."""
    found: list[str] = []

    def send_rendered(node: Rop) -> str:
        found.append(node.path())
        return "sent"

    monkeypatch.setattr(rendered, "send_rendered", send_rendered)
    hooks.forget_all()
    return found


def karma(houdini: Houdini, path: str = "/out/karma1") -> Rop:
    picture = "$HIP/$OS/color.$F4.exr"
    return houdini.rop(path, "karma", picture=picture, trange=1, f1=1, f2=2, soho_foreground=1)


def karma_lop(houdini: Houdini) -> Rop:
    """No ROP: it has a button, and no callbacks."""
    return houdini.lop("/stage/render1", "karma", picture="$HIP/$OS/color.$F4.exr", trange=1, f1=1, f2=2)


def reopen(houdini: Houdini) -> None:
    houdini.module.hipFile.save()
    houdini.module.hipFile.load(houdini.module.hipFile.path())


def test_it_is_switched_on_and_off(houdini: Houdini, sent: list[str]) -> None:
    rop = karma(houdini)
    assert auto_send.toggle([rop]).sentence() == "Auto-send is on for /out/karma1."
    rop.render()
    assert auto_send.toggle([rop]).sentence() == "Auto-send is off for /out/karma1."
    rop.render()
    assert sent == ["/out/karma1"]
    assert rop.parm("postrender").eval() == ""  # what the session hears needs no script


def test_some_on_and_some_off_are_all_on_first(houdini: Houdini, sent: list[str]) -> None:
    one, other = karma(houdini), karma(houdini, "/out/karma2")
    auto_send.turn_on([one])
    assert auto_send.toggle([one, other]).on == ("/out/karma1", "/out/karma2")


def test_nothing_selected_is_said(houdini: Houdini) -> None:
    assert "Select the render nodes" in auto_send.toggle([]).sentence()


def test_a_node_that_cannot_be_sent_is_refused_and_the_others_are_not(houdini: Houdini, sent: list[str]) -> None:
    bad: Rop = houdini.rop("/out/geo1", "geometry")
    good = karma(houdini)
    switched = auto_send.toggle([bad, good])
    assert switched.on == ("/out/karma1",)
    assert "/out/geo1 writes no images" in switched.sentence()
    assert bad.userDataDict() == {}


def test_a_locked_node_is_said_to_be_locked(houdini: Houdini, sent: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    rop = karma(houdini)

    def refuse(name: str, value: str) -> None:
        raise houdini.module.PermissionError("Failed to modify node or parameter because of a permission error.")

    monkeypatch.setattr(rop, "setUserData", refuse)
    assert auto_send.toggle([rop]).sentence() == "/out/karma1 is locked and cannot store auto-send: unlock it first."
    rop.render()
    assert sent == []


def test_one_undo_takes_all_of_it_back(houdini: Houdini, sent: list[str]) -> None:
    lop = karma_lop(houdini)
    auto_send.turn_on([lop])
    houdini.module.undos.performUndo()
    assert lop.userDataDict() == {}
    assert not script_parms.is_installed(lop)


def test_the_rest_of_the_choices_stays(houdini: Houdini, sent: list[str]) -> None:
    rop = karma(houdini)
    rop.setUserData(USER_DATA, '{"schema": "cosmos-choices/1", "prompt": "Rain"}')
    auto_send.toggle([rop])
    assert read_choices(rop).prompt == "Rain"
    auto_send.toggle([rop])
    assert read_choices(rop) == read_choices(rop).__class__(prompt="Rain")


def test_an_opened_scene_is_heard_again_and_sends_nothing_by_itself(houdini_ui: Houdini, sent: list[str]) -> None:
    attach.start()
    auto_send.turn_on([karma(houdini_ui)])
    karma(houdini_ui, "/out/karma2")
    reopen(houdini_ui)
    assert sent == []
    assert "Auto-send is on in this scene for /out/karma1" in houdini_ui.said("status")[-1]
    for path in ("/out/karma1", "/out/karma2"):
        houdini_ui.module.node(path).render()
    assert sent == ["/out/karma1"]
    attach.stop()
    reopen(houdini_ui)
    houdini_ui.module.node("/out/karma1").render()
    assert sent == ["/out/karma1"]


def test_starting_twice_hears_once(houdini: Houdini, sent: list[str]) -> None:
    attach.start()
    attach.start()
    assert houdini.module.hipFile.eventCallbacks() == (attach.on_file_event,)


def test_a_merged_scene_is_heard_too(houdini: Houdini, sent: list[str]) -> None:
    auto_send.turn_on([karma(houdini)])
    houdini.module.hipFile.save()
    houdini.module.hipFile.clear()
    attach.start()
    houdini.module.hipFile.merge(houdini.module.hipFile.path())
    houdini.module.node("/out/karma1").render()
    assert sent == ["/out/karma1"]


def test_a_copied_node_is_heard_once_the_scene_is_saved(houdini: Houdini, sent: list[str]) -> None:
    attach.start()
    auto_send.turn_on([karma(houdini)])
    copy = karma(houdini, "/out/karma2")
    copy.setUserData(USER_DATA, houdini.module.node("/out/karma1").userData(USER_DATA))
    houdini.module.hipFile.save()
    copy.render()
    assert sent == ["/out/karma2"]


def test_damaged_choices_neither_send_nor_break_the_opening(houdini: Houdini, sent: list[str]) -> None:
    karma(houdini).setUserData(USER_DATA, "{")
    attach.start()
    reopen(houdini)
    assert houdini.scene.callback_errors == []
    houdini.module.node("/out/karma1").render()
    assert sent == []


def test_a_node_in_solaris_sends_itself_by_its_scripts(houdini: Houdini, sent: list[str]) -> None:
    lop = karma_lop(houdini)
    auto_send.turn_on([lop])
    attach.start()
    reopen(houdini)
    again: Rop = houdini.module.node("/stage/render1")
    again.parm("execute").pressButton()
    assert sent == ["/stage/render1"]
    auto_send.turn_off([again])
    assert not script_parms.is_installed(again)
    again.parm("execute").pressButton()
    assert sent == ["/stage/render1"]


def test_a_node_that_does_not_wait_is_told_when_it_is_switched_on(houdini: Houdini) -> None:
    rop = karma(houdini)
    rop.parm("soho_foreground").set(0)
    assert auto_send.toggle([rop]).sentence() == (
        "Auto-send is on for /out/karma1. /out/karma1 does not wait for its images (Wait for Render to Complete is "
        "off): the daemon sends them when they are complete."
    )


def test_usd_render_in_solaris_is_a_rop(houdini: Houdini, sent: list[str]) -> None:
    rop = houdini.lop("/stage/usd1", "usdrender_rop", outputimage="$HIP/$OS/color.$F4.exr", trange=1, f1=1, f2=2)
    assert auto_send.turn_on([rop]).problems == ()
    assert not script_parms.is_installed(rop)
    rop.render()
    assert sent == ["/stage/usd1"]


def test_scripts_for_renders_elsewhere_send_no_render_of_this_session_twice(houdini: Houdini, sent: list[str]) -> None:
    rop = karma(houdini)
    auto_send.turn_on([rop], elsewhere=True)
    rop.render()
    assert sent == ["/out/karma1"]
    hooks.forget_all()  # as in another process, which opens the scene without the start-up scripts of the plugin
    reopen(houdini)
    houdini.module.node("/out/karma1").render()
    assert sent == ["/out/karma1", "/out/karma1"]


def test_shift_on_the_shelf_is_for_renders_elsewhere(houdini_ui: Houdini, sent: list[str]) -> None:
    one, other = karma(houdini_ui), karma(houdini_ui, "/out/karma2")
    houdini_ui.select(one)
    shelf.toggle_auto_send({})
    houdini_ui.select(other)
    shelf.toggle_auto_send({"shiftclick": True})
    assert [script_parms.is_installed(rop) for rop in (one, other)] == [False, True]
    assert houdini_ui.said("status")[-1] == "Cosmos: Auto-send is on for /out/karma2."


def test_a_script_in_use_keeps_a_node_in_solaris_off(houdini: Houdini, sent: list[str]) -> None:
    lop = karma_lop(houdini)
    lop.parm("postrender").set("opparm . f1 1")
    switched = auto_send.toggle([lop])
    assert switched.on == ()
    assert "written in HScript" in switched.sentence()
    assert lop.userDataDict() == {}
