"""The plugin beside a newer daemon: names and fields that it does not know are read, and shown in words."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any, cast

import pytest

from cosmos_bridge import wire
from cosmos_bridge.controls.rows import daemon_rows
from cosmos_bridge.panel.clip_words import clip_title, job_choices, job_weights
from cosmos_bridge.panel.queue_job import SECTIONS, queue_job
from cosmos_bridge.panel.store import Store
from cosmos_bridge.wait import wait_for
from support.schemas import check_result

SNAPSHOT = Path(__file__).parents[2] / "support" / "newer-snapshot.json"


@pytest.fixture
def snapshot() -> wire.Snapshot:
    told: wire.Snapshot = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    return told


def test_the_daemons_own_schemas_take_it(snapshot: wire.Snapshot) -> None:
    check_result("event.subscribe", {"seq": 7, "snapshot": snapshot})


def test_every_job_has_a_section_and_words(snapshot: wire.Snapshot) -> None:
    rows = {job["id"]: queue_job(job, None) for job in snapshot["jobs"]}
    assert {row.section for row in rows.values()} <= set(SECTIONS)
    assert {name: rows[name].section for name in ("j-live", "j-queued", "j-partial", "j-expired")} == {
        "j-live": "running",
        "j-queued": "queued",
        "j-partial": "done",
        "j-expired": "needs_you",
    }
    assert rows["j-live"].phase == "waiting for quota"
    assert rows["j-queued"].phase == "blocked by parent"
    assert rows["j-partial"].phase == "partial: 3 of 8 videos were made."
    assert rows["j-expired"].phase == "expired: The licence of the model has ended."
    assert [rows[name].cancelable for name in ("j-live", "j-partial")] == [True, False]
    assert not any(rows[name].retryable or rows[name].releasable for name in ("j-live", "j-queued", "j-partial"))


def test_the_store_takes_the_snapshot_and_an_event_of_another_kind(snapshot: wire.Snapshot) -> None:
    store = Store()
    store.take_snapshot(snapshot)
    event = {"seq": 8, "at": "", "id": "a1", "kind": "artifact", "type": "made", "data": {"role": "checkpoint"}}
    store.take_event(cast("wire.Event", event))
    assert len(store.jobs) == len(snapshot["jobs"])


def test_clips_and_choices_are_told(snapshot: wire.Snapshot) -> None:
    assert clip_title(snapshot["clips"][0]).endswith("archived")
    assert job_choices(snapshot["jobs"][0]).engine == "predict2.5"
    assert job_weights(snapshot["jobs"][0]) == {"edge": 0.5, "normals": 0.25, "depth": "auto"}


def test_a_wait_ends_when_the_job_has_ended_whatever_that_is_called(snapshot: wire.Snapshot) -> None:
    [partial] = [job for job in snapshot["jobs"] if job["id"] == "j-partial"]

    class Client:
        def call(self, _method: str, _params: object) -> dict[str, Any]:
            return {"job": partial}

    assert wait_for("j-partial", lambda: nullcontext(cast("Any", Client()))) == partial


@pytest.mark.qt
def test_a_form_keeps_a_model_and_tells_a_control_that_it_does_not_know() -> None:
    from cosmos_bridge.choices_format import Choices
    from cosmos_bridge.controls.form import ChoicesForm
    from support.qt import application

    row = {"hint": "surface_normals", "on": True, "weight": 1, "effective": "1", "instead": "", "source": "derived"}
    told = {"engine": "predict2.5", "controls": [{**row, "sourceSays": "from render"}], "note": "Shares."}
    application()
    form = ChoicesForm()
    form.show_choices(Choices(engine="predict2.5"))
    form.show_rows(daemon_rows(cast("Any", told)))
    assert form.model.currentText() == "predict2.5"
    form.prompt.setPlainText("rain")
    assert form.choices.engine == "predict2.5"
    assert form.note.text() == "Shares. surface normals: from render."
