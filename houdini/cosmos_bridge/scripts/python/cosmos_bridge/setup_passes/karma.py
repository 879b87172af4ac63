"""Karma: render vars, on a Karma Render Settings LOP or on the Karma ROP of /out, which has the same ones.

Depth is Karma's own var: toggle hitPz, filter hitPzfilter where the version has one (test/data/houdini), which the
file calls "depth". A node without it gets an entry of its extra block: extrarendervars with enable#, name#, format#,
dataType#, sourceName#, sourceType#, filter# ("Extra Render Vars" of
sidefx.com/docs/houdini/nodes/lop/karmarendersettings). Sources of the ray need their prefix there: without "ray:" Karma
writes zeros and says nothing. Its filters idcover, ocover and edge need channels that are not there and fall back to
averaging, so the median sample is used, which is a real sample.

Karma has no number of its own for an object (primid counts the faces of each), so colours.py gives every prim one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..rop.parms import number, op, text
from .blocks import Block, add_entry, entry_of, left, refused, set_all
from .colours import PRIMVAR, colour
from .stage_check import Found, look

if TYPE_CHECKING:
    import hou

VARS = Block("extrarendervars", ("name",), ("enable", 0))
MEDIAN = '["minmax",{"mode":"median"}]'
#: Karma's default filter for depth: the nearest sample.
NEAREST = '["minmax",{"mode":"zmin"}]'
#: Filters with this word use one sample and do not average.
UNFILTERED = "minmax"
DEPTH_SOURCE = "ray:hitPz"
DEPTH: dict[str, str | int] = {
    "enable": 1,
    "name": "depth",
    "format": "float",
    "dataType": "float",
    "sourceName": DEPTH_SOURCE,
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


def settings_of(node: hou.Node) -> hou.Node | None:
    """The node that has the render vars: the node itself, else the nearest one before it, by wire or LOP Path."""
    row: list[hou.Node] = [node]
    seen: set[hou.Node] = set()
    while row:
        for each in row:
            if op(each).parm(VARS.count) is not None:
                return each
        seen.update(row)
        row = [before for each in row for before in _before(each) if before not in seen]
    return None


def _before(node: hou.Node) -> list[hou.Node]:
    wired: list[hou.Node] = [each for each in node.inputs() if each is not None]
    named = node.node(text(node, "loppath") or "")
    return wired if wired or named is None else [named]


def set_up(node: hou.Node) -> list[str]:
    """Adds missing passes and checks them on the stage; returns one sentence for each thing done or refused."""
    said = [_depth(node), *_ids(node)]
    found = look(node, PRIMVAR)
    return [*said, *([] if found is None else _missing(node, found))]


def _depth(node: hou.Node) -> str:
    there = entry_of(node, VARS, "depth")
    if there is not None:
        return left(node, VARS, there, "a depth pass")
    if number(node, "hitPz"):
        return f"{node.path()} has Karma's own depth on already.{_mended(node)}"
    before = look(node, PRIMVAR)
    if before is not None and before.has(DEPTH_SOURCE):
        return f"A depth pass is on the stage of {node.path()} already, which is left as it is."
    if not set_all(node, {"hitPz": 1}):
        return f"Karma's own depth was switched on at {node.path()}; the file calls it depth.{_mended(node)}"
    absent = add_entry(node, VARS, DEPTH)
    what = f"Camera depth ({DEPTH_SOURCE})"
    return refused(node, what, absent) if absent else f"{what} was added to {node.path()} as layer depth."


def _mended(node: hou.Node) -> str:
    """Corrects the depth settings: averaged depth has false distances along edges, and half precision has steps.

    Returns sentences about the changes, or an empty text.
    """
    said = ""
    chosen = text(node, "hitPzfilter")
    if chosen is not None and UNFILTERED not in chosen:
        set_all(node, {"hitPzfilter": NEAREST})
        said = " Its filter averaged samples; it now uses the nearest sample."
    if number(node, "hitPzfarclip"):
        set_all(node, {"hitPzfarclip": 0})
        said += " The empty background had the distance of the far clip; it is now empty."
    if text(node, "hitPzprecision") == "half":
        set_all(node, {"hitPzprecision": "float"})
        said += " It had half precision; it now has full precision."
    return said


def _ids(node: hou.Node) -> list[str]:
    there = entry_of(node, VARS, "seg")
    if there is None:
        absent = add_entry(node, VARS, SEG)
        if absent:
            return [refused(node, "One flat colour an object", absent)]
        return [f"One flat colour an object was added to {node.path()} as layer seg.", colour(node)]
    if text(node, f"sourceName{there}") == PRIMVAR:
        return [colour(node)]
    return [left(node, VARS, there, "an id pass")]


def _missing(node: hou.Node, found: Found) -> list[str]:
    """Sentences about passes that the stage lacks, and about objects without a colour of their own."""
    wanted = [("depth pass", DEPTH_SOURCE)] if _has_depth(node) else []
    wanted += [("id pass", PRIMVAR)] if _has_colours(node) else []
    said = [
        f"The stage of {node.path()} still has no {words}: look for an error on the node."
        for words, source in wanted
        if not (found.has(source) or _renders(node))
    ]
    return [*said, *_uncoloured(node, found)] if _has_colours(node) else said


def _uncoloured(node: hou.Node, found: Found) -> list[str]:
    said: list[str] = []
    if found.objects == 0:
        said.append(f"The stage of {node.path()} has no objects yet, so none has a colour.")
    elif found.coloured < found.objects:
        said.append(
            f"{found.objects - found.coloured} of the {found.objects} objects on the stage have no colour "
            f"{PRIMVAR} and are black in the id pass."
        )
    if found.instances:
        said.append(
            f"The stage has {found.instances} instances or point instancers: all parts within one have one colour. "
            "Make them editable (uninstanceable) if their parts need different colours."
        )
    return said


def _has_depth(node: hou.Node) -> bool:
    there = entry_of(node, VARS, "depth")
    return bool(number(node, "hitPz")) or (there is not None and text(node, f"sourceName{there}") == DEPTH_SOURCE)


def _has_colours(node: hou.Node) -> bool:
    there = entry_of(node, VARS, "seg")
    return there is not None and text(node, f"sourceName{there}") == PRIMVAR


def _renders(node: hou.Node) -> bool:
    """Whether the node is a Karma LOP, whose vars may be only on the stage that it renders, not on its output stage."""
    return op(node).parm("execute") is not None
