"""The self-check in the stand-in: what behaves by the catalogue agrees, and what is changed is found."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cosmos_bridge import __main__ as program
from cosmos_bridge import attach, selfcheck
from cosmos_bridge.errors import CosmosError
from cosmos_bridge.selfcheck.clock import Clock
from cosmos_bridge.selfcheck.findings import JSON_BEGINS, Finding, Report
from cosmos_bridge.selfcheck.private import Private
from support.fake_hou import Houdini
from support.renderer import render_exr


class Husk:
    """The time of the stand-in: images that are waited for arrive in the first pause, unless husk has died."""

    def __init__(self, houdini: Houdini) -> None:
        self.houdini, self.seconds, self.dies = houdini, 0.0, False

    def clock(self, limit: float = 10_000) -> Clock:
        return Clock(limit, 60, self.now, self.pause)

    def now(self) -> float:
        return time.time() + self.seconds

    def pause(self, seconds: float) -> None:
        self.seconds += 1
        if not self.dies:
            self.houdini.scene.late.arrive()


@pytest.fixture
def husk(houdini: Houdini) -> Husk:
    attach.start()
    husk = Husk(houdini)
    render_exr(houdini, husk.now)
    return husk


def run(husk: Husk, tmp_path: Path, **wanted: Any) -> Report:
    return selfcheck.run(tmp_path / "found.txt", tell=lambda _: None, clock=husk.clock(), **wanted)


def differing(report: Report) -> list[str]:
    return [f"{each.what}: {each.seen}" for each in report.findings if each.verdict == "differs"]


def test_the_stand_in_agrees(husk: Husk, tmp_path: Path) -> None:
    report = run(husk, tmp_path)
    print(report.text())
    assert differing(report) == []
    assert {each.step for each in report.findings if each.verdict == "agrees"} == {1, 2, 3, 4, 5, 6, 8}
