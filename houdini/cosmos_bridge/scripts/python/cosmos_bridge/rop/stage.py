"""Render products on a USD stage: the files that husk writes when the node itself names none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast

from ..errors import CosmosError
from .parms import op, text

if TYPE_CHECKING:
    import hou


class _Attribute(Protocol):
    """What we use of `pxr.Usd.Attribute`."""

    def Get(self, time: float) -> Any: ...


class _Prim(Protocol):
    """What we use of `pxr.Usd.Prim`."""

    def GetTypeName(self) -> str: ...
    def GetPath(self) -> object: ...
    def GetAttribute(self, name: str) -> _Attribute: ...
    def GetRelationship(self, name: str) -> Any: ...
    def IsValid(self) -> bool: ...


class _Stage(Protocol):
    """What we use of `pxr.Usd.Stage`."""

    def GetPrimAtPath(self, path: object) -> _Prim: ...
    def Traverse(self) -> Iterable[_Prim]: ...
    def GetStartTimeCode(self) -> float: ...
    def GetEndTimeCode(self) -> float: ...
    def GetMetadata(self, key: str) -> Any: ...


@dataclass(frozen=True, slots=True)
class Product:
    """One UsdRenderProduct."""

    path: str
    name: str
    """Its image path at the frame asked for."""
    size: tuple[int, int] | None
    camera: str | None


def stage_of(node: hou.Node) -> _Stage:
    """The stage a USD Render node renders: of its LOP input, else of its "LOP Path".

    Raises CosmosError output_missing when neither leads to a LOP node.
    """
    first = op(node).input(0)
    lop = first if hasattr(first, "stage") else node.node(text(node, "loppath") or "")
    if lop is None or not hasattr(lop, "stage"):
        raise CosmosError(
            "output_missing",
            f"{node.path()} renders no USD stage: connect it to a LOP node or fill in its LOP Path.",
            {"node": node.path()},
        )
    return cast("_Stage", lop.stage())


def products(node: hou.Node, stage: _Stage, frame: float) -> tuple[Product, ...]:
    """The raster products that a render of the node writes, in the order of its render settings."""
    settings = _settings(node, stage)
    if settings is None:
        prims = [prim for prim in stage.Traverse() if prim.GetTypeName() == "RenderProduct"]
    else:
        prims = [stage.GetPrimAtPath(path) for path in settings.GetRelationship("products").GetTargets()]
    found = [_product(prim, frame) for prim in prims if prim.IsValid()]
    return tuple(product for product in found if product.name)


def _settings(node: hou.Node, stage: _Stage) -> _Prim | None:
    path = text(node, "rendersettings") or stage.GetMetadata("renderSettingsPrimPath")
    prim = stage.GetPrimAtPath(path) if path else None
    return prim if prim is not None and prim.IsValid() else None


def _product(prim: _Prim, frame: float) -> Product:
    resolution = prim.GetAttribute("resolution").Get(frame)
    cameras = prim.GetRelationship("camera").GetTargets()
    return Product(
        str(prim.GetPath()),
        str(prim.GetAttribute("productName").Get(frame) or ""),
        None if resolution is None else (int(resolution[0]), int(resolution[1])),
        str(cameras[0]) if cameras else None,
    )
