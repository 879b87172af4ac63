"""Our lines in the Pre-Render and Post-Render scripts of a node, for renders that happen in another process.

Callbacks of a session do not exist there (nodes in Solaris, background renders, husk, farms); these parameters
are saved in the .hip and run wherever it is rendered. A script of the artist's is only ever added to, between two
marker lines, and is there to the letter once ours is taken out again. The node is the current one while such a
script runs, and a text that ends in .py is a file (sidefx.com/docs/houdini/nodes/out/shell.html, "Scripts").
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .errors import CosmosError
from .rop.parms import raw_text

if TYPE_CHECKING:
    import hou

#: Script parameters that carry our lines; toggle and language are called the same with t and l before.
SCRIPTS = ("prerender", "postrender")
#: User data: toggle and language of each script as they were before us, as JSON.
BEFORE = "cosmos_scripts_before"

_OPENS = "# >>> Cosmos Bridge: auto-send >>>"
_CLOSES = "# <<< Cosmos Bridge: auto-send <<<"


def lines(script: str) -> str:
    """What stands in the parameter. Where the plugin is not installed it does nothing."""
    return (
        f"{_OPENS}\ntry:\n    from cosmos_bridge.hooks import on_script\nexcept ImportError:\n"
        f"    pass  # the plugin is not on this computer: the render goes on without it\n"
        f"else:\n    on_script({script!r})\n{_CLOSES}\n"
    )


@dataclass(frozen=True, slots=True)
class _Script:
    """The three parameters of one script."""

    name: str
    own: str | None
    """Its text; None = an expression gives it."""
    text: hou.Parm
    toggle: hou.Parm
    language: hou.Parm

    @property
    def is_ours(self) -> bool:
        """Whether our lines are in it."""
        return _OPENS in (self.own or "")


def can_carry(node: hou.OpNode) -> bool:
    """Whether the node has the script parameters at all."""
    return all(_script(node, name) is not None for name in SCRIPTS)


def is_installed(node: hou.OpNode) -> bool:
    """Whether our lines are in the node's Post-Render script."""
    script = _script(node, "postrender")
    return script is not None and script.is_ours


def install(node: hou.OpNode) -> None:
    """Adds our lines; doing it twice changes nothing.

    Raises CosmosError scripts_missing, or scripts_in_use when a script of the node's own cannot be added to; the
    node is unchanged then.
    """
    scripts = [_script(node, name) for name in SCRIPTS]
    found = [script for script in scripts if script is not None]
    if len(found) != len(SCRIPTS):
        raise CosmosError(
            "scripts_missing",
            f"{node.path()} has no render scripts to hook into: send it from the shelf once it is rendered.",
            {"node": node.path()},
        )
    missing = [script for script in found if not script.is_ours]
    for script in missing:
        _refuse_foreign(node, script)
    if missing:
        _remember(node, missing)
    for script in missing:
        script.text.set(f"{script.own}\n{lines(script.name)}" if script.own else lines(script.name))
        script.language.set("python")
        script.toggle.set(1)


def remove(node: hou.OpNode) -> None:
    """Takes our lines out again; scripts, toggles and languages are then as they were before."""
    before = json.loads(node.userData(BEFORE) or "{}")
    for name in SCRIPTS:
        script = _script(node, name)
        if script is None or not script.is_ours:
            continue
        rest = _without_ours(script.own or "", name)
        script.text.set(rest)
        toggle, language = before.get(name, (int(rest != ""), "python"))
        script.toggle.set(toggle)
        script.language.set(language)
    node.destroyUserData(BEFORE, must_exist=False)


def _script(node: hou.OpNode, name: str) -> _Script | None:
    text, toggle, language = node.parm(name), node.parm(f"t{name}"), node.parm(f"l{name}")
    if text is None or toggle is None or language is None:
        return None
    return _Script(name, raw_text(node, name), text, toggle, language)


def _refuse_foreign(node: hou.OpNode, script: _Script) -> None:
    """A file, another language, a script that is switched off or an expression cannot be added to."""
    reason = _why_not(script)
    if reason is None:
        return
    label = "Pre-Render" if script.name == "prerender" else "Post-Render"
    raise CosmosError(
        "scripts_in_use",
        f"The {label} Script of {node.path()} {reason}, so nothing was added to it: call "
        f'cosmos_bridge.hooks.on_script("{script.name}") from it, or send from the shelf.',
        {"node": node.path(), "parm": script.name},
    )


def _why_not(script: _Script) -> str | None:
    own = script.own
    if own is None:
        return "is given by an expression"
    if not own:
        return None
    if script.language.evalAsString() != "python":
        return "is written in HScript"
    if not script.toggle.eval():
        return "is switched off and would start to run"
    first = own.split(maxsplit=1)[0] if own.strip() else ""
    return "is a file" if "\n" not in own.strip() and first.endswith(".py") else None


def _remember(node: hou.OpNode, scripts: list[_Script]) -> None:
    before = json.loads(node.userData(BEFORE) or "{}")
    for script in scripts:
        before[script.name] = (int(script.toggle.eval()), script.language.evalAsString())
    node.setUserData(BEFORE, json.dumps(before))


def _without_ours(text: str, name: str) -> str:
    """The artist's own script, to the letter; lines that somebody changed are cut out by their markers."""
    for ours in (f"\n{lines(name)}", lines(name)):
        if ours in text:
            return text.replace(ours, "", 1)
    head, _, tail = text.partition(_OPENS)
    return head + tail.partition(_CLOSES)[2].removeprefix("\n")
