"""Render products on a USD stage: the files that husk writes when the node names none.

Which ones: of the render pass or render settings that the node names, a path or a pattern of paths, else those of the
stage's own settings. What they are: a product's authored values, else its settings' (UsdRenderComputeSpec of
openusd.org does the same); a value that neither authors is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast

from ..errors import CosmosError
from .kinds import RANGE, RANGE_MODE
from .parms import number, op, text

if TYPE_CHECKING:
    import hou

#: Product type of images; the others are deep or of a renderer's own.
RASTER = "raster"
#: What makes a path a pattern ("Primitive matching patterns", sidefx.com/docs/houdini/solaris/pattern).
PATTERN = frozenset("*?[]%{}^&|~ ")


class _Attribute(Protocol):
    """The part of `pxr.Usd.Attribute` that is used here."""

    def Get(self, time: float) -> Any: ...
    def HasAuthoredValue(self) -> bool: ...


class _Prim(Protocol):
    """The part of `pxr.Usd.Prim` that is used here."""

    def GetTypeName(self) -> str: ...
    def GetPath(self) -> object: ...
    def GetAttribute(self, name: str) -> _Attribute: ...
    def GetRelationship(self, name: str) -> Any: ...
    def IsValid(self) -> bool: ...


class _Stage(Protocol):
    """The part of `pxr.Usd.Stage` that is used here."""

    def GetPrimAtPath(self, path: object) -> _Prim: ...
    def Traverse(self) -> Iterable[_Prim]: ...
    def GetStartTimeCode(self) -> float: ...
    def GetEndTimeCode(self) -> float: ...
    def GetMetadata(self, key: str) -> Any: ...


@dataclass(frozen=True, slots=True)
class Product:
    """One UsdRenderProduct of images."""

    path: str
    name: str
    """Its image path at the frame asked for."""
    size: tuple[int, int] | None
    """None = neither the product nor its settings say."""
    camera: str | None


def stage_of(node: hou.Node, frame: float) -> _Stage:
    """The stage that the node renders at a frame: of its LOP input, else of its "LOP Path". Cooks it.

    Raises CosmosError output_missing when neither leads to a LOP node, output_stage when that has an error, and
    output_existing.
    """
    import hou

    if number(node, "dorenderexisting"):
        raise CosmosError(
            "output_existing",
            f"{node.path()} renders a USD file that is on disk already, and its image paths are not known: fill "
            "in outputimage, or watch the folder that they go to.",
            {"node": node.path()},
        )
    lop = _lop(node)
    try:
        return cast("_Stage", _cooked(lop, frame, _context_options(node, frame)))
    except hou.Error as failed:
        raise CosmosError(
            "output_stage",
            f"The stage of {lop.path()} cannot be cooked at frame {frame:g}, so what {node.path()} renders is not "
            f"known: {failed}",
            {"node": node.path(), "lop": lop.path()},
        ) from failed


def products(node: hou.Node, frame: float) -> tuple[Product, ...]:
    """The images that a render of the node writes, in the order of its render settings. Raises as stage_of.

    Raises CosmosError output_settings for settings that are not on the stage.
    """
    stage = stage_of(node, frame)
    found: dict[str, Product] = {}
    for settings, prim in _pairs(node, stage):
        if prim.IsValid() and prim.GetTypeName() == "RenderProduct" and _is_raster(prim, frame):
            product = _product(prim, settings, frame)
            found.setdefault(product.path, product)
    return tuple(product for product in found.values() if product.name)


def name_at(node: hou.Node, path: str, frame: float) -> str:
    """The image path of a product at a frame. Raises as products."""
    stage = stage_of(node, frame)  # keep the stage: its prims are invalid without it
    prim = stage.GetPrimAtPath(path)
    return str(prim.GetAttribute("productName").Get(frame) or "") if prim.IsValid() else ""


def _cooked(lop: hou.LopNode, frame: float, options: Mapping[str, str | float]) -> object:
    try:
        return lop.stage(frame=frame, use_last_cook_context_options=False, context_options=options)
    except TypeError:  # this Houdini can cook the current frame only
        return lop.stage()


def _lop(node: hou.Node) -> hou.LopNode:
    first = op(node).input(0)
    lop = first if hasattr(first, "stage") else node.node(text(node, "loppath") or "")
    if lop is None or not hasattr(lop, "stage"):
        raise CosmosError(
            "output_missing",
            f"{node.path()} renders no USD stage: connect it to a LOP node or fill in its LOP Path.",
            {"node": node.path()},
        )
    return cast("hou.LopNode", lop)


def _context_options(node: hou.Node, frame: float) -> Mapping[str, str | float]:
    """Context options for cooking the stage: "Set ROP Cook Context Options" (on by default) and the node's own list.

    Whether @ropname is the node's path or only its name is not documented; the path is used.
    """
    options: dict[str, str | float] = {}
    if number(node, "setropcook"):
        options |= {"ropcook": 1.0, "ropname": node.path()}
        options |= {"ropstart": frame, "ropend": frame, "ropinc": 1.0}
        ends = [number(node, name) for name in RANGE]
        if number(node, RANGE_MODE) and None not in ends:
            options |= dict(zip(("ropstart", "ropend", "ropinc"), cast("list[float]", ends), strict=True))
    for index in range(1, int(number(node, "optioncount") or 0) + 1):
        name = text(node, f"optionname{index}")
        if name and number(node, f"optionenable{index}") != 0:
            is_text = text(node, f"optiontype{index}") == "string"
            value = text(node, f"optionstrvalue{index}") if is_text else number(node, f"optionfloatvalue{index}")
            options[name] = "" if value is None else value
    return options


def _pairs(node: hou.Node, stage: _Stage) -> Iterable[tuple[_Prim | None, _Prim]]:
    """Products with their settings; where no settings are found, all products of the stage."""
    settings = _settings(node, stage)
    if settings:
        return [(each, stage.GetPrimAtPath(path)) for each in settings for path in _targets(each, "products")]
    return [(None, prim) for prim in stage.Traverse()]


def _settings(node: hou.Node, stage: _Stage) -> Sequence[_Prim]:
    wanted = text(node, "renderpass")
    if wanted:
        passes = _named(node, stage, wanted, "render pass")
        return [stage.GetPrimAtPath(path) for each in passes for path in _targets(each, "renderSource")]
    wanted = text(node, "rendersettings")
    if wanted:
        return _named(node, stage, wanted, "render settings")
    own = stage.GetMetadata("renderSettingsPrimPath")
    if own and stage.GetPrimAtPath(own).IsValid():
        return [stage.GetPrimAtPath(own)]
    only = [prim for prim in stage.Traverse() if prim.GetTypeName() == "RenderSettings"]
    return only if len(only) == 1 else []


def _named(node: hou.Node, stage: _Stage, wanted: str, what: str) -> Sequence[_Prim]:
    import hou

    if PATTERN.isdisjoint(wanted):
        paths: Sequence[object] = [wanted]
    else:
        paths = hou.LopSelectionRule(wanted).expandedPaths(_lop(node), stage=cast("Any", stage))
    found = [prim for path in paths if (prim := stage.GetPrimAtPath(path)).IsValid()]
    if not found:
        raise CosmosError(
            "output_settings",
            f"{node.path()} names {wanted} as its {what}, which is not on its stage: choose another, or empty the "
            "field.",
            {"node": node.path()},
        )
    return found


def _is_raster(prim: _Prim, frame: float) -> bool:
    return str(prim.GetAttribute("productType").Get(frame) or RASTER) == RASTER


def _product(prim: _Prim, settings: _Prim | None, frame: float) -> Product:
    resolution = _value(prim, settings, "resolution", frame)
    camera = next((each for owner in (prim, settings) if owner is not None for each in _targets(owner, "camera")), None)
    return Product(
        str(prim.GetPath()),
        str(prim.GetAttribute("productName").Get(frame) or ""),
        None if resolution is None else (int(resolution[0]), int(resolution[1])),
        None if camera is None else str(camera),
    )


def _value(prim: _Prim, settings: _Prim | None, name: str, frame: float) -> Any:
    """An authored value. The schema's fallback (2048x1080) is ignored, because the artist did not choose it."""
    for owner in (prim, settings):
        if owner is not None and owner.GetAttribute(name).HasAuthoredValue():
            return owner.GetAttribute(name).Get(frame)
    return None


def _targets(prim: _Prim, name: str) -> Sequence[object]:
    return tuple(prim.GetRelationship(name).GetTargets())
