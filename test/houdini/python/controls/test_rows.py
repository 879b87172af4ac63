from __future__ import annotations

from collections.abc import Callable
from typing import cast

from cosmos_bridge.choices import Choices
from cosmos_bridge.controls.cost import cost_line
from cosmos_bridge.controls.newest import Newest, Params
from cosmos_bridge.controls.rows import local_rows, question, weights_of
from cosmos_bridge.wire.outlook import Estimate


def test_what_is_off_is_asked_as_off() -> None:
    assert question(Choices(preset="night"), ["color"]) == {"preset": "night", "passes": ["color"]}
    asked = question(Choices(engine="cosmos3", weights={"edge": 0.4}), ["color", "depth"])
    assert asked["weights"] == {"edge": 0.4, "depth": "off", "seg": "off", "vis": "off"}


def test_without_a_daemon_rows_show_what_was_chosen() -> None:
    rows = {row.hint: row for row in local_rows(Choices(weights={"edge": 0.4}), ["color", "depth"]).rows}
    assert (rows["edge"].on, rows["edge"].weight, rows["depth"].on) == (True, 0.4, False)
    rendered = {row.hint: row for row in local_rows(Choices(), ["color", "depth"]).rows}
    assert (rendered["depth"].on, rendered["depth"].source) == (True, "from render")


def test_one_change_makes_all_weights_the_persons_own() -> None:
    rows = local_rows(Choices(weights={"edge": 0.4, "seg": 0.2}), []).rows
    assert weights_of(None, rows, "depth", 0.7) == {"edge": 0.4, "depth": 0.7, "seg": 0.2}
    assert weights_of(None, rows, "edge", None) == {"seg": 0.2}
    assert weights_of({"edge": 0.9}, rows, "depth", 0.7) == {"edge": 0.9, "depth": 0.7}


def test_of_many_questions_only_the_newest_is_told_of() -> None:
    asked: list[tuple[object, Callable[[str], None]]] = []
    told: list[str] = []

    def ask(params: Params, answered: Callable[[str], None]) -> None:
        asked.append((params["at"], answered))

    newest = Newest[str](ask, told.append)
    for at in range(5):
        newest.ask({"at": at})
    assert [at for at, _ in asked] == [0]
    asked[0][1]("old")
    assert [at for at, _ in asked] == [0, 4]
    asked[1][1]("new")
    assert told == ["new"]


def test_the_cost_in_one_line() -> None:
    estimate = {
        "frames": 100,
        "chunks": 2,
        "framesPerChunk": 93,
        "seconds": 754,
        "gpus": 1,
        "gpu": "H100",
        "dollars": 1.1,
    }
    assert cost_line(cast("Estimate", estimate)) == "100 frames · 2 chunks of 93 · about 12m 34s on 1 x H100 · $1.10"
    free = {"frames": 48, "chunks": 1, "framesPerChunk": 48, "seconds": None, "gpus": 1, "gpu": "none", "dollars": 0}
    assert cost_line(cast("Estimate", free)) == "48 frames"
