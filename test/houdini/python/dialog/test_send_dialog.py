"""Send to Cosmos from the shelf: real nodes of the fake Houdini, real files, a daemon that is away or played."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cosmos_bridge import shelf
from cosmos_bridge.choices import Choices, keep_choices, read_choices
from cosmos_bridge.errors import CosmosError
from cosmos_bridge.messages import StateChanged
from support.fake_hou import Houdini
from support.fake_link import FakeLink
from support.renders import karma

if TYPE_CHECKING:
    from cosmos_bridge.dialog.send_dialog import SendDialog
    from support.fake_hou.node import OpNode

pytestmark = pytest.mark.qt


def opened(houdini: Houdini, *nodes: OpNode) -> SendDialog:
    from cosmos_bridge.dialog import opened

    houdini.select(*nodes)
    shelf.send_to_cosmos({})
    dialog = opened.current_dialog()
    assert dialog is not None, houdini.scene.said
    return dialog


def test_it_says_what_would_be_sent(link: FakeLink, houdini_ui: Houdini) -> None:
    node = karma(houdini_ui)
    node.render(frame_range=(1, 3))
    keep_choices(node, Choices(prompt="Rain", engine="transfer2.5"))
    dialog = opened(houdini_ui, node)
    lines = {name: line.text() for name, line in dialog.facts.lines.items()}
    assert lines["title"].endswith("/out/karma1")
    assert lines["files"].endswith("/city/color.####.png")
    assert lines["frames"] == "1 to 4, 4 frames · missing: 4"
    assert lines["passes"] == "color · not rendered: depth, seg, edge, vis"
    assert lines["size"] == "64 x 48 · 24 fps"
    assert "color: frame 4 missing." in dialog.facts.problems.text()
    assert (dialog.form.prompt.toPlainText(), dialog.form.model.currentData()) == ("Rain", "transfer2.5")
    assert dialog.render_first.isChecked(), "what is missing has to be rendered first"
    link.tell(StateChanged("offline", CosmosError("daemon_away", "No daemon.")))
    assert "when the daemon runs" in dialog.form.note.text()


def test_render_first_renders_and_the_daemon_away_spools(
    link: FakeLink, houdini_ui: Houdini, capsys: pytest.CaptureFixture[str]
) -> None:
    from support.qt import pump

    node = karma(houdini_ui)
    dialog = opened(houdini_ui, node)
    dialog.form.prompt.setPlainText("Snow")
    dialog.form.rows["edge"].switch.click()
    dialog.send.click()
    pump(lambda: not dialog.isVisible(), "the dialog that closes after a send")
    assert ("status", "Cosmos: " + dialog.said.text()) in houdini_ui.scene.said
    assert "the clip will be sent once when it does" in dialog.said.text()
    kept = read_choices(node)
    assert (kept.prompt, kept.weights) == ("Snow", {"edge": 1.0})


def test_two_clips_in_one_folder_get_folders_of_their_own(link: FakeLink, houdini_ui: Houdini) -> None:
    first, second = (karma(houdini_ui, f"/out/{name}", f"$HIP/city/{name}.$F4.png") for name in ("day", "night"))
    dialog = opened(houdini_ui, first, second)
    assert "one folder holds one clip" in dialog.problems.text()
    assert not dialog.remedy.isHidden()
    assert not dialog.send.isEnabled()
    dialog.remedy.click()
    assert first.parm("picture").unexpandedString() == "$HIP/city/$OS/day.$F4.png"
    assert dialog.remedy.isHidden()
    assert [clip.passes.folder.name for clip in dialog.clips.chosen_clips()] == ["day", "night"]


def test_of_several_clips_those_that_are_checked_are_sent(link: FakeLink, houdini_ui: Houdini) -> None:
    from cosmos_bridge.qt import Qt

    nodes = [karma(houdini_ui, f"/out/{name}", f"$HIP/{name}/color.$F4.png") for name in ("day", "night")]
    dialog = opened(houdini_ui)
    assert not dialog.clips.isHidden()
    assert len(dialog.clips.chosen_clips()) == len(nodes)
    dialog.clips.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert [clip.node for clip in dialog.clips.chosen_clips()] == ["/out/night"]
    dialog.clips.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.send.isEnabled()


def test_each_clip_has_choices_of_its_own(link: FakeLink, houdini_ui: Houdini) -> None:
    from support.qt import pump

    day, night = (karma(houdini_ui, f"/out/{name}", f"$HIP/{name}/color.$F4.png") for name in ("day", "night"))
    keep_choices(night, Choices(prompt="Moonlight"))
    dialog = opened(houdini_ui, day, night)
    dialog.form.prompt.setPlainText("Noon")
    dialog.clips.setCurrentRow(1)
    assert dialog.form.prompt.toPlainText() == "Moonlight"
    dialog.clips.setCurrentRow(0)
    assert dialog.form.prompt.toPlainText() == "Noon", "what was typed is still there"
    dialog.clips.setCurrentRow(1)
    dialog.render_first.setChecked(True)
    dialog.send.click()
    pump(lambda: not dialog.isVisible(), "the dialog that closes after a send")
    assert [read_choices(node).prompt for node in (day, night)] == ["Noon", "Moonlight"]


def test_enter_sends_and_escape_closes(link: FakeLink, houdini_ui: Houdini) -> None:
    from cosmos_bridge.qt import Qt, QtCore, QtGui, QtWidgets

    dialog = opened(houdini_ui, karma(houdini_ui))
    assert dialog.send.isDefault()
    key = Qt.Key.Key_Escape
    for kind in (QtCore.QEvent.Type.KeyPress, QtCore.QEvent.Type.KeyRelease):
        event = QtGui.QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier)
        QtWidgets.QApplication.sendEvent(dialog, event)
    assert not dialog.isVisible()
    assert link.released == 1
    again = opened(houdini_ui, houdini_ui.module.node("/out/karma1"))
    assert again is dialog, "one dialog is shown again"


def test_tab_reaches_every_control_and_each_has_a_name(link: FakeLink, houdini_ui: Houdini) -> None:
    from cosmos_bridge.qt import QtWidgets

    dialog = opened(houdini_ui, karma(houdini_ui))
    reached: list[QtWidgets.QWidget] = []
    widget = dialog.form.prompt.nextInFocusChain()
    while widget is not None and widget is not dialog.form.prompt:
        reached.append(widget)
        widget = widget.nextInFocusChain()
    for wanted in (dialog.form.model, dialog.form.rows["edge"].slider, dialog.existing, dialog.send):
        assert wanted in reached
    assert reached.index(dialog.form.model) < reached.index(dialog.send)
    for row in dialog.form.rows.values():
        assert all(each.accessibleName() for each in (row.switch, row.slider, row.number))


def test_nothing_to_send_is_one_sentence(link: FakeLink, houdini_ui: Houdini) -> None:
    shelf.send_to_cosmos({})
    assert [kind for kind, _ in houdini_ui.scene.said] == ["message"]
    assert "add a render node" in houdini_ui.scene.said[0][1]


def test_ctrl_click_sends_as_last_time_without_a_question(link: FakeLink, houdini_ui: Houdini) -> None:
    from support.qt import pump

    node = karma(houdini_ui)
    node.render()
    houdini_ui.select(node)
    shelf.send_to_cosmos({"ctrlclick": True})
    pump(lambda: houdini_ui.scene.said, "what became of it")
    assert houdini_ui.scene.said[0][0] == "status"
    assert "sent once when it does" in houdini_ui.scene.said[0][1]
    assert link.released == 1
