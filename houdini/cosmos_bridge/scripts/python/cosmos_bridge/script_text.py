"""Our lines within the text of a render script, between two marker lines. Pure."""

from __future__ import annotations

_OPENS = "# >>> Cosmos Bridge: auto-send >>>"
_CLOSES = "# <<< Cosmos Bridge: auto-send <<<"


def lines(script: str) -> str:
    """The lines for "prerender" or "postrender". They do nothing on a computer without the plugin."""
    return (
        f"{_OPENS}\ntry:\n    from cosmos_bridge.hooks import on_script\nexcept ImportError:\n"
        f"    pass  # the plugin is not on this computer: the render goes on without it\n"
        f"else:\n    on_script({script!r})\n{_CLOSES}\n"
    )


def has_ours(text: str) -> bool:
    """Whether the script holds our lines."""
    return _OPENS in text


def with_ours(own: str, script: str) -> str:
    """The artist's script with our lines after it."""
    return f"{own}\n{lines(script)}" if own else lines(script)


def without_ours(text: str, script: str) -> str:
    """The artist's own script, unchanged. Edited lines of ours are found by their markers."""
    for ours in (f"\n{lines(script)}", lines(script)):
        if ours in text:
            return text.replace(ours, "", 1)
    head, _, tail = text.partition(_OPENS)
    return head + tail.partition(_CLOSES)[2].removeprefix("\n")


def is_file(text: str) -> bool:
    """Whether Houdini takes the text for a Python file and its arguments (nodes/out/shell.html, "Scripts")."""
    words = text.split()
    return bool(words) and "\n" not in text.strip() and words[0].endswith(".py")
