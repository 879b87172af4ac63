"""Checks that need a look at Houdini's windows: asked as questions, or only listed where there are no windows."""

from __future__ import annotations

from ..tell import ask
from .findings import CheckResult, Finding, Report

#: Step, and a question whose "Yes" confirms what the plugin expects.
QUESTIONS: tuple[tuple[int, str], ...] = (
    (1, "Open the + of a pane, New Pane Tab Type: is Cosmos in the list?"),
    (1, "Open the Cosmos panel docked, then in a window of its own, on a scaled screen: is all text whole and sharp?"),
    (
        2,
        "Press Render to Disk on a Karma node of three frames, Wait for Render to Complete off: does the window "
        "come back before the last image is in the folder?",
    ),
    (2, "Press Render to Disk in Background, then Render to MPlay: are the images in the folder afterwards?"),
    (4, "hoiiotool --stats on a rendered image: does depth grow away from the camera, with nothing at 0?"),
    (
        4,
        "The same with the far clip as background (hitPzfarclip), and with the engine XPU: are both in the file?",
    ),
    (4, "Has each object one flat colour in seg, without a mixed one along its edges?"),
    (
        6,
        "Press Esc in a render that Send to Cosmos, Render first, has begun: does it say that the render was "
        "cancelled, and can Send be pressed again?",
    ),
    (7, "Auto-send on, three frames, then frame 2 again, then a longer range: was each sent once?"),
    (
        7,
        "Save, open again, render; rename the node, copy it, render: was each sent once, and is no "
        ".cosmos-render.*.json left?",
    ),
    (8, "A take with another output path, chosen on the node in Render with Take: does the dialog show that path?"),
    (8, "TOPs: ROP Fetch, Wait for All, Python Script with pdg.submit, in and out of process: does the job appear?"),
    (8, "Apprentice or Indie: do images have a watermark, and which is the largest size that renders?"),
    (9, "Keep the console log, the EXRs and the scene: may they become test files?"),
)
BUTTONS: tuple[tuple[str, CheckResult], ...] = (("Yes", "agrees"), ("No", "differs"), ("Not tried", "only by hand"))


def ask_all(report: Report, *, questions: bool) -> None:
    """Asks each question, or lists it as one to be tried by hand."""
    for step, question in QUESTIONS:
        if not questions:
            report.add(Finding(step, question, "yes", "", "only by hand"))
            continue
        answer = ask(question, "Cosmos self-check", [name for name, _ in BUTTONS], instead=len(BUTTONS) - 1)
        name, verdict = BUTTONS[answer]
        report.add(Finding(step, question, "yes", name, verdict))
