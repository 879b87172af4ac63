"""Auto-send: the renders of a node send themselves, also after the scene was closed and opened again.

A stranger's .hip can have it switched on in its user data, naming any model and any host. Three rules keep that from
costing anything:

1. Opening a scene sends nothing; a person (or a farm they pay for) has to render it.
2. What a render sends is marked `unattended`, and the daemon applies its own rule for auto-send to it: a host with a
   price, or a model that no preset of this computer's own cosmos.toml names, makes a job that is *held* until a
   person releases it. The rule is the daemon's, because nothing that travels with a scene can be trusted to keep it.
3. The job carries the tag `auto-send`, so that it is seen where it came from.

What the switch is not: a permission stored per scene. Such a list would have to be kept beside the scene, be asked
for on every farm machine, and would say nothing the daemon's rule does not already settle.
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
class Switched:
    """What became of a switch."""

    on: tuple[str, ...]
    """Paths of the nodes that are switched on now."""
    off: tuple[str, ...]
    problems: tuple[CosmosError, ...]
    """One a node that could not be switched."""
    notes: tuple[str, ...] = ()
    """What a person should know of those that are on, as sentences."""

    def sentence(self) -> str:
        """All of it in words."""
        parts = [f"Auto-send is on for {', '.join(self.on)}." if self.on else ""]
        parts.append(f"Auto-send is off for {', '.join(self.off)}." if self.off else "")
        parts.extend(self.notes)
        parts.extend(problem.sentence for problem in self.problems)
        return " ".join(part for part in parts if part) or "Select the render nodes that are to send themselves."


def toggle(nodes: Iterable[hou.Node], *, elsewhere: bool = False) -> Switched:
    """Switches all on; off when all were on already. `elsewhere` as in turn_on."""
    chosen = tuple(nodes)
    if chosen and all(is_on(node) for node in chosen):
        return turn_off(chosen)
    return turn_on(chosen, elsewhere=elsewhere)


def is_on(node: hou.Node) -> bool:
    """Whether renders of the node send themselves."""
    return read_choices(node).auto_send


def turn_on(nodes: Iterable[hou.Node], *, elsewhere: bool = False) -> Switched:
    """Switches nodes on. `elsewhere`: also for renders in processes of their own, by lines in the node's scripts.

    Nodes without callbacks get those lines in any case.
    """
    chosen = tuple(nodes)
    done, problems = _switch(chosen, lambda node: _turn_on(node, elsewhere))
    return Switched(done, (), problems, tuple(_late(node) for node in chosen if node.path() in done))


def turn_off(nodes: Iterable[hou.Node]) -> Switched:
    """Switches nodes off; the artist's own render scripts are as they were before."""
    done, problems = _switch(nodes, _turn_off)
    return Switched((), done, problems)


def _switch(
    nodes: Iterable[hou.Node], change: Callable[[hou.OpNode], None]
) -> tuple[tuple[str, ...], tuple[CosmosError, ...]]:
    """Paths of the nodes that were changed, as one step of undo, and why the others were not."""
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
                sentence = f"{node.path()} is locked and cannot keep the switch: unlock it first."
                problems.append(CosmosError("node_locked", sentence, {"node": node.path()}))
    return tuple(done), tuple(problems)


def _turn_on(node: hou.OpNode, elsewhere: bool) -> None:
    rop_output(node)  # a node that cannot be sent is better refused now than found out after a night's render
    if elsewhere or not hooks.can_call_back(node):
        script_parms.install(node)
    keep_choices(node, replace(read_choices(node), auto_send=True))
    if hooks.can_call_back(node):
        hooks.attach(node)


def _late(node: hou.Node) -> str:
    """What keeps the renders of a node from being sent, as a sentence; empty = nothing does."""
    setting = rop_output(node).deferred
    if setting is None:
        return ""
    return f"{node.path()} does not wait for its images ({setting}): the daemon sends them when they are all there."


def _turn_off(node: hou.OpNode) -> None:
    keep_choices(node, replace(read_choices(node), auto_send=False))
    script_parms.remove(node)
    if hooks.can_call_back(node):
        hooks.detach(node)
    with suppress(CosmosError, OSError):  # what it still waits for is not waited for any more
        end(rop_outputs(node))
