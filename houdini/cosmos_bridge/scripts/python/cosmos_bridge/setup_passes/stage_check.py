"""Checks on the stage that the passes were really set up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import hou

#: Every visible prim has an extent in its schema, UsdGeomBoundable (openusd.org).
SEEN = "extent"
INSTANCER = "PointInstancer"


@dataclass(frozen=True, slots=True)
class Found:
    """The passes and objects on a stage."""

    objects: int
    """Number of prims with a surface or volume."""
    coloured: int
    """Number of those prims that have the colour."""
    instances: int
    """Number of native instances and point instancers. All parts within one of them have one colour."""
    sources: tuple[str, ...]
    """Source of each render var that a product would hold."""

    def has(self, source: str) -> bool:
        """Whether a render var takes this source."""
        return source in self.sources


def look(node: hou.Node, primvar: str) -> Found | None:
    """Reads the stage of the node; None = it has none, or it cannot be cooked now."""
    import hou

    if not isinstance(node, hou.LopNode):
        return None
    try:
        stage = node.stage()  # keep the stage: its prims are invalid without it
    except hou.Error:
        return None
    prims = list(stage.Traverse())
    seen = [prim for prim in prims if _has(prim, SEEN)]
    instances = [prim for prim in prims if prim.IsInstance() or prim.GetTypeName() == INSTANCER]
    coloured = [prim for prim in seen if _has(prim, f"primvars:{primvar}")]
    return Found(len(seen), len(coloured), len(instances), tuple(_sources(prims)))


def _has(prim: Any, attribute: str) -> bool:
    return bool(prim.GetAttribute(attribute).IsValid())


def _sources(prims: Sequence[Any]) -> Iterable[str]:
    for prim in prims:
        if prim.GetTypeName() == "RenderVar":
            yield str(prim.GetAttribute("sourceName").Get() or "")
