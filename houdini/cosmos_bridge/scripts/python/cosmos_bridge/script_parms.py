"""Our lines in the Pre-Render and Post-Render scripts of a node, for renders that happen in another process.

Callbacks of a session do not exist there (background renders, farms, the Karma LOP); these parameters are saved in the
.hip and run wherever it is rendered. Our lines are only added to the artist's script, which is unchanged after they are
removed. While such a script runs, hou.pwd() is the node
(sidefx.com/docs/houdini/nodes/out/shell.html, "Scripts").
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .errors import CosmosError
from .rop.parms import raw_text
from .script_text import has_ours, is_file, with_ours, without_ours

if TYPE_CHECKING:
    import hou

#: Script parameters that hold our lines. Their toggle has the same name with t before it, their language with l.
SCRIPTS = ("prerender", "postrender")
#: Default toggle and language of a script (test/data/houdini).
UNTOUCHED = (1, "hscript")
#: User data key: toggle and language of each script before our lines were added, as JSON.
BEFORE = "cosmos_scripts_before"


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
        """Whether the script holds our lines."""
        return has_ours(self.own or "")


def is_installed(node: hou.OpNode) -> bool:
    """Whether our lines are in the node's Post-Render script."""
    script = _script(node, "postrender")
    return script is not None and script.is_ours


def install(node: hou.OpNode) -> None:
    """Adds our lines; a second call changes nothing.

    Raises CosmosError scripts_missing, or scripts_in_use when a script of the node's own cannot be added to; the
    node is unchanged then.
    """
    found = [script for name in SCRIPTS if (script := _script(node, name)) is not None]
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
        script.text.set(with_ours(script.own or "", script.name))
        script.language.set("python")
        script.toggle.set(1)


def remove(node: hou.OpNode) -> None:
    """Removes our lines and restores scripts, toggles and languages."""
    before = _before(node)
    for name in SCRIPTS:
        script = _script(node, name)
        if script is None or not script.is_ours:
            continue
        rest = without_ours(script.own or "", name)
        script.text.set(rest)
        if not rest:  # otherwise the artist's own Python stays, and must keep running
            toggle, language = before.get(name, UNTOUCHED)
            script.toggle.set(toggle)
            script.language.set(language)
    node.destroyUserData(BEFORE, must_exist=False)


def _script(node: hou.OpNode, name: str) -> _Script | None:
    text, toggle, language = node.parm(name), node.parm(f"t{name}"), node.parm(f"l{name}")
    if text is None or toggle is None or language is None:
        return None
    return _Script(name, raw_text(node, name), text, toggle, language)


def _refuse_foreign(node: hou.OpNode, script: _Script) -> None:
    """Refuses a script that is a file, in another language, switched off or an expression: no lines can be added."""
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
        return "is switched off and would be switched on"
    return "is a file" if is_file(own) else None


def _remember(node: hou.OpNode, scripts: list[_Script]) -> None:
    now = {script.name: (int(script.toggle.eval()), script.language.evalAsString()) for script in scripts}
    node.setUserData(BEFORE, json.dumps(_before(node) | now))


def _before(node: hou.OpNode) -> dict[str, tuple[int, str]]:
    """Toggle and language by script; empty when the user data is not in our format."""
    try:
        kept = json.loads(node.userData(BEFORE) or "{}")
        return {str(name): (int(toggle), str(language)) for name, (toggle, language) in kept.items()}
    except (ValueError, TypeError, AttributeError):
        return {}
