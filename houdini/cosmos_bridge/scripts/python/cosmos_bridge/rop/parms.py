"""Typed reading of node parameters. A parameter that is not there is None: node versions differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from .kinds import RopKind, kind_of

if TYPE_CHECKING:
    import hou


def op(node: hou.Node) -> hou.OpNode:
    """The node, typed as OpNode, which has parameters. All nodes here are operators (Houdini 20.5 has no others)."""
    return cast("hou.OpNode", node)


def text(node: hou.Node, name: str, frame: float | None = None) -> str | None:
    """Evaluated text of a parameter, at a frame or now."""
    parm = op(node).parm(name)
    if parm is None:
        return None
    return str(parm.eval() if frame is None else parm.evalAtFrame(frame))


def number(node: hou.Node, name: str, frame: float | None = None) -> float | None:
    """Value of a numeric parameter, toggle or menu, at a frame or now; None also for text that is no number."""
    shown = text(node, name, frame)
    try:
        return None if shown is None else float(shown)
    except ValueError:
        return None


def raw_text(node: hou.Node, name: str) -> str | None:
    """Text before expansion; None where the parameter is driven by an expression or keys."""
    import hou

    parm = op(node).parm(name)
    try:
        return None if parm is None else parm.unexpandedString()
    except hou.OperationFailed:  # it has keyframes: Houdini documents this as the answer
        return None


def type_of(node: hou.Node) -> tuple[str, str]:
    """Category and type name of a node, with namespace and without version."""
    _, namespace, name, _ = node.type().nameComponents()
    return node.type().category().name(), f"{namespace}::{name}" if namespace else name


def kind_of_node(node: hou.Node) -> RopKind | None:
    """The kind of a node; None = it writes no images we know of."""
    return kind_of(*type_of(node))
