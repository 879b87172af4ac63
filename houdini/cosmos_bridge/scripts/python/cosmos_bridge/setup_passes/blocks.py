"""Multi-parameter blocks: lists of passes on a node, each a set of parameters that end in its number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..clip.names import pass_of_layer
from ..rop.parms import number, op, text
from ..wire import PassName

if TYPE_CHECKING:
    import hou


@dataclass(frozen=True, slots=True)
class Block:
    """Where a node keeps its list of passes. Numbers begin with 1 in both renderers."""

    count: str
    """Parameter with the number of entries."""
    names: tuple[str, ...]
    """Parameters that name an entry in the file, without their number; the first one that is filled counts."""
    switch: tuple[str, int]
    """Toggle of an entry, without its number, and the value with which it is not rendered."""


def entry_of(node: hou.Node, block: Block, wanted: PassName) -> int | None:
    """Number of an entry that Cosmos Bridge would take for the pass already; None = there is none."""
    numbers = range(1, count_of(node, block) + 1)
    return next((index for index in numbers if pass_of_layer(name_of(node, block, index) or "-") == wanted), None)


def name_of(node: hou.Node, block: Block, index: int) -> str:
    """What an entry is called in the file; empty where it says nothing."""
    return next((shown for parm in block.names if (shown := text(node, f"{parm}{index}"))), "")


def left(node: hou.Node, block: Block, index: int, words: str) -> str:
    """The sentence about an entry of the artist's own."""
    toggle, off = block.switch
    state = ", which is switched off and" if number(node, f"{toggle}{index}") == off else ", which"
    return f"{node.path()} has {words} already ({name_of(node, block, index)}){state} is left as it is."


def add_entry(node: hou.Node, block: Block, values: Mapping[str, str | int]) -> list[str]:
    """Appends an entry, or nothing at all: gives the parameters that this version of the node does not have."""
    parm = op(node).parm(block.count)
    if parm is None:
        return [block.count]
    before = count_of(node, block)
    parm.set(before + 1)
    absent = set_all(node, {f"{name}{before + 1}": value for name, value in values.items()})
    if absent:
        parm.set(before)  # a pass without its filter, for example, would invent distances
    return absent


def set_all(node: hou.Node, values: Mapping[str, str | int]) -> list[str]:
    """Sets parameters; gives those that the node does not have, which are none of it set then."""
    parms = {name: op(node).parm(name) for name in values}
    absent = [name for name, parm in parms.items() if parm is None]
    for name, parm in parms.items():
        if parm is not None and not absent:
            parm.set(values[name])
    return absent


def count_of(node: hou.Node, block: Block) -> int:
    """Number of entries."""
    return int(number(node, block.count) or 0)


def refused(node: hou.Node, what: str, absent: list[str]) -> str:
    """The sentence about a pass that this version of a node cannot have."""
    return f"{what} could not be added: {node.path()} has no {', '.join(absent)} in this version of Houdini."
