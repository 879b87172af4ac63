"""Shows all sentences outside of widgets: in Houdini's status line, in message boxes and in the terminal.

Untrusted text in them (the name of a clip, the message of a host) is escaped first. Standard output and error
are escaped when they are a terminal; a pipe gets every character unchanged.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TextIO

from .shown_text import shown_line, shown_text


def tell(sentence: str, *, problem: bool = False) -> None:
    """Shows a sentence. Never raises, because renders call it and must go on."""
    try:
        import hou

        if hou.isUIAvailable():
            severity = hou.severityType.Warning if problem else hou.severityType.ImportantMessage
            hou.ui.setStatusMessage(f"Cosmos: {shown_line(sentence)}", severity)
            return
    except Exception as error:  # a closing window or a render thread: write to the terminal instead
        write_line(f"Cosmos: no status line ({error})", sys.stderr)
    write_line(f"Cosmos: {sentence}", sys.stderr)


def show_message(text: str, title: str, *, problem: bool = False) -> None:
    """Shows a message that waits until it is read."""
    import hou

    severity = hou.severityType.Warning if problem else hou.severityType.Message
    hou.ui.displayMessage(shown_text(text), severity=severity, title=title)


def ask(text: str, title: str, buttons: Sequence[str], *, instead: int) -> int:
    """Shows a question; returns the index of the pressed button, or `instead` for Enter and a closed window."""
    import hou

    shown = tuple(map(shown_line, buttons))
    pressed = hou.ui.displayMessage(
        shown_text(text), buttons=shown, default_choice=instead, close_choice=instead, title=title
    )
    return int(pressed)


def ask_text(text: str, title: str, button: str, before: str) -> str | None:
    """Asks for a line of text that starts as `before`; None = cancelled."""
    import hou

    pressed, typed = hou.ui.readInput(
        shown_text(text), buttons=(button, "Cancel"), close_choice=1, title=title, initial_contents=before
    )
    return str(typed) if pressed == 0 else None


def write_line(line: str, stream: TextIO) -> None:
    """Writes a line to standard output or standard error."""
    print(shown_line(line) if stream.isatty() else line, file=stream)
