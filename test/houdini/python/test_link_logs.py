"""What the link does when bytes of a log are missing, told twice, or of another log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from cosmos_bridge.inbox import Inbox
from cosmos_bridge.link_logs import Followed, LinkLogs
from cosmos_bridge.log_follow import LogFollow
from cosmos_bridge.rpc import Answer
from cosmos_bridge.rpc_stream import Done
from cosmos_bridge.wire import LogPiece
from support.hearing import Log


class Wire:
    """A stream whose answers the test gives."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Mapping[str, object]]] = []
        self.waiting: list[Done] = []

    def request(self, method: str, params: Mapping[str, object], done: Done) -> None:
        """Keeps what was asked."""
        self.asked.append((method, params))
        if method == "log.follow":
            self.waiting.append(done)

    def follows(self, name: str, start: int, run: str = "run-1") -> None:
        """Answers the follow that was asked for last."""
        self.waiting.pop()(Answer(result={"follow": name, "run": run, "from": start}))


class Scene:
    """One followed log on one connection."""

    def __init__(self) -> None:
        self.wire, self.inbox, self.heard = Wire(), Inbox(), Log()
        self.log = LogFollow("job-1", None, 100, self.heard)
        self.followed = Followed([self.log])
        self.logs = LinkLogs(self.wire, self.followed, self.inbox)
        self.logs.follow(self.log)
        self.wire.follows("f1", 0)

    def drain(self) -> None:
        """Hands over what has come."""
        while (delivery := self.inbox.take()) is not None:
            delivery()


@pytest.fixture
def scene() -> Scene:
    return Scene()


def piece(follow: str, start: int, text: str) -> LogPiece:
    return {"follow": follow, "run": "run-1", "from": start, "to": start + len(text.encode()), "text": text}


def last_ask(scene: Scene) -> tuple[str, dict[str, Any]]:
    method, params = scene.wire.asked[-1]
    return method, dict(params)


def test_a_gap_is_asked_for_again_behind_the_last_byte(scene: Scene) -> None:
    scene.logs.piece(piece("f1", 0, "abc"))
    scene.logs.gap({"follow": "f1", "run": "run-1", "from": 3, "to": 90})
    assert scene.wire.asked[-2:] == [("log.unfollow", {"follow": "f1"}), ("log.follow", {"id": "job-1", "from": 3})]
    scene.logs.piece(piece("f1", 90, "of the follow that was left"))
    scene.wire.follows("f2", 3)
    scene.logs.piece(piece("f2", 3, "def"))
    scene.drain()
    assert scene.heard.text == "abcdef"


def test_a_piece_that_does_not_fit_is_asked_for_again(scene: Scene) -> None:
    scene.logs.piece(piece("f1", 0, "abc"))
    scene.logs.piece(piece("f1", 5, "far"))
    assert last_ask(scene) == ("log.follow", {"id": "job-1", "from": 3})


def test_what_is_known_is_not_told_twice(scene: Scene) -> None:
    scene.logs.piece(piece("f1", 0, "ab\u00e9"))
    scene.logs.piece(piece("f1", 2, "\u00e9f"))
    scene.logs.piece(piece("f1", 0, "ab"))
    scene.drain()
    assert scene.heard.text == "ab\u00e9f"


def test_an_end_before_all_has_come_is_no_end(scene: Scene) -> None:
    scene.logs.piece(piece("f1", 0, "abc"))
    scene.logs.end({"follow": "f1", "run": "run-1", "size": 6})
    assert last_ask(scene) == ("log.follow", {"id": "job-1", "from": 3})
    scene.wire.follows("f2", 3)
    scene.logs.piece(piece("f2", 3, "def"))
    scene.logs.end({"follow": "f2", "run": "run-1", "size": 6})
    scene.drain()
    assert scene.heard.text == "abcdef"
    assert scene.heard.is_complete
    assert scene.followed.logs == []


def test_the_log_of_another_run_is_not_the_rest_of_this_one(scene: Scene) -> None:
    scene.logs.piece(piece("f1", 0, "abc"))
    again = LinkLogs(scene.wire, scene.followed, scene.inbox)  # the next connection
    again.follow(scene.log)
    scene.wire.follows("f9", 0, run="run-2")
    again.piece({**piece("f9", 0, "the second attempt"), "run": "run-2"})
    scene.drain()
    assert scene.heard.text == "abc"
    assert scene.heard.is_complete


def test_who_left_hears_nothing_more(scene: Scene) -> None:
    scene.logs.piece(piece("f1", 0, "abc"))
    scene.log.closed = True
    scene.logs.unfollow(scene.log)
    scene.logs.piece(piece("f1", 3, "def"))
    scene.drain()
    assert scene.heard.text == ""
    assert last_ask(scene) == ("log.unfollow", {"follow": "f1"})
