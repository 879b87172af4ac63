"""A parcel reaches the daemon once: at once, or by the spool."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

from cosmos_bridge import deliver, paths
from cosmos_bridge.errors import CosmosError
from cosmos_bridge.parcel import Parcel
from support.schemas import check, check_params

JOB = {"id": "job-1", "state": "preparing", "settings": {}}


class Line:
    """A connection that answers as it was told, and remembers what it was asked."""

    def __init__(self, **answers: object) -> None:
        self.answers: dict[str, object] = {
            "clip.register": {"clip": {"root": "/job", "existing": False}},
            "watch.list": {"watches": []},
            "job.submit": {"jobs": [JOB]},
        } | {name.replace("_", "."): answer for name, answer in answers.items()}
        self.asked: list[tuple[str, Mapping[str, object]]] = []

    def call(
        self, method: str, params: Mapping[str, object] | None = None, timeout: float | None = None
    ) -> dict[str, Any]:
        check_params(method, params or {})
        self.asked.append((method, params or {}))
        answer = self.answers[method]
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, dict)
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


def parcel(unattended: bool = False) -> Parcel:
    return Parcel(Path("/job/city"), "city", {"prompt": "Rain"}, unattended, "houdini:1")


def spooled() -> list[dict[str, Any]]:
    entries = [json.loads(file.read_text()) for file in sorted(paths.spool_dir(paths.state_dir()).glob("*.json"))]
    for entry in entries:
        check("spool-entry", entry)
    return entries


def away() -> Line:
    raise CosmosError("daemon_away", "No daemon.")


def test_it_registers_and_submits() -> None:
    line = Line()
    delivery = deliver.deliver(parcel(), lambda: line)
    assert (delivery.how, delivery.sentence()) == ("sent", "sent as job-1")
    assert [method for method, _ in line.asked] == ["clip.register", "job.submit"]
    assert line.asked[1][1] == {
        "targets": [str(Path("/job/city"))],
        "options": {"prompt": "Rain"},
        "idempotencyKey": "houdini:1",
    }
    assert spooled() == []


def test_an_answer_that_does_not_come_is_waited_for_in_the_spool() -> None:
    line = Line(job_submit=CosmosError("daemon_away", "It did not answer."))
    delivery = deliver.deliver(parcel(), lambda: line)
    assert delivery.how == "spooled"
    assert [entry["key"] for entry in spooled()] == ["houdini:1"]


def test_without_a_daemon_it_waits_in_the_spool_once() -> None:
    for _ in range(2):
        assert deliver.deliver(parcel(), away).how == "spooled"
    [entry] = spooled()
    assert entry["path"] == str(Path("/job/city").absolute())
    assert entry["options"] == {"prompt": "Rain"}


def test_what_the_daemon_refuses_is_not_spooled() -> None:
    with pytest.raises(CosmosError, match="not ready"):
        deliver.deliver(parcel(), lambda: Line(job_submit=CosmosError("clip_not_ready", "city is not ready.")))
    assert spooled() == []


def test_a_render_that_the_daemon_does_not_see_whole_yet_waits_in_its_spool() -> None:
    paths.state_dir().mkdir()
    line = Line(job_submit=CosmosError("clip_not_ready", "city is not ready: color: frame 0093 missing."))
    delivery = deliver.deliver(parcel(unattended=True), lambda: line)
    assert delivery.how == "waiting"
    assert [entry["unattended"] for entry in spooled()] == [True]


def test_a_watch_with_auto_send_sends_it_alone() -> None:
    watched = {"watches": [{"path": "/job", "autoSend": True}]}
    line = Line(watch_list=watched)
    assert deliver.deliver(parcel(unattended=True), lambda: line).how == "watched"
    assert "job.submit" not in [method for method, _ in line.asked]
    assert deliver.deliver(parcel(), lambda: Line(watch_list=watched)).how == "sent"  # a person asks for this one
    there_before = Line(watch_list=watched, clip_register={"clip": {"root": "/job", "existing": True}})
    assert deliver.deliver(parcel(unattended=True), lambda: there_before).how == "sent"


def test_a_render_is_marked_as_unattended_and_a_held_job_is_told() -> None:
    line = Line(job_submit={"jobs": [{**JOB, "settings": {"hold": "It costs money."}}]})
    delivery = deliver.deliver(parcel(unattended=True), lambda: line)
    assert line.asked[-1][1]["unattended"] is True
    assert delivery.sentence() == "job-1 waits for you: It costs money."


def test_the_same_send_again_says_what_became_of_the_job() -> None:
    line = Line(job_submit={"jobs": [{**JOB, "state": "cancelled"}]})
    assert (
        "was sent before as job-1, which is cancelled: retry it" in deliver.deliver(parcel(), lambda: line).sentence()
    )


def test_a_farm_machine_without_a_daemon_keeps_nothing() -> None:
    with pytest.raises(CosmosError, match="has never run on this computer"):
        deliver.deliver(parcel(unattended=True), away)
    assert spooled() == []
    paths.state_dir().mkdir()
    assert deliver.deliver(parcel(unattended=True), away).how == "spooled"
