"""The panel with names, errors and logs of strangers: every word is shown as it was written, and none of them acts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

import pytest

from cosmos_bridge.qt import Qt, QtWidgets
from support.jobs import clip, ended, job, result

if TYPE_CHECKING:
    from cosmos_bridge.panel import CosmosPanel
    from support.fake_link import FakeLink

pytestmark = pytest.mark.qt

IMAGE = "<img src='file:///etc/passwd'>"
LINK = "<a href='file:///etc/passwd'>harbour</a> & <b>more</b>"
STEERS = "shot\u202egpj.exe\u2066\x1b]0;PWNED\x07\nb  done\u200b\ud83d"
ACTS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\u200f]")


def test_whatever_strangers_are_called_the_panel_shows_it(panel: CosmosPanel, link: FakeLink) -> None:
    error = {"code": "x", "class": "user", "message": f"{IMAGE} {LINK} {STEERS}"}
    link.taught["config.get"] = lambda _: {"presets": [IMAGE, STEERS]}
    link.taught["spec.controls"] = controls
    link.go_online(
        clips=[clip(IMAGE), clip(STEERS)],
        jobs=[
            job(IMAGE, state="running", attempt=1, host=STEERS, startedAt="2026-11-20T09:02:00Z", clip=f"clip-{IMAGE}"),
            job(LINK, position=2),
            job(STEERS, state="failed", error=error, endedAt="2026-11-20T08:40:00Z"),
            ended("done", 20),
        ],
        results=[result("done", video=f"/renders/{IMAGE}.mp4")],
    )
    for chosen in (IMAGE, STEERS, LINK, "done"):
        panel.queue.choose(chosen)
        panel.status.say(f"{IMAGE} {STEERS}")
        for text in words_of(panel):
            assert ACTS.search(text) is None, text
        labels = cast("list[QtWidgets.QLabel]", panel.findChildren(QtWidgets.QLabel))
        for label in labels:
            assert label.textFormat() == Qt.TextFormat.PlainText or label.text().isalpha(), label.text()
    assert IMAGE in set(words_of(panel))  # as it is written
    assert "shot\\u202egpj.exe\\u2066\\x1b]0;PWNED\\x07\\nb  done\\u200b\\ud83d" in set(words_of(panel))


def words_of(panel: CosmosPanel) -> Iterator[str]:
    """All that the widgets of the panel say, tooltips too; those must not be what Qt takes for markup by chance."""
    widgets = cast("list[QtWidgets.QWidget]", panel.findChildren(QtWidgets.QWidget))
    for widget in widgets:
        tip = widget.toolTip()
        assert "<img" not in tip and "<a " not in tip, tip
        yield tip
        if isinstance(widget, QtWidgets.QLabel):
            yield widget.text()
        if isinstance(widget, QtWidgets.QComboBox):
            yield from (widget.itemText(row) for row in range(widget.count()))
    for row in range(panel.model.rowCount()):
        for column in range(panel.model.columnCount()):
            index = panel.model.index(row, column)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                text = index.data(role)
                assert role != Qt.ItemDataRole.ToolTipRole or text is None or "<img" not in text
                yield text or ""


def controls(_: Any) -> dict[str, object]:
    """What the daemon says of one control, in a stranger's words."""
    row = {"hint": "edge", "on": True, "weight": 1, "effective": IMAGE, "instead": "", "source": "render"}
    return {"engine": "preview", "controls": [{**row, "sourceSays": STEERS}], "note": f"{IMAGE} {STEERS}"}
