"""Rows of the queue without any Qt: where a job stands, and what a change does to the rows."""

from __future__ import annotations

import random
from typing import cast

from cosmos_bridge import wire
from cosmos_bridge.panel.queue_job import SECTIONS, queue_job
from cosmos_bridge.panel.queue_rows import QueueRows, RowChange, RowPosition
from support.jobs import ended, job


def names(rows: QueueRows, section: str) -> list[str]:
    at = SECTIONS.index(section)
    return [rows.at(RowPosition(at, row)).name for row in range(rows.count(at))]


def put(rows: QueueRows, *jobs: wire.Job) -> None:
    for one in jobs:
        rows.put(queue_job(one, None), lambda _: None)


def test_sections_and_their_order() -> None:
    rows = QueueRows()
    put(rows, job("low"), job("next", position=0.5), job("urgent", priority=5))
    put(rows, job("second", state="running", startedAt="2026-11-20T08:05:00.000Z"))
    put(rows, job("first", state="staging", startedAt="2026-11-20T08:01:00.000Z"))
    put(rows, ended("old", 1), ended("new", 2), ended("broken", 3, "failed"), job("asks", state="held"))
    assert names(rows, "queued") == ["urgent", "next", "low"]
    assert names(rows, "running") == ["first", "second"]
    assert names(rows, "done") == ["new", "old"]
    assert names(rows, "needs_you") == ["broken", "asks"]


def test_a_move_is_told_before_it_is_done() -> None:
    rows = QueueRows()
    put(rows, job("a", position=1), job("b", position=2))
    told: list[tuple[RowChange, list[str]]] = []
    rows.put(queue_job(job("a", position=3), None), lambda change: told.append((change, names(rows, "queued"))))
    queued = SECTIONS.index("queued")
    assert told == [(RowChange(RowPosition(queued, 0), RowPosition(queued, 1)), ["a", "b"])]
    assert names(rows, "queued") == ["b", "a"]


def test_rows_stay_right_over_any_changes() -> None:
    rows, known, chance = QueueRows(), dict[str, wire.Job](), random.Random(6)
    for turn in range(2000):
        name = f"job-{chance.randrange(40)}"
        if chance.random() < 0.1:
            rows.remove(name, lambda _: None)
            known.pop(name, None)
            continue
        state = chance.choice(["queued", "running", "succeeded", "failed", "held"])
        known[name] = job(name, state=state, priority=chance.randrange(3), position=chance.randrange(5), fence=turn)
        put(rows, known[name])
    rebuilt = QueueRows()
    put(rebuilt, *known.values())
    for section in SECTIONS:
        assert names(rows, section) == names(rebuilt, section)


def test_what_a_row_shows() -> None:
    progress = cast("wire.Progress", {"job": "a", "stage": "chunk 1/2 step 12/35", "fraction": 0.25, "eta": 754.0})
    row = queue_job(job("a", state="running", host="box", progress=0.1), progress)
    assert (row.phase, row.fraction, row.eta, row.host) == ("chunk 1/2 step 12/35", 0.25, 754.0, "box")
    waiting = queue_job(job("b", reason="Waits for a free slot."), None)
    assert (waiting.phase, waiting.explains) == ("queued · Preview", "Waits for a free slot.")
    over = queue_job(
        job("c", state="failed", progress=0.5, error={"code": "x", "class": "user", "message": "No."}), None
    )
    assert (over.fraction, over.explains, over.retryable, over.cancelable) == (None, "No.", True, False)
