"""A colour for every object in Solaris: a wrangle before the render settings makes it from the prim's path.

nodes/lop/attribwrangle: primpattern, snippet; a variable with a colon names the USD attribute; a primvar without
interpolation is constant. Instance proxies are skipped (allowinstanceproxies is off): nothing can be written on them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..rop.parms import op, text, type_of
from .blocks import refused, set_all

if TYPE_CHECKING:
    import hou

PRIMVAR = "cosmos_id"
WRANGLE = "cosmos_id"
#: Everything with a surface or volume ("Primitive matching patterns", solaris/pattern).
EVERYTHING = "%type:Boundable"
#: A hue, saturation and brightness from the prim's path: the same in every frame and every session.
SNIPPET = f"""\
int hash = random_shash(s@primpath);
v@primvars:{PRIMVAR} = hsvtorgb(set(rand(hash), fit01(rand(hash + 1), 0.5, 1), fit01(rand(hash + 2), 0.4, 1)));
"""
VALUES: dict[str, str | int] = {"primpattern": EVERYTHING, "snippet": SNIPPET}


def colour(node: hou.Node) -> str:
    """Adds a wrangle before `node` that colours every object; returns the sentence to show. Works in Solaris only."""
    before, parent = node.input(0), node.parent()
    if node.type().category().name() != "Lop" or before is None or parent is None:
        return (
            f"The id pass shows the colour {PRIMVAR} of your objects: give each of them a constant one, for example "
            f"with an Attribute Create SOP (name {PRIMVAR}, class Detail, type Vector)."
        )
    ours = _ours(node)
    if ours is not None and text(ours, "snippet"):
        return f"{ours.path()} gives every object its colour already."
    if ours is not None:
        absent = set_all(ours, VALUES)
        return _refused(absent, ours) if absent else f"{ours.path()} was empty and has been filled: it colours objects."
    wrangle = parent.createNode("attribwrangle", WRANGLE)
    absent = set_all(wrangle, VALUES)
    if absent:
        problem = _refused(absent, wrangle)
        wrangle.destroy()  # leave no empty wrangle in the artist's network
        return problem
    wrangle.setInput(0, before)
    node.setInput(0, wrangle)
    wrangle.moveToGoodPosition()
    return f"{wrangle.path()} was put before it: it gives every object a colour made from its path."


def _refused(absent: list[str], wrangle: hou.Node) -> str:
    return refused(wrangle, "The colours of the id pass", absent)


def _ours(node: hou.Node) -> hou.OpNode | None:
    """Our wrangle before the node, if there is one. An earlier version may have left it empty."""
    for each in op(node).inputAncestors():
        if type_of(each) == ("Lop", "attribwrangle") and each.name().startswith(WRANGLE):
            return op(each)
    return None
