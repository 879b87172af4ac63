"""A self-check in a real Houdini, up to an hour long: does Houdini behave as this plugin expects?

It works in a new scene in a temporary folder, renders small images there, sends nothing, and writes one text file for
the user to read and send back. See docs/HOUDINI.md.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from ..errors import CosmosError
from ..rop.parms import text
from ..tell import ask, write_line
from . import by_hand, names, passes, sending, timing
from .clock import DEADLINE, MINUTES, Clock
from .findings import Finding, Report
from .here import here, private
from .scene import OwnScene, build

__all__ = ["DEADLINE", "MINUTES", "run"]


def run(
    file: Path | None = None,
    *,
    minutes: float = MINUTES,
    deadline: float = DEADLINE,
    questions: bool | None = None,
    tell: Callable[[str], None] | None = None,
    clock: Clock | None = None,
) -> Report:
    """Runs all checks, writes the report and returns it. `questions` None = ask only where Houdini has windows.

    Asks before it closes the open scene in Houdini's window, and opens it again afterwards. Raises CosmosError
    selfcheck_unsaved, selfcheck_declined, selfcheck_unwritable.
    """
    import hou

    say = tell or (lambda line: write_line(line, sys.stdout))
    windows = hou.isUIAvailable()
    clock = clock or Clock(minutes * 60, deadline, pause=_pause_in_window if windows else time.sleep)
    before = _leave_scene() if windows else None
    folder = Path(tempfile.mkdtemp(prefix="cosmos-selfcheck-"))
    report = _report(file or Path.cwd() / _name(), folder)
    say(
        f"This takes up to {minutes:g} minutes. Houdini renders small images in {folder} meanwhile, sends nothing, and "
        "changes no scene of yours. A render that never ends is ended with Esc or Ctrl+C; what was found is kept."
    )
    try:
        clock.start()
        scene = build(folder)
        if "settings" in scene.nodes:
            report.here["Karma renders with"] = text(scene.nodes["settings"], "engine") or "unknown"
        _all(report, scene, clock, say)
        by_hand.ask_all(report, questions=windows if questions is None else questions)
    finally:
        if windows:
            _back_to(before)
    say(f"{report.summary()}. Read {report.file} and send it back; the images are in {folder}.")
    return report


def _all(report: Report, scene: OwnScene, clock: Clock, tell: Callable[[str], None]) -> None:
    """Runs each step on its own. An unexpected error is reported, and the other steps go on."""
    steps: tuple[tuple[int, Callable[[], None]], ...] = (
        (1, lambda: names.check(report, scene.nodes.get("Copernicus Image"))),
        (2, lambda: timing.check(scene, clock, report)),
        (3, lambda: sending.check_scripts(scene, clock, report)),
        (6, lambda: sending.check_render_first(scene, clock, report)),
        (4, lambda: passes.check(scene, clock, report)),
        (8, lambda: sending.check_rest(scene, report)),
    )
    for number, step in steps:
        tell(f"Step {number}...")
        try:
            step()
        except Exception as failure:  # the report exists to show such errors
            seen = f"{type(failure).__name__}: {failure}"
            report.add(Finding(number, "The rest of this step", "", seen, "not tried"))
    for absent in dict.fromkeys(scene.absent):
        report.add(Finding(1, f"{absent} was to be set", "the node has it", "it is not there", "differs"))


def _pause_in_window(seconds: float) -> None:
    """Waits while Houdini handles its events, so that the wait delays nothing."""
    from ..qt import QtWidgets

    QtWidgets.QApplication.processEvents()
    time.sleep(seconds)


def _leave_scene() -> str | None:
    """Asks whether the open scene may be closed; returns its file, or None when it was never saved."""
    import hou

    name = hou.hipFile.basename()
    if hou.hipFile.hasUnsavedChanges():
        raise CosmosError("selfcheck_unsaved", f"{name} has changes that are not saved: save it, then start again.")
    question = f"The self-check closes {name}, works in a scene of its own, and opens {name} again. Go on?"
    if ask(question, "Cosmos self-check", ("Go on", "Cancel"), instead=1) != 0:
        raise CosmosError("selfcheck_declined", "The self-check was not started.")
    return None if hou.hipFile.isNewFile() else hou.hipFile.path()


def _back_to(hip: str | None) -> None:
    import hou

    if hip is None:
        hou.hipFile.clear(suppress_save_prompt=True)
    else:
        hou.hipFile.load(hip, suppress_save_prompt=True, ignore_load_warnings=True)


def _name() -> str:
    import hou

    return f"cosmos-selfcheck-{hou.applicationVersionString()}-{time.strftime('%Y%m%d-%H%M%S')}.txt"


def _report(file: Path, folder: Path) -> Report:
    try:
        return Report(file, here(), private(folder))
    except OSError as error:
        words = f"{file} cannot be written ({error.strerror}): name another place with --out."
        raise CosmosError("selfcheck_unwritable", words) from error
