"""Mantra: extra image planes (sidefx.com/docs/houdini/nodes/out/ifd, "Images > Extra Image Planes").

Parameters vm_numaux, vm_variable_plane#, vm_vextype_plane#, vm_channel_plane#, vm_quantize_plane#, vm_sfilter_plane#,
vm_pfilter_plane#: that page and sidefx.com/docs/houdini/props/mantra. Sample filter "closest" is Closest Surface. Pixel
filter "minmax min" is Closest Sample, "minmax idcover" is Object With Most Coverage (no filtering): a filter that
averages would invent distances and objects along every edge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..rop.parms import kind_of_node
from .blocks import Block, add_entry, entry_of, told

if TYPE_CHECKING:
    import hou

PLANES = Block("vm_numaux", ("vm_channel_plane", "vm_variable_plane"))
#: Pz is the distance along the view axis in scene units, Op_Id a number that every object has for itself.
DEPTH: dict[str, str | int] = {
    "vm_variable_plane": "Pz",
    "vm_vextype_plane": "float",
    "vm_channel_plane": "depth",
    "vm_quantize_plane": "float",
    "vm_sfilter_plane": "closest",
    "vm_pfilter_plane": "minmax min",
}
SEG: dict[str, str | int] = {
    **DEPTH,
    "vm_variable_plane": "Op_Id",
    "vm_channel_plane": "seg",
    "vm_pfilter_plane": "minmax idcover",
}


def is_mantra(node: hou.Node) -> bool:
    """Whether the node is a Mantra ROP."""
    kind = kind_of_node(node)
    return kind is not None and kind.name == "mantra"


def set_up(node: hou.Node) -> list[str]:
    """Adds what is missing; gives a sentence a pass."""
    said: list[str] = []
    depth, seg = entry_of(node, PLANES, "depth"), entry_of(node, PLANES, "seg")
    if depth is not None:
        said.append(f"{node.path()} has a depth pass already ({depth}), which is left as it is.")
    else:
        said.append(told(node, "camera depth (Pz, the closest sample) as layer depth", add_entry(node, PLANES, DEPTH)))
    if seg is not None:
        said.append(f"{node.path()} has an id pass already ({seg}), which is left as it is.")
    else:
        said.append(
            told(node, "one flat number an object (Op_Id, unfiltered) as layer seg", add_entry(node, PLANES, SEG))
        )
    return said
