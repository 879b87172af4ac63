"""Qt's own examination of the model; it is in PySide6 only, so this file does not run with the Qt of Houdini 20.5."""

from __future__ import annotations

import random

from cosmos_bridge.panel.queue_job import SECTION_TITLES, SECTIONS, queue_job
from cosmos_bridge.panel.queue_model import QueueModel
from cosmos_bridge.panel.queue_view import QueueView
from support.jobs import job
from support.qt import application

STATES = ("preparing", "queued", "running", "succeeded", "failed", "held")


def test_qt_finds_no_fault_with_any_change() -> None:
    from PySide6 import QtTest

    application()
    model = QueueModel()
    tester = QtTest.QAbstractItemModelTester(model, QtTest.QAbstractItemModelTester.FailureReportingMode.Fatal)
    view = QueueView(model)
    view.show()
    chosen = "job-0"
    model.put(queue_job(job(chosen), None))
    view.choose(chosen)
    chance = random.Random(6)
    for turn in range(100):
        name = f"job-{chance.randrange(12)}"
        changed = job(name, state=chance.choice(STATES), priority=chance.randrange(3), position=chance.randrange(4))
        model.put(queue_job(changed, None))
        if turn % 7 == 0 and name != chosen:
            model.remove(name)
        current = view.current_job()
        assert current is not None, "what is chosen stays chosen"
        assert current.id == chosen, "wherever it goes"
    indexes = [model.index(row, 0) for row in range(model.rowCount())]
    titles = [model.data(index) for index in indexes if model.job(index) is None]
    assert titles == [f"{SECTION_TITLES[section]}  {model.count(section)}" for section in SECTIONS]
    assert tester.model() is model
