"""Step 1: did the start-up scripts run, and has every node type the parameters that the plugin reads?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..attach import on_file_event
from ..rop.kinds import BACKGROUND, KINDS, RANGE, RANGE_MODE, WAITS, RopKind
from ..rop.parms import number, op
from .findings import Finding, Report

if TYPE_CHECKING:
    import hou

#: Node types that are not from SideFX, so that most Houdinis lack them.
FOREIGN = frozenset({"arnold", "redshift", "vray"})
#: The parent of new nodes for each category.
PARENTS = {"Driver": "/out", "Lop": "/stage", "Cop2": "/img"}
#: ROPs outside /out, by category and type, and the Karma LOP, which is no ROP.
NO_ROP = frozenset({("Lop", "karma"), ("Lop", "labs::karma")})


def check(report: Report, copernicus: hou.Node | None) -> None:
    """Adds a finding for the start-up and one for each node type; `copernicus` = a node in such a network, if any."""
    report.add(_start_up())
    for kind in KINDS:
        for category, name in kind.types:
            parent = _parent(category, copernicus)
            if kind.name not in FOREIGN:
                report.add(_of_type(kind, category, name, parent))


def _start_up() -> Finding:
    import hou

    ours = sum(callback == on_file_event for callback in hou.hipFile.eventCallbacks())
    return Finding(
        1,
        "Callbacks of the scene file that are the plugin's were counted",
        "exactly one: Houdini ran its start-up script",
        f"{ours}",
        "agrees" if ours == 1 else "differs",
    )


def _parent(category: str, copernicus: hou.Node | None) -> hou.Node | None:
    import hou

    if category == "Cop":
        return None if copernicus is None else copernicus.parent()
    parent = hou.node(PARENTS[category])
    if category == "Cop2" and parent is not None:  # its nodes lie in networks of their own
        return next(iter(parent.children()), None) or parent.createNode("img")
    return parent


def _of_type(kind: RopKind, category: str, name: str, parent: hou.Node | None) -> Finding:
    import hou

    what = f"A node {category}/{name} was made"
    wanted, others = _wanted(kind), [*kind.keeps, *kind.deferred, *([kind.tiled] if kind.tiled else [])]
    is_rop = None if name.startswith("labs::") else (category, name) not in NO_ROP
    believed = f"it has {', '.join(wanted)}" + ("" if is_rop is None else f", and is {_rop(is_rop)}")
    believed += f"; {', '.join(others)} not in every version" if others else ""
    if parent is None:
        return Finding(1, what, believed, "there is no network for it", "not tried")
    try:
        node = op(parent.createNode(name))
    except hou.OperationFailed as failure:
        return Finding(1, what, believed, f"it cannot be made here: {failure}", "not tried")
    try:
        lacks = [each for each in (*wanted, *others) if node.parm(each) is None]
        defaults = {each: number(node, each) for each in (*WAITS, *BACKGROUND) if node.parm(each) is not None}
        rop = isinstance(node, hou.RopNode)
        seen = f"without {', '.join(lacks)}" if lacks else "all of them are there"
        seen += f"; {_rop(rop)}, {node.type().name()}"
        seen += "".join(f"; {each} is {value:g} at first" for each, value in defaults.items() if value is not None)
        agrees = not set(lacks) & set(wanted) and not _other_defaults(defaults) and is_rop in (None, rop)
        data = {"lacks": lacks, "defaults": defaults, "class": type(node).__name__}
        return Finding(1, what, believed, seen, "agrees" if agrees else "differs", data)
    finally:
        node.destroy()


def _rop(is_one: bool) -> str:
    return "a RopNode" if is_one else "no RopNode"


def _other_defaults(defaults: dict[str, float | None]) -> list[str]:
    """Toggles whose defaults differ from the expected ones: waiting off, saving in the background on."""
    return [name for name, value in defaults.items() if value != (0 if name in WAITS else 1)]


def _wanted(kind: RopKind) -> list[str]:
    """Parameters that the plugin needs for this kind of node."""
    return [kind.output, *([kind.camera] if kind.camera else []), *kind.waits, RANGE_MODE, *RANGE]
