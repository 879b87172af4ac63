"""A sentence for whoever sits before this Houdini: in the status line, or on standard error where there is none."""

from __future__ import annotations

import sys


def tell(sentence: str, *, problem: bool = False) -> None:
    """Shows a sentence and never fails: it is called from renders, which go on whatever happens to a message."""
    try:
        import hou

        if hou.isUIAvailable():
            severity = hou.severityType.Warning if problem else hou.severityType.ImportantMessage
            hou.ui.setStatusMessage(f"Cosmos: {sentence}", severity)
            return
    except Exception as error:  # a window that is being closed, a render thread: the terminal still hears it
        print(f"Cosmos: no status line ({error})", file=sys.stderr)
    print(f"Cosmos: {sentence}", file=sys.stderr)
