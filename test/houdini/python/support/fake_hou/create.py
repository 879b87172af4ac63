"""Makes nodes of known types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .catalogue import Value, find
from .errors import InvalidNodeType
from .node import OpNode
from .node_type import NodeType, NodeTypeCategory
from .nodes import class_of

if TYPE_CHECKING:
    from .scene import Scene


#: What a network holds, by its place in a new scene.
NETWORKS = {"obj": "Object", "out": "Driver", "stage": "Lop", "img": "Cop2", "tasks": "Top"}


def create(
    scene: Scene, path: str, type_name: str, parms: dict[str, Value] | None = None, *, scripts: bool = True
) -> OpNode:
    """A node at a path, its parents with it. Raises InvalidNodeType, or KeyError for a parameter it does not have.

    `scripts` = the type's creation script runs, which adds what is not on the type.
    """
    ensure_parents(scene, path)
    spec = find(NETWORKS.get(path.split("/")[1]), type_name)
    if spec is None:
        raise InvalidNodeType(f"Invalid node type name: {type_name}")
    type = NodeType(type_name, NodeTypeCategory(spec.category))
    defaults = {**spec.parms, **(spec.created if scripts else {})}
    node = class_of(spec.category, spec.name)(scene, path, type, defaults)
    scene.nodes[path] = node
    for name, value in (parms or {}).items():
        node._parms[name].set(value)
    return node


def ensure_parents(scene: Scene, path: str) -> None:
    """Makes the networks above a path: /, /obj, /out, /stage and what is below them."""
    parent = path.rsplit("/", 1)[0] or "/"
    if parent not in scene.nodes and path != "/":
        ensure_parents(scene, parent)
        scene.nodes[parent] = OpNode(scene, parent, NodeType("network", NodeTypeCategory("Manager")), {})


def free_path(scene: Scene, parent: str, base: str) -> str:
    """A path for a new node; the number at its end grows until it is free."""
    stem = base.rstrip("0123456789")
    number = int(base[len(stem) :] or "0")
    while (path := f"{parent.rstrip('/')}/{stem}{number or ''}") in scene.nodes:
        number += 1
    return path
