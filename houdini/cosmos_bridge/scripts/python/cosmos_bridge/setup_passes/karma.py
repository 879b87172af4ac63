"""Karma: extra render vars, on a Karma Render Settings LOP or on the Karma ROP of /out, which has the same ones.

Block extrarendervars with enable#, name#, format#, dataType#, sourceName#, sourceType#, filter#: "Extra Render Vars" of
sidefx.com/docs/houdini/nodes/lop/karmarendersettings, and nodes/lop/additionalrendervars. Sources of the ray need their
prefix: without "ray:" Karma writes zeros and says nothing. Its filters idcover, ocover and edge need channels that are
not there and fall back to averaging, so the median sample is taken: one that was really seen, whatever the sign.

Karma has no number of its own for an object (primid counts the faces of each), so a wrangle before the settings gives
every prim a colour made from its path, which is the id pass (nodes/lop/attribwrangle: primpattern, vexsnippet; a
variable with a colon names the USD attribute; a primvar without interpolation is constant).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..rop.parms import op
from .blocks import Block, add_entry, entry_of, told

if TYPE_CHECKING:
    import hou

VARS = Block("extrarendervars", ("name",))
PRIMVAR = "cosmos_id"
MEDIAN = '["minmax",{"mode":"median"}]'
DEPTH: dict[str, str | int] = {
    "enable": 1,
    "name": "depth",
    "format": "float",
    "dataType": "float",
    "sourceName": "ray:hitPz",
    "sourceType": "raw",
    "filter": MEDIAN,
}
SEG: dict[str, str | int] = {
    **DEPTH,
    "name": "seg",
    "dataType": "color3f",
    "sourceName": PRIMVAR,
    "sourceType": "primvar",
}
WRANGLE = "cosmos_id"
#: Everything with a surface or volume ("Primitive matching patterns", solaris/pattern).
EVERYTHING = "%type:Boundable"
#: A hue, saturation and brightness from the prim's path: the same in every frame and every session.
SNIPPET = f"""\
int hash = random_shash(s@primpath);
v@primvars:{PRIMVAR} = hsvtorgb(set(rand(hash), fit01(rand(hash + 1), 0.5, 1), fit01(rand(hash + 2), 0.4, 1)));
"""


def settings_of(node: hou.Node) -> hou.Node | None:
    """The node that keeps the render vars: the node itself, else the nearest one before it."""
    row: list[hou.Node] = [node]
    seen: set[hou.Node] = set()
    while row:
        for each in row:
            if op(each).parm(VARS.count) is not None:
                return each
        seen.update(row)
        row = [before for each in row for before in each.inputs() if before is not None and before not in seen]
    return None


def set_up(node: hou.Node) -> list[str]:
    """Adds what is missing; gives a sentence a pass."""
    depth, seg = entry_of(node, VARS, "depth"), entry_of(node, VARS, "seg")
    if depth is not None:
        said = [f"{node.path()} has a depth pass already ({depth}), which is left as it is."]
    else:
        said = [told(node, "camera depth (ray:hitPz) as layer depth", add_entry(node, VARS, DEPTH))]
    if seg is not None:
        return [*said, f"{node.path()} has an id pass already ({seg}), which is left as it is."]
    said.append(told(node, "one flat colour an object as layer seg", add_entry(node, VARS, SEG)))
    return [*said, _colours(node)]


def _colours(node: hou.Node) -> str:
    """Where the colours come from. Only in Solaris is there a place where all objects pass."""
    before, parent = node.input(0), node.parent()
    if node.type().category().name() != "Lop" or before is None or parent is None:
        return (
            f"The id pass shows the colour {PRIMVAR} of your objects: give each of them a constant one, for example "
            f"with an Attribute Create SOP (name {PRIMVAR}, class Detail, type Vector)."
        )
    wrangle = parent.createNode("attribwrangle", WRANGLE)
    for name, value in (("primpattern", EVERYTHING), ("vexsnippet", SNIPPET)):
        parm = op(wrangle).parm(name)
        if parm is not None:
            parm.set(value)
    wrangle.setInput(0, before)
    node.setInput(0, wrangle)
    wrangle.moveToGoodPosition()
    return f"{wrangle.path()} was put before it: it gives every object a colour made from its path."
