"""Steps 4 and 5: what "Set up Cosmos passes" changes on a node, and which passes are on the stage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..clip.exr import ExrError, read_exr
from ..clip.passes import find_passes
from ..errors import CosmosError
from ..render_first import render
from ..rop.frames import FrameRange
from ..rop.output import rop_output
from ..rop.stage import products
from ..setup_passes import set_up_passes
from ..setup_passes.colours import PRIMVAR, WRANGLE
from ..setup_passes.stage_check import look
from .clock import OVER, Clock
from .findings import CheckResult, Finding, Report
from .scene import OwnScene

if TYPE_CHECKING:
    import hou

#: Labels of the nodes on which passes are set up.
NODES = ("USD Render in Solaris", "USD Render in /out", "Karma LOP", "Karma ROP", "Mantra")
#: For these nodes the artist gives the object colours, or Mantra the ids, so that only depth is certain.
DEPTH_ONLY = frozenset({"Karma ROP"})
FIRST = FrameRange(1, 1)


def check(scene: OwnScene, clock: Clock, report: Report) -> None:
    """Sets up the passes, reads the stage, renders one frame, and reads its file."""
    for label in NODES:
        node = scene.nodes.get(label)
        if node is None or clock.is_over():
            why = f"no node: {scene.refused.get(label, '')}" if node is None else OVER
            report.add(Finding(4, f"{label}: passes", "", why, "not tried"))
            continue
        report.add(_set_up(label, node))
        report.add(_rendered(label, node))
    report.add(_snippet())
    for label in ("USD Render in Solaris", "USD Render in /out"):
        if label in scene.nodes:
            report.add(_stage(label, scene.nodes[label]))


def _set_up(label: str, node: hou.Node) -> Finding:
    said = set_up_passes([node])
    wrong = [each for each in said if "still has no" in each or "could not be added" in each or "cannot be" in each]
    seen = " ".join(said)
    return Finding(
        4, f"{label}: Set up Cosmos passes", "depth and ids are set up", seen, "differs" if wrong else "agrees"
    )


def _rendered(label: str, node: hou.OpNode) -> Finding:
    """Renders one frame and waits for its file."""
    import hou

    what = f"{label}: one frame was rendered with the passes"
    wanted = {"color", "depth"} if label in DEPTH_ONLY else {"color", "depth", "seg"}
    believed = f"the file holds {', '.join(sorted(wanted))}"
    try:
        render([node], FIRST if isinstance(node, hou.RopNode) else None)
        output = rop_output(node)
        file = output.pattern.file(FIRST.first)
        image = read_exr(file)
        found = find_passes([output])
    except (CosmosError, ExrError, OSError, hou.Error) as failure:
        return Finding(4, what, believed, f"not to be read: {_line(failure)}", "not tried")
    parts = [{"part": part.name, "channels": part.channels, "size": part.size} for part in image.parts]
    seen = f"{', '.join(found.sources)}; {len(parts)} parts: " + "; ".join(
        f"{part.name or 'unnamed'} ({', '.join(part.channels)})" for part in image.parts
    )
    verdict: CheckResult = "agrees" if wanted <= set(found.sources) else "differs"
    return Finding(4, what, believed, seen, verdict, {"parts": parts, "sources": dict(found.sources)})


def _snippet() -> Finding:
    """The wrangle that colours the objects."""
    import hou

    what, believed = f"/stage/{WRANGLE} was looked at", f"its VEX is in snippet, and objects have {PRIMVAR}"
    wrangle = hou.node(f"/stage/{WRANGLE}")
    if not isinstance(wrangle, hou.LopNode):
        return Finding(4, what, believed, "there is no such node", "differs")
    names = [parm.name() for parm in wrangle.parms() if "snippet" in parm.name()]
    found = look(wrangle, PRIMVAR)
    coloured = 0 if found is None else found.coloured
    objects = 0 if found is None else found.objects
    good = "snippet" in names and 0 < objects == coloured
    seen = f"parameters {', '.join(names) or 'none'}; {coloured} of {objects} objects have the colour"
    return Finding(4, what, believed, seen, "agrees" if good else "differs")


def _stage(label: str, node: hou.Node) -> Finding:
    """Lists the render products of the stage, with the size and camera that they author."""
    import hou

    what = f"{label}: render products of frames 1 and 2"
    believed = "each names a file of its own for each frame, or none does and the node's own output counts"
    try:
        found = {frame: products(node, frame) for frame in (1, 2)}
        authored = _authored(node)
    except (CosmosError, hou.Error) as failure:
        return Finding(5, what, believed, _line(failure), "not tried")
    names = {frame: [product.name for product in each] for frame, each in found.items()}
    same = bool(names[1]) and names[1] == names[2]
    seen = "; ".join(f"frame {frame}: {', '.join(each) or 'none'}" for frame, each in names.items())
    return Finding(5, what, believed, seen, "differs" if same else "agrees", {"authored": authored})


def _authored(node: hou.Node) -> Sequence[dict[str, Any]]:
    from ..rop.stage import stage_of

    stage = stage_of(node, 1)
    return [
        {
            "prim": str(prim.GetPath()),
            "type": prim.GetTypeName(),
            **{
                name: bool(prim.GetAttribute(name).HasAuthoredValue())
                for name in ("productName", "productType", "resolution")
                if prim.GetAttribute(name)
            },
        }
        for prim in stage.Traverse()
        if prim.GetTypeName() in ("RenderProduct", "RenderSettings")
    ]


def _line(failure: Exception) -> str:
    return (str(failure).strip().splitlines() or [type(failure).__name__])[0]
