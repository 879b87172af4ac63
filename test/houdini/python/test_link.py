"""The link against a real daemon that stops, dies and comes back."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path

import pytest

from cosmos_bridge.discovery import Discovery, find_daemon
from cosmos_bridge.errors import CosmosError
from cosmos_bridge.inbox import Inbox
from cosmos_bridge.link import Link
from cosmos_bridge.link_keeper import NO_DAEMON
from cosmos_bridge.messages import EventReceived, ProgressReceived, SnapshotReceived, StateChanged
from cosmos_bridge.rpc import PROTOCOL_VERSION, Answer
from support.daemon import Daemon
from support.frames import write_clip
from support.hearing import Hearing, Log
from support.schemas import check_notification, check_result


@pytest.fixture
def hearing() -> Iterator[Hearing]:
    link = Link()
    yield Hearing(link)
    link.close()


def test_it_tells_a_snapshot_then_what_changes(running: Daemon, hearing: Hearing) -> None:
    online = hearing.until_state("online")
    assert online.hello is not None
    assert Path(online.hello["stateDir"]) == running.state
    [first] = hearing.all(SnapshotReceived)
    check_result("event.subscribe", {"seq": first.seq, "snapshot": first.snapshot})

    running.call("queue.pause")
    running.call("queue.resume")
    hearing.until(lambda: len(hearing.numbers()) >= 2)

    assert hearing.numbers() == [first.seq + 1, first.seq + 2]
    for told in hearing.all(EventReceived):
        check_notification("event", told.event)


def test_calls_are_answered_inside_drain_with_a_result_or_the_daemons_sentence(
    running: Daemon, hearing: Hearing
) -> None:
    hearing.until_state("online")
    on_threads: list[threading.Thread] = []
    hearing.link.call("daemon.status", {}, lambda _: on_threads.append(threading.current_thread()))
    hearing.until(lambda: bool(on_threads))
    assert on_threads == [threading.current_thread()]
    with pytest.raises(CosmosError) as unknown:
        hearing.call("job.get", id="no such job")
    assert unknown.value.code == "not_found"


def test_a_call_without_a_connection_is_answered_at_once(hearing: Hearing) -> None:
    hearing.until_state("offline")
    answers: list[Answer] = []
    hearing.link.call("queue.pause", {}, answers.append)
    assert answers == []
    hearing.link.drain()
    assert answers[0].error is not None
    assert answers[0].error.code == "daemon_away"


def test_a_night_without_a_daemon_collects_nothing() -> None:
    looks: queue.SimpleQueue[None] = queue.SimpleQueue()

    def find() -> Discovery | None:
        looks.put(None)
        return None

    link = Link(find)
    for _ in range(4):
        looks.get(timeout=10)
        link.retry()
    link.close()
    assert NO_DAEMON.__traceback__ is None


def test_a_late_listener_gets_a_snapshot_of_its_own(running: Daemon, hearing: Hearing) -> None:
    hearing.until_state("online")
    late = Hearing(hearing.link)
    hearing.link.refresh()
    late.until(lambda: bool(late.all(SnapshotReceived)))
    running.call("queue.pause")
    running.call("queue.resume")
    late.until(lambda: len(late.numbers()) >= 2)
    assert late.numbers() == [late.all(SnapshotReceived)[0].seq + 1, late.all(SnapshotReceived)[0].seq + 2]


def test_events_go_on_behind_the_last_one_after_the_daemon_died(daemon: Daemon, hearing: Hearing) -> None:
    hearing.until_state("online")
    daemon.call("queue.pause")
    hearing.until(lambda: bool(hearing.numbers()))
    daemon.kill()
    hearing.until_state("offline")
    daemon.start()
    daemon.call("queue.resume")
    hearing.until_state("online")
    last = daemon.call("daemon.status")["seq"]
    hearing.until(lambda: hearing.numbers()[-1] >= last)

    assert len(hearing.all(SnapshotReceived)) == 1
    numbers = [hearing.all(SnapshotReceived)[0].seq, *hearing.numbers()]
    assert all(after == before + 1 for before, after in pairwise(numbers))
    states = [told.state for told in hearing.all(StateChanged)]
    assert [state for state, _ in groupby(states)] == ["online", "connecting", "offline", "online"]


def test_a_houdini_that_renders_for_hours_collects_nothing_and_misses_nothing(running: Daemon) -> None:
    link = Link(inbox=Inbox(capacity=3))
    hearing = Hearing(link)
    hearing.until_state("online")
    first = running.call("daemon.status")["seq"]
    with running.client() as client:
        for _ in range(10):
            client.call("queue.pause")
            client.call("queue.resume")
    hearing.until(lambda: bool(hearing.numbers()) and hearing.numbers()[-1] >= first + 20)
    link.close()
    assert hearing.numbers()[-20:] == list(range(first + 1, first + 21))


def test_a_version_that_does_not_fit_is_refused_with_the_daemons_sentence(
    running: Daemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert running.state.exists()
    monkeypatch.setattr("cosmos_bridge.link_session.PROTOCOL_VERSION", PROTOCOL_VERSION + 1)
    link = Link()
    refused = Hearing(link).until_state("refused")
    link.close()
    assert refused.problem is not None
    assert refused.problem.code == "protocol_mismatch"
    assert "update the daemon" in refused.problem.sentence


@pytest.mark.daemon
def test_the_button_starts_a_daemon(tmp_path: Path, hearing: Hearing) -> None:
    place = Daemon(tmp_path)
    hearing.until_state("offline")
    facts = {"argv": place.argv, "stateDir": str(place.state), "config": None, "version": "0.1.0"}
    (tmp_path / "install.json").write_text(json.dumps(facts))
    hearing.link.retry(start=True)
    hearing.until_state("online")
    hearing.call("daemon.stop")


def test_a_defect_of_ours_does_not_end_the_link_for_good(running: Daemon) -> None:
    tries = iter([ValueError("a defect"), find_daemon(running.state)])

    def find() -> Discovery | None:
        found = next(tries)
        if isinstance(found, ValueError):
            raise found
        return found

    link = Link(find)
    hearing = Hearing(link)
    refused = hearing.until_state("refused")
    assert refused.problem is not None
    assert "a defect" in refused.problem.sentence
    link.retry()
    hearing.until_state("online")
    link.close()


def test_a_log_is_followed_over_a_restart_byte_for_byte(daemon: Daemon, hearing: Hearing) -> None:
    clip = write_clip(daemon.exports / "street", last=30)
    hearing.until_state("online")
    hearing.call("clip.register", path=str(clip))
    [job] = hearing.call("job.submit", targets=[str(clip)])["jobs"]
    hearing.until(lambda: _state(hearing, job["id"]) == "running")
    log = Log()
    hearing.link.follow(job["id"], log)
    hearing.until(lambda: bool(log.pieces))
    assert not log.is_complete
    daemon.kill()
    daemon.start()
    hearing.until(lambda: log.is_complete)

    assert log.last is not None
    assert log.last.problem is None
    assert all(after.start == before.end for before, after in pairwise(log.pieces))
    read = daemon.call("log.read", id=job["id"], bytes=1_000_000)
    assert log.text == read["text"]
    assert "Processing sample" in log.text
    for told in hearing.all(ProgressReceived):
        check_notification("progress", told.progress)


def test_a_log_that_is_not_there_says_why(running: Daemon, hearing: Hearing) -> None:
    hearing.until_state("online")
    log = Log()
    hearing.link.follow("no such job", log)
    hearing.until(lambda: log.is_complete)
    assert log.last is not None
    assert log.last.problem is not None
    assert log.last.problem.code == "not_found"


def test_a_refused_token_is_another_state_than_away(running: Daemon) -> None:
    found = find_daemon(running.state)
    assert found is not None
    link = Link(find=lambda: Discovery(url=found.url, token="wrong"))
    hearing = Hearing(link)
    refused = hearing.until_state("refused")
    link.close()
    assert refused.problem is not None
    assert refused.problem.code == "unauthorized"


def _state(hearing: Hearing, job: str) -> str:
    states = [one.event["data"]["state"] for one in hearing.all(EventReceived) if one.event["id"] == job]
    return states[-1] if states else ""
