"""Mantra: extra image planes (sidefx.com/docs/houdini/nodes/out/ifd, "Images > Extra Image Planes").

Parameters vm_numaux, vm_variable_plane#, vm_vextype_plane#, vm_channel_plane#, vm_quantize_plane#, vm_sfilter_plane#,
vm_pfilter_plane#: that page and sidefx.com/docs/houdini/props/mantra. They are not on the node's type: its creation
script adds them, so a node that a script made may lack them. Sample filter "closest" is Closest Surface. Pixel filter
"minmax min" is Closest Sample, "minmax idcover" is Object With Most Coverage (no filtering): a filter that averages
would invent distances and objects along every edge.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..rop.parms import kind_of_node
from ..wire import PassName
from .blocks import Block, add_entry, entry_of, left, refused

if TYPE_CHECKING:
    import hou

PLANES = Block("vm_numaux", ("vm_channel_plane", "vm_variable_plane"), ("vm_disable_plane", 1))
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
#: Pass, its name in sentences, what was added, and the values of its entry.
WANTED: tuple[tuple[PassName, str, str, Mapping[str, str | int]], ...] = (
    ("depth", "a depth pass", "Camera depth (Pz, the closest sample)", DEPTH),
    ("seg", "an id pass", "One flat number an object (Op_Id, unfiltered)", SEG),
)


def is_mantra(node: hou.Node) -> bool:
    """Whether the node is a Mantra ROP."""
    kind = kind_of_node(node)
    return kind is not None and kind.name == "mantra"


def set_up(node: hou.Node) -> list[str]:
    """Adds missing passes; returns one sentence for each pass."""
    return [_set_up(node, *each) for each in WANTED]


def _set_up(node: hou.Node, wanted: PassName, words: str, what: str, values: Mapping[str, str | int]) -> str:
    there = entry_of(node, PLANES, wanted)
    if there is not None:
        return left(node, PLANES, there, words)
    absent = add_entry(node, PLANES, values)
    return (
        refused(node, what, absent) if absent else f"{what} was added to the image planes of {node.path()} as {wanted}."
    )
