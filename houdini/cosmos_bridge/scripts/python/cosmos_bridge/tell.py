"""The one door for sentences outside of widgets: Houdini's status line and messages, and the terminal.

What a stranger wrote in them (the name of a clip, the words of a host) is made visible first. Standard output and error
are made safe where they are a terminal; a pipe gets every character as it is.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TextIO

from .shown_text import shown_line, shown_text


def tell(sentence: str, *, problem: bool = False) -> None:
    """Shows a sentence and never fails: it is called from renders, which go on whatever happens to a message."""
    try:
        import hou

        if hou.isUIAvailable():
            severity = hou.severityType.Warning if problem else hou.severityType.ImportantMessage
            hou.ui.setStatusMessage(f"Cosmos: {shown_line(sentence)}", severity)
            return
    except Exception as error:  # a window that is being closed, a render thread: the terminal still hears it
        write_line(f"Cosmos: no status line ({error})", sys.stderr)
    write_line(f"Cosmos: {sentence}", sys.stderr)


def show_message(text: str, title: str, *, problem: bool = False) -> None:
    """Shows a message that waits until it is read."""
    import hou

    severity = hou.severityType.Warning if problem else hou.severityType.Message
    hou.ui.displayMessage(shown_text(text), severity=severity, title=title)


def ask(text: str, title: str, buttons: Sequence[str], *, instead: int) -> int:
    """Shows a question until a button is pressed; gives its index, `instead` for Enter and for a closed window."""
    import hou

    shown = tuple(map(shown_line, buttons))
    pressed = hou.ui.displayMessage(
        shown_text(text), buttons=shown, default_choice=instead, close_choice=instead, title=title
    )
    return int(pressed)


def ask_text(text: str, title: str, button: str, before: str) -> str | None:
    """Asks for a line of text, which is `before` at first; None = cancelled."""
    import hou

    pressed, typed = hou.ui.readInput(
        shown_text(text), buttons=(button, "Cancel"), close_choice=1, title=title, initial_contents=before
    )
    return str(typed) if pressed == 0 else None


def write_line(line: str, stream: TextIO) -> None:
    """Writes a line to standard output or standard error."""
    print(shown_line(line) if stream.isatty() else line, file=stream)
