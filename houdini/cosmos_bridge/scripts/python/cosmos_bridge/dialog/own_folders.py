"""Separates two clips that write into one folder: each node gets a folder of its own, with the node's name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..errors import CosmosError
from ..rop.parms import kind_of_node, op, raw_text

if TYPE_CHECKING:
    import hou

    from ..rop.kinds import RopKind


def shares_folder(problem: CosmosError) -> tuple[str, ...]:
    """Paths of the nodes whose clips share a folder; empty for any other problem."""
    nodes = problem.data.get("nodes")
    if problem.code != "clip_two" or "folder" not in problem.data or not isinstance(nodes, list | tuple):
        return ()
    return tuple(str(node) for node in nodes)


def give_own_folders(nodes: Iterable[str]) -> None:
    """Put `$OS/` before the file name of each node's output, as one step that can be undone.

    Raises CosmosError output_expression for an output that is driven by an expression.
    """
    import hou

    with hou.undos.group("Separate folders for Cosmos clips"):
        for path in nodes:
            node = hou.node(path)
            kind = None if node is None else kind_of_node(node)
            if node is not None and kind is not None:
                _give_own_folder(node, kind)


def _give_own_folder(node: hou.Node, kind: RopKind) -> None:
    parm = op(node).parm(kind.output)
    raw = raw_text(node, kind.output)
    if parm is None or not raw:
        raise CosmosError(
            "output_expression",
            f"An expression gives the output picture of {node.path()}: give the node a folder of its own by hand.",
            {"node": node.path(), "parm": kind.output},
        )
    folder, slash, name = raw.replace("\\", "/").rpartition("/")
    if not folder.endswith("$OS"):
        parm.set(f"{folder}{slash}$OS/{name}")
