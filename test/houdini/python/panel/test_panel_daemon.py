"""The panel with a real daemon and the preview engine: what an artist sees from Send to the finished video."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from cosmos_bridge.choices import Choices
from cosmos_bridge.send import prepare
from support.daemon import Daemon
from support.fake_hou import Houdini
from support.renders import karma, set_up

if TYPE_CHECKING:
    from cosmos_bridge.panel import CosmosPanel

pytestmark = pytest.mark.qt


@pytest.fixture
def panel(running: Daemon, houdini_ui: Houdini) -> Iterator[CosmosPanel]:
    """A panel that is connected to the daemon of this file."""
    from cosmos_bridge.panel import CosmosPanel
    from support.qt import application, pump

    application()
    opened = CosmosPanel()
    opened.show()
    pump(lambda: opened.session.online, "the connection")
    yield opened
    opened.shutdown()
    opened.close()


def ready_clip(daemon: Daemon, houdini: Houdini, name: str, last: int = 8) -> str:
    """A clip that a render node has written, with its manifest, known to the daemon."""
    node = karma(houdini, f"/out/{name}", f"{daemon.exports}/{name}/color.$F4.png", f2=last)
    node.render()
    (parcel,), _ = prepare([node], Choices())
    clip: dict[str, str] = daemon.call("clip.register", path=str(parcel.folder))["clip"]
    return clip["id"]


def choose_clip(panel: CosmosPanel, clip: str) -> None:
    from support.qt import pump

    clips = panel.session.store.clips
    pump(lambda: clip in clips and clips[clip]["state"] == "ready", "a clip that is ready")
    panel.form.clips.setCurrentIndex(panel.form.clips.findData(clip))
    panel.form.clips.activated.emit(panel.form.clips.currentIndex())


def test_from_send_to_the_finished_video(panel: CosmosPanel, running: Daemon, houdini_ui: Houdini) -> None:
    from cosmos_bridge.qt import QtCore
    from support.qt import pump

    choose_clip(panel, ready_clip(running, houdini_ui, "city"))
    form = panel.form.form
    pump(lambda: form.rows["edge"].source.text() == "computed by the model", "the controls")
    edge, vis, depth = (form.rows[hint] for hint in ("edge", "vis", "depth"))
    assert (edge.effective.text(), depth.switch.isEnabled()) == ("1", False)
    assert depth.source.text() == "unavailable: Preview needs a rendered depth pass"
    vis.switch.click()
    pump(lambda: vis.effective.text(), "what the colors come to")
    edge.switch.click()
    form.prompt.setPlainText("A wet street at dawn")
    seen: list[float] = []

    def see(first: QtCore.QModelIndex, _last: QtCore.QModelIndex) -> None:
        row = panel.model.job(first)
        if row is not None and row.section == "running" and row.fraction is not None:
            seen.append(row.fraction)

    panel.model.dataChanged.connect(see)
    panel.buttons.send.click()
    pump(lambda: panel.chosen_job(), "the job in the queue")
    job = panel.chosen_job()
    assert job is not None
    assert job["settings"]["weights"].get("edge") == "off"
    pump(lambda: panel.model.count("done") == 1, "the end of the job")
    assert max(seen) > min(seen)
    pump(lambda: panel.result.view.words.text().startswith("city_preview"), "the result")
    pump(lambda: not panel.result.view.poster.isHidden(), "the poster")
    pump(lambda: panel.log.view.is_drawn and "frame" in panel.log.view.text.toPlainText(), "the log")
    assert '"edge"' not in running.call("job.get", id=job["id"])["spec"]


def test_cancel_and_retry(panel: CosmosPanel, running: Daemon, houdini_ui: Houdini) -> None:
    from support.qt import pump

    choose_clip(panel, ready_clip(running, houdini_ui, "lot", last=24))
    panel.form.form.prompt.setPlainText("A lot at noon")
    panel.buttons.send.click()
    pump(lambda: panel.chosen_job(), "the job in the queue")
    panel.buttons.cancel.click()
    pump(lambda: panel.buttons.retry.isEnabled(), "the cancelled job")
    panel.buttons.retry.click()
    pump(lambda: panel.buttons.cancel.isEnabled(), "the job that runs again")
    panel.buttons.cancel.click()
    pump(lambda: panel.buttons.retry.isEnabled(), "the cancelled job")


def test_a_new_render_makes_the_older_result_stale(panel: CosmosPanel, running: Daemon, houdini_ui: Houdini) -> None:
    from support.qt import pump

    clip = ready_clip(running, houdini_ui, "crane", last=4)
    choose_clip(panel, clip)
    panel.form.form.prompt.setPlainText("A crane in fog")
    panel.buttons.send.click()
    pump(lambda: panel.result.view.words.text().startswith("crane_preview"), "the result")
    assert "Stale" not in panel.result.view.words.text()
    set_up(houdini_ui, grey=180)
    assert ready_clip(running, houdini_ui, "crane", last=4) == clip
    pump(lambda: "Stale" in panel.result.view.words.text(), "the news that the result is stale")
    pump(lambda: panel.session.store.clips[clip]["revision"] == 2, "the new revision")
