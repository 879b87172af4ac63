"""The panel on a link that says what a test wants; with a real daemon: test_panel_daemon.py."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from cosmos_bridge.errors import CosmosError
from cosmos_bridge.messages import StateChanged
from support.fake_hou import Houdini
from support.fake_link import FakeLink
from support.jobs import clip, ended, job, result

if TYPE_CHECKING:
    from cosmos_bridge.panel import CosmosPanel

pytestmark = pytest.mark.qt


def rows(on: Mapping[str, float], instead: str = "") -> Mapping[str, Any]:
    """What spec.controls would say of a clip with color and depth."""
    sources = {"edge": "computed", "depth": "render", "seg": "unavailable", "vis": "computed"}
    says = {"computed": "computed by the model", "render": "from render", "unavailable": "unavailable: no seg pass"}
    controls = [
        {
            "hint": hint,
            "on": hint in on,
            "weight": on.get(hint, 0.5),
            "effective": f"{on[hint]:g}" if hint in on else "",
            "instead": instead if hint in on else "",
            "source": source,
            "sourceSays": says[source],
        }
        for hint, source in sources.items()
    ]
    return {"engine": "transfer2.5", "controls": controls, "note": ""}


def told(params: Mapping[str, Any]) -> Mapping[str, Any]:
    weights = params.get("weights", {"depth": 1.0})
    return rows({hint: weight for hint, weight in weights.items() if weight != "off"})


def calls(link: FakeLink, method: str) -> list[Mapping[str, Any]]:
    return [params for name, params in link.calls if name == method]


def phase(panel: CosmosPanel, name: str) -> str:
    index = panel.model.index_of(name)
    return str(panel.model.data(index.sibling(index.row(), 1)))


def test_news_of_a_job_move_its_row_and_nothing_is_built_anew(panel: CosmosPanel, link: FakeLink) -> None:
    resets: list[bool] = []
    panel.model.modelReset.connect(lambda: resets.append(True))
    link.go_online(jobs=[job("city"), ended("old", 1)], clips=[clip()])
    panel.queue.choose("city")
    link.tell_job(job("city", state="running", attempt=1))
    link.tell_progress("city", "frame 12/48", 0.25, 90)
    assert (panel.model.count("queued"), panel.model.count("running")) == (0, 1)
    assert phase(panel, "city") == "frame 12/48"
    chosen = panel.chosen_job()
    assert chosen is not None and chosen["id"] == "city", "a row that moves stays chosen"
    link.tell_job(job("city", state="succeeded", endedAt="2026-11-20T09:30:00.000Z"))
    assert panel.model.count("done") == 2
    assert not resets


def test_the_connection_is_told_and_a_daemon_can_be_started(panel: CosmosPanel, link: FakeLink) -> None:
    link.tell(StateChanged("offline", CosmosError("daemon_away", "No daemon runs here.")))
    assert panel.connection.words.text() == "No daemon runs here."
    assert not panel.buttons.send.isEnabled()
    panel.connection.start.click()
    assert link.starts == 1
    link.go_online(jobs=[job("city")])
    assert panel.connection.words.text() == "Connected · 1 queued"
    assert panel.connection.start.isHidden()


def test_a_switch_that_is_off_takes_the_hint_out(panel: CosmosPanel, link: FakeLink) -> None:
    link.taught = {"spec.controls": told, "job.submit": lambda _: {"jobs": [job("new")]}}
    link.go_online(clips=[clip()])
    link.drain()
    depth, edge, seg = (panel.form.form.rows[hint] for hint in ("depth", "edge", "seg"))
    assert (depth.switch.isChecked(), depth.effective.text(), depth.source.text()) == (True, "1", "from render")
    assert (seg.switch.isEnabled(), seg.source.text()) == (False, "unavailable: no seg pass")
    edge.switch.click()
    link.drain()
    edge.number.setValue(0.25)
    depth.switch.click()
    link.drain()
    assert (edge.switch.isChecked(), edge.slider.value(), depth.switch.isChecked()) == (True, 25, False)
    panel.form.form.prompt.setPlainText("Rain at night")
    panel.buttons.send.click()
    link.drain()
    (submitted,) = calls(link, "job.submit")
    assert submitted["targets"] == ["clip-city"]
    assert submitted["options"]["weights"] == {"edge": 0.25, "depth": "off", "seg": "off", "vis": "off"}
    assert submitted["options"]["prompt"] == "Rain at night"
    assert panel.status.text() == "Sent: new."


def test_where_the_weight_is_ignored_a_sentence_stands_for_the_slider(panel: CosmosPanel, link: FakeLink) -> None:
    link.taught = {"spec.controls": lambda _: rows({"depth": 0.3}, "The only control: the weight is ignored.")}
    link.go_online(clips=[clip()])
    link.drain()
    depth = panel.form.form.rows["depth"]
    assert (depth.slider.isHidden(), depth.instead.isHidden()) == (True, False)
    assert depth.instead.text() == "From render. The only control: the weight is ignored."
    seg = panel.form.form.rows["seg"]
    assert (seg.switch.isEnabled(), seg.slider.isHidden(), seg.instead.text()) == (
        False,
        True,
        "unavailable: no seg pass",
    )
    guidance, model = panel.form.form.guidance, panel.form.form.model
    assert guidance.isHidden()
    model.setCurrentIndex(model.findData("cosmos3"))
    assert not guidance.isHidden()


def test_a_model_that_nobody_chose_is_the_presets(panel: CosmosPanel, link: FakeLink) -> None:
    link.taught = {"spec.controls": told, "config.get": lambda _: {"presets": ["night"]}}
    link.taught["job.submit"] = lambda _: {"jobs": [job("new")]}
    link.go_online(clips=[clip()])
    link.drain()
    form = panel.form.form
    assert form.model.currentText() == "Transfer 2.5 (default)"
    form.preset.setCurrentIndex(form.preset.findData("night"))
    link.drain()
    assert form.model.currentText() == "Transfer 2.5 (as the preset says)"
    assert calls(link, "spec.controls")[-1] == {"preset": "night", "passes": ["color", "depth"]}
    panel.buttons.send.click()
    form.model.setCurrentIndex(form.model.findData("cosmos3"))
    panel.buttons.send.click()
    link.drain()
    first, second = calls(link, "job.submit")
    assert first["options"] == {"preset": "night"}
    assert second["options"] == {"preset": "night", "engine": "cosmos3"}


def test_what_the_scene_asked_for_holds_until_a_person_changes_it(panel: CosmosPanel, link: FakeLink) -> None:
    link.taught = {"spec.controls": told}
    wanted = {"prompt": "Fog", "weights": {"depth": 0.3, "color": 1}}
    link.go_online(clips=[clip(manifest={"wanted": wanted})])
    link.drain()
    assert calls(link, "spec.controls")[-1]["weights"] == {"depth": 0.3}
    assert panel.form.form.rows["depth"].effective.text() == "0.3"
    assert (panel.form.form.choices.prompt, panel.form.form.choices.weights) == ("Fog", None)


def test_commands_are_about_the_chosen_job(panel: CosmosPanel, link: FakeLink) -> None:
    answers: dict[str, Any] = {"jobs": [job("broken")]}
    for method in ("job.retry", "job.clone", "job.release"):
        link.taught[method] = lambda _: answers
    link.taught["job.cancel"] = lambda _: CosmosError("wrong_state", "It has ended already.")
    link.go_online(jobs=[ended("broken", 1, "failed"), job("city"), job("asks", state="held")], clips=[clip()])
    panel.queue.choose("broken")
    assert (panel.buttons.retry.isEnabled(), panel.buttons.cancel.isEnabled()) == (True, False)
    panel.buttons.retry.click()
    panel.buttons.variation.click()
    panel.queue.choose("asks")
    panel.buttons.release.click()
    panel.queue.choose("city")
    panel.buttons.cancel.click()
    link.drain()
    assert [calls(link, method)[0]["ids"] for method in ("job.retry", "job.clone", "job.release", "job.cancel")] == [
        ["broken"],
        ["broken"],
        ["asks"],
        ["city"],
    ]
    assert calls(link, "job.clone")[0]["options"]["prompt"] == "A wet street at dawn"
    assert panel.status.text() == "It has ended already."


def test_what_a_person_fills_in_outlives_news_of_the_job(panel: CosmosPanel, link: FakeLink) -> None:
    link.go_online(jobs=[job("city")], clips=[clip()])
    panel.queue.choose("city")
    panel.form.form.prompt.setPlainText("Snow")
    link.tell_job(job("city", state="running", attempt=1))
    assert panel.form.form.choices.prompt == "Snow"


def test_a_result_is_shown_with_its_frames(panel: CosmosPanel, link: FakeLink, houdini_ui: Houdini) -> None:
    link.go_online(jobs=[ended("city", 1)], clips=[clip()])
    panel.queue.choose("city")
    assert panel.result.view.words.text() == "city has no result yet."
    link.tell_result(result("city", stale=True))
    assert "Stale" in panel.result.view.words.text()
    panel.result.view.frame.setValue(1013)
    panel.result.view.go.click()
    assert houdini_ui.module.frame() == 1013


def test_all_panes_share_one_session_that_ends_with_the_last(link: FakeLink, houdini_ui: Houdini) -> None:
    from cosmos_bridge.panel import CosmosPanel
    from support.qt import application, take_in

    application()
    first, second = CosmosPanel(), CosmosPanel()
    link.after_telling = partial(take_in, first.session)
    assert first.session is second.session
    link.go_online(jobs=[job("city")])
    assert (first.model.count("queued"), second.model.count("queued")) == (1, 1)
    first.shutdown()
    first.shutdown()
    link.tell_job(job("other"))
    assert (first.model.count("queued"), second.model.count("queued"), link.released) == (1, 2, 0)
    second.shutdown()
    assert link.released == 1


def test_every_control_has_a_name_for_screen_readers(panel: CosmosPanel, link: FakeLink) -> None:
    from cosmos_bridge.qt import Qt, QtWidgets

    link.go_online(clips=[clip()])
    kinds = (QtWidgets.QAbstractButton, QtWidgets.QComboBox, QtWidgets.QAbstractSlider, QtWidgets.QAbstractSpinBox)
    widgets: list[QtWidgets.QWidget] = list(panel.findChildren(QtWidgets.QWidget))
    focusable = [each for each in widgets if each.focusPolicy() != Qt.FocusPolicy.NoFocus]
    nameless = [
        each.metaObject().className()
        for each in focusable
        if isinstance(each, kinds) and not each.accessibleName() and not (hasattr(each, "text") and each.text())
    ]
    assert not nameless
