from __future__ import annotations

from typing import Any, cast

from cosmos_bridge import wire
from cosmos_bridge.panel.store import Store, StoreChange
from support.jobs import clip, job, result


def snapshot(**changes: Any) -> wire.Snapshot:
    plain = {"jobs": [], "clips": [], "results": [], "queue": {"paused": False, "reason": ""}}
    return cast("wire.Snapshot", {**plain, **changes})


def event(kind: str, name: str, data: object) -> wire.Event:
    return cast("wire.Event", {"seq": 1, "at": "", "kind": kind, "type": "", "id": name, "data": data})


def test_a_second_snapshot_tells_only_what_differs() -> None:
    store, told = Store(), list[StoreChange]()
    store.take_snapshot(snapshot(jobs=[job("same"), job("moves"), job("goes")], clips=[clip()]))
    store.flush(1)
    store.on_change(told.append)
    store.take_snapshot(snapshot(jobs=[job("same"), job("moves", state="running"), job("comes")], clips=[clip()]))
    store.flush(1)
    assert {(change.kind, change.id) for change in told} == {("job", "moves"), ("job", "goes"), ("job", "comes")}
    assert set(store.jobs) == {"same", "moves", "comes"}


def test_events_are_taken_in() -> None:
    store, told = Store(), list[StoreChange]()
    stop = store.on_change(told.append)
    store.take_event(event("job", "a", job("a")))
    store.take_event(event("clip", "clip-city", clip()))
    store.take_event(event("result", "a", result("a")))
    store.take_event(event("queue", "queue", {"paused": True, "reason": "Lunch"}))
    store.take_event(event("clip", "clip-city", None))
    assert (set(store.jobs), store.clips, set(store.results), store.paused) == ({"a"}, {}, {"a"}, True)
    store.take_event(event("job", "b", job("b")))
    store.flush(0)
    assert len(told) == 1, "however little time there is, something goes on"
    store.flush(1)
    assert [(change.kind, change.id) for change in told] == [
        ("job", "a"),
        ("clip", "clip-city"),
        ("result", "a"),
        ("queue", ""),
        ("job", "b"),
    ], "what changed twice is told once"
    stop()
    store.take_event(event("job", "a", job("a", fence=2)))
    store.flush(1)
    assert len(told) == 5


def test_progress_is_kept_while_a_job_lives() -> None:
    store = Store()
    progress = cast("wire.Progress", {"job": "a", "stage": "frame 1/2", "fraction": 0.5, "eta": None})
    store.take_progress(progress)
    assert store.progress == {}
    store.take_event(event("job", "a", job("a", state="running")))
    store.take_progress(progress)
    assert store.progress == {"a": progress}
    store.take_event(event("job", "a", job("a", state="succeeded", endedAt="2026-11-20T09:00:00.000Z")))
    assert store.progress == {}
