from __future__ import annotations

from cosmos_bridge import shelf
from cosmos_bridge.auto_send import is_on
from support.fake_hou import Houdini
from support.renders import karma


def test_the_panel_opens_in_a_window_of_its_own(houdini_ui: Houdini) -> None:
    shelf.open_panel({})
    assert ("panel", shelf.PANEL) in houdini_ui.scene.said


def test_auto_send_goes_on_and_off_and_says_so(houdini_ui: Houdini) -> None:
    node = karma(houdini_ui)
    houdini_ui.select(node)
    shelf.toggle_auto_send({})
    assert is_on(node)
    shelf.toggle_auto_send({})
    assert not is_on(node)
    assert [kind for kind, _ in houdini_ui.scene.said] == ["status", "status"]
    assert "Auto-send is on for /out/karma1" in houdini_ui.scene.said[0][1]


def test_what_cannot_be_done_is_one_sentence(houdini_ui: Houdini) -> None:
    shelf.toggle_auto_send({})
    shelf.set_up_passes({})
    shelf.send_to_cosmos({"ctrlclick": True})
    said = houdini_ui.scene.said
    assert [kind for kind, _ in said] == ["message", "message", "message"]
    assert all("Traceback" not in sentence and sentence.endswith(".") for _, sentence in said)
    assert "select a Karma or Mantra node" in said[1][1]


def test_passes_are_set_up_and_what_was_done_is_told(houdini_ui: Houdini) -> None:
    node = houdini_ui.rop("/out/mantra1", "ifd", vm_picture="$HIP/city/color.$F4.exr")
    houdini_ui.select(node)
    shelf.set_up_passes({})
    ((kind, sentence),) = houdini_ui.scene.said
    assert kind == "message"
    assert "/out/mantra1" in sentence
