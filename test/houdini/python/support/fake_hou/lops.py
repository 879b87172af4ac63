"""What LOP nodes make of a stage, as far as the plugin asks: real stages of usd-core.

Of VEX a wrangle understands one line: that a primvar is set. Render settings author the vars that their toggles and
their extra block say, under names as real Karma images have them (the file calls hitPz "depth").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from pxr import Sdf, Usd, UsdGeom

if TYPE_CHECKING:
    from .node import OpNode

#: A stage, or a function that gives it for a frame and context options.
Source = Any

_PRIMVAR = re.compile(r"v@primvars:(\w+) =")


class LopSelectionRule:
    """`hou.LopSelectionRule`: patterns of paths; the fake knows * and ?, and blanks between several."""

    def __init__(self, pattern: str | None = None) -> None:
        self._patterns = (pattern or "").split()

    def expandedPaths(
        self,
        lopnode: object = None,
        return_ancestors: bool = False,
        fallback_to_new_paths: bool = True,
        stage: Usd.Stage | None = None,
        use_last_cook_context_options: bool = True,
    ) -> tuple[Sdf.Path, ...]:
        if stage is None:
            return ()
        paths: Sequence[Sdf.Path] = [prim.GetPath() for prim in stage.Traverse()]
        return tuple(path for path in paths if any(fnmatchcase(str(path), each) for each in self._patterns))


def cook(node: OpNode, before: Usd.Stage) -> Usd.Stage:
    """The stage behind a node, from the one before it."""
    change = CHANGES.get(node.type().nameComponents()[2])
    if change is None:
        return before
    stage = Usd.Stage.Open(before.Flatten())
    change(node, stage)
    return stage


def _wrangle(node: OpNode, stage: Usd.Stage) -> None:
    primvar = _PRIMVAR.search(str(node.evalParm("snippet")))
    if primvar is None or node.evalParm("primpattern") != "%type:Boundable":
        return
    for prim in stage.Traverse():  # instance proxies are not traversed, and are not written on
        if prim.IsA(UsdGeom.Boundable):
            api = UsdGeom.PrimvarsAPI(prim)
            api.CreatePrimvar(primvar[1], Sdf.ValueTypeNames.Vector3f).Set((0.1, 0.2, 0.3))


def _settings(node: OpNode, stage: Usd.Stage) -> None:
    parm = node.parm("rendervarsparentprimpath") or node.parm("parentprimpath")
    under = "/Render/Products/Vars" if parm is None else str(parm.eval())
    if node.evalParm("hitPz"):
        _var(stage, f"{under}/hitPz", "ray:hitPz", "depth")
    for index in range(1, int((node.parm("extrarendervars") and node.evalParm("extrarendervars")) or 0) + 1):
        if node.evalParm(f"enable{index}"):
            name = str(node.evalParm(f"name{index}"))
            _var(stage, f"{under}/{name}", str(node.evalParm(f"sourceName{index}")), name)


def _var(stage: Usd.Stage, path: str, source: str, name: str) -> None:
    var = stage.DefinePrim(path, "RenderVar")
    var.GetAttribute("sourceName").Set(source)
    var.CreateAttribute("driver:parameters:aov:name", Sdf.ValueTypeNames.String).Set(name)


def _sphere(node: OpNode, stage: Usd.Stage) -> None:
    UsdGeom.Sphere.Define(stage, f"/{node.name()}")


def _camera(node: OpNode, stage: Usd.Stage) -> None:
    UsdGeom.Camera.Define(stage, str(node.evalParm("primpath")))


#: Nodes that make a stage of their own where no other is before them.
STARTS = frozenset({"sphere"})
CHANGES: dict[str, Callable[[OpNode, Usd.Stage], None]] = {
    "attribwrangle": _wrangle,
    "camera": _camera,
    "sphere": _sphere,
    "karmarenderproperties": _settings,  # what 21 calls Karma Render Settings
    "karmarendersettings": _settings,
    "karmastandardrendervars": _settings,
}
