"""The actions of the shelf buttons. A problem is shown as one sentence, never as a traceback."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from .errors import CosmosError

PANEL = "cosmos::panel"
"""Name of the interface in python_panels/cosmos.pypanel."""

Kwargs = Mapping[str, object]
"""Arguments that Houdini gives the script of a tool, such as the held keys and the pane."""

_NOTHING = "Nothing in this scene writes images yet: add a render node such as Karma and give it an output picture."


def send_to_cosmos(kwargs: Kwargs) -> None:
    """Open the dialog for the selected nodes, or for the whole scene. With Ctrl held, repeat the last send."""
    again = bool(kwargs.get("ctrlclick") or kwargs.get("cmdclick"))
    _with_message(_send_again if again else _ask_and_send)


def set_up_passes(kwargs: Kwargs) -> None:
    """Add the passes that Cosmos can use to the selected render nodes, and say what was done."""
    _with_message(_set_up_passes)


def flipbook(kwargs: Kwargs) -> None:
    """Take a flipbook of the viewport and send it. Asks for the prompt; with Ctrl held, uses that of the last one."""
    again = bool(kwargs.get("ctrlclick") or kwargs.get("cmdclick"))
    _with_message(lambda: _flipbook(again))


def self_check(kwargs: Kwargs) -> None:
    """Run the self-check in a scene of its own, and write its findings into a file."""
    _with_message(_self_check)


def open_panel(kwargs: Kwargs) -> None:
    """Open the Cosmos panel in a window of its own; in 22.0 the menu of panes may not list it (see the README)."""
    _with_message(_open_panel)


def toggle_auto_send(kwargs: Kwargs) -> None:
    """Switch auto-send of the selected render nodes on or off; with Shift held, on for renders elsewhere too."""
    elsewhere = bool(kwargs.get("shiftclick"))
    _with_message(lambda: _toggle_auto_send(elsewhere))


def _ask_and_send() -> None:
    import hou

    from .dialog.opened import open_dialog
    from .send_plan import plan

    nodes = hou.selectedNodes()
    found = plan(nodes)
    if not found.clips and not found.problems:
        raise CosmosError("clip_empty", _NOTHING)
    paths = [node.path() for node in nodes]
    # Keep paths, because nodes may be deleted while the dialog is open.
    open_dialog(found, lambda: plan(node for node in map(hou.node, paths) if node is not None))


def _send_again() -> None:
    import hou

    from .panel.shared import acquire_session, release_session
    from .send import SendOutcome, prepare

    parcels, problems = prepare(hou.selectedNodes(), None)
    if not parcels and not problems:
        raise CosmosError("clip_empty", _NOTHING)

    def sent(outcome: SendOutcome) -> None:
        release_session()
        _say(outcome.sentence(), problem=bool(outcome.problems))

    acquire_session().delivery_thread.take(parcels, problems, sent)


def _flipbook(again: bool) -> None:
    from . import flipbook
    from .choices import Choices
    from .limits import limits
    from .panel.shared import acquire_session, release_session
    from .send import SendOutcome
    from .tell import ask_text

    shot = flipbook.shot()
    choices = flipbook.choices_of(shot)
    if not again or choices is None:
        choices = choices or Choices()
        size, frames = shot.output.size or (0, 0), shot.output.frames
        question = f"{len(frames)} frames of {size[0]} x {size[1]} are taken and sent. What should the video show?"
        asked = "\n".join([question, *limits(size)])
        prompt = ask_text(asked, "Flipbook to Cosmos", "Send", choices.prompt)
        if prompt is None:
            return
        choices = replace(choices, prompt=prompt)
    parcel = flipbook.record(shot, choices)

    def sent(outcome: SendOutcome) -> None:
        release_session()
        _say(outcome.sentence(), problem=bool(outcome.problems))

    acquire_session().delivery_thread.take([parcel], [], sent)


def _self_check() -> None:
    import hou

    from . import selfcheck

    place = hou.ui.selectFile(
        title="Where to write what the self-check finds",
        chooser_mode=hou.fileChooserMode.Write,
        default_value="cosmos-selfcheck.txt",
    )
    if place:
        selfcheck.run(Path(hou.text.expandString(place)), tell=lambda line: _say(line, problem=False))


def _toggle_auto_send(elsewhere: bool) -> None:
    import hou

    from . import auto_send

    switched = auto_send.toggle(hou.selectedNodes(), elsewhere=elsewhere)
    _say(switched.sentence(), problem=bool(switched.problems) or not (switched.on or switched.off))


def _set_up_passes() -> None:
    import hou

    from . import setup_passes
    from .tell import show_message

    said = setup_passes.set_up_passes(hou.selectedNodes())
    show_message("\n".join(said), "Set up Cosmos passes")


def _open_panel() -> None:
    import hou

    desktop = hou.ui.curDesktop()
    # The stubs take an object here; the documentation and every caller give the name.
    desktop.createFloatingPaneTab(hou.paneTabType.PythonPanel, python_panel_interface=PANEL)  # type: ignore[arg-type]


def _say(sentence: str, *, problem: bool) -> None:
    """Shows success in the status line, and a problem in a message box, because the user must act on it."""
    from .tell import show_message, tell

    if problem:
        show_message(sentence, "Cosmos", problem=True)
    else:
        tell(sentence)


def _with_message(act: Callable[[], None]) -> None:
    """Run the action, and show its error as a message."""
    try:
        act()
    except CosmosError as error:
        _say(error.sentence, problem=True)
