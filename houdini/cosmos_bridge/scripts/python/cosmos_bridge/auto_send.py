"""Auto-send: every render of a node is sent, also after the scene was closed and opened again.

A stranger's .hip can have auto-send on in its user data, with any model and any host. Three rules keep it from
costing money:

1. Opening a scene sends nothing; the artist, or a farm that the artist pays for, has to render it.
2. What a render sends is marked `unattended`, and the daemon applies its own rule for auto-send to it: a host with a
   price, or a model that no preset of this computer's own cosmos.toml names, makes a job that is *held* until the
   artist releases it. The daemon keeps this rule, because data that travels with a scene cannot be trusted.
3. The job carries the tag `auto-send`, so that the queue shows where it came from.

There is no list of permitted scenes. Such a list would have to be kept outside the scene and checked on every farm
machine, and it would add nothing to the daemon's rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from . import hooks, script_parms
from .choices import keep_choices, read_choices
from .errors import CosmosError
from .render_note import end
from .rop.output import rop_output, rop_outputs
from .rop.parms import op

if TYPE_CHECKING:
    import hou


@dataclass(frozen=True, slots=True)
class SwitchResult:
    """The result of switching auto-send on or off."""

    on: tuple[str, ...]
    """Paths of the nodes that are now on."""
    off: tuple[str, ...]
    problems: tuple[CosmosError, ...]
    """One error for each node that could not be switched."""
    notes: tuple[str, ...] = ()
    """Sentences about nodes that are on and send later than the artist may expect."""

    def sentence(self) -> str:
        """The whole result in words."""
        parts = [f"Auto-send is on for {', '.join(self.on)}." if self.on else ""]
        parts.append(f"Auto-send is off for {', '.join(self.off)}." if self.off else "")
        parts.extend(self.notes)
        parts.extend(problem.sentence for problem in self.problems)
        return " ".join(part for part in parts if part) or "Select the render nodes that should use auto-send."


def toggle(nodes: Iterable[hou.Node], *, elsewhere: bool = False) -> SwitchResult:
    """Switches all nodes on, or off when all were on already. `elsewhere` as in turn_on."""
    chosen = tuple(nodes)
    if chosen and all(is_on(node) for node in chosen):
        return turn_off(chosen)
    return turn_on(chosen, elsewhere=elsewhere)


def is_on(node: hou.Node) -> bool:
    """Whether auto-send is on for the node."""
    return read_choices(node).auto_send


def turn_on(nodes: Iterable[hou.Node], *, elsewhere: bool = False) -> SwitchResult:
    """Switches nodes on. `elsewhere` also adds lines to the node's scripts, for renders in other processes.

    Nodes without callbacks always get those lines.
    """
    chosen = tuple(nodes)
    done, problems = _switch(chosen, lambda node: _turn_on(node, elsewhere))
    return SwitchResult(done, (), problems, tuple(_late(node) for node in chosen if node.path() in done))


def turn_off(nodes: Iterable[hou.Node]) -> SwitchResult:
    """Switches nodes off and restores the artist's own render scripts."""
    done, problems = _switch(nodes, _turn_off)
    return SwitchResult((), done, problems)


def _switch(
    nodes: Iterable[hou.Node], change: Callable[[hou.OpNode], None]
) -> tuple[tuple[str, ...], tuple[CosmosError, ...]]:
    """Returns the paths of the changed nodes, and why the others were not changed. All is one undo step."""
    import hou

    done: list[str] = []
    problems: list[CosmosError] = []
    with hou.undos.group("Auto-send to Cosmos"):
        for node in nodes:
            try:
                change(op(node))
                done.append(node.path())
            except CosmosError as error:
                problems.append(error)
            except hou.PermissionError:
                sentence = f"{node.path()} is locked and cannot store auto-send: unlock it first."
                problems.append(CosmosError("node_locked", sentence, {"node": node.path()}))
    return tuple(done), tuple(problems)


def _turn_on(node: hou.OpNode, elsewhere: bool) -> None:
    rop_output(node)  # refuse a node that cannot be sent now, not after a night of rendering
    if elsewhere or not hooks.can_call_back(node):
        script_parms.install(node)
    keep_choices(node, replace(read_choices(node), auto_send=True))
    if hooks.can_call_back(node):
        hooks.attach(node)


def _late(node: hou.Node) -> str:
    """Why renders of the node are sent late, as a sentence; empty when they are not."""
    setting = rop_output(node).deferred
    if setting is None:
        return ""
    return f"{node.path()} does not wait for its images ({setting}): the daemon sends them when they are complete."


def _turn_off(node: hou.OpNode) -> None:
    keep_choices(node, replace(read_choices(node), auto_send=False))
    script_parms.remove(node)
    if hooks.can_call_back(node):
        hooks.detach(node)
    with suppress(CosmosError, OSError):  # end its open render notes, so that the daemon stops waiting for images
        end(rop_outputs(node))
