"""Multi-parameter blocks: lists of passes on a node. The parameters of an entry end in its number."""

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
    """The parameters of a node's list of passes. Numbers start at 1 in both renderers."""

    count: str
    """Parameter with the number of entries."""
    names: tuple[str, ...]
    """Parameters that name an entry in the file, without their number; the first one that is filled counts."""
    switch: tuple[str, int]
    """Toggle of an entry, without its number, and the value that switches the entry off."""


def entry_of(node: hou.Node, block: Block, wanted: PassName) -> int | None:
    """Number of the entry that Cosmos Bridge would already use for the pass; None = there is none."""
    numbers = range(1, count_of(node, block) + 1)
    return next((index for index in numbers if pass_of_layer(name_of(node, block, index) or "-") == wanted), None)


def name_of(node: hou.Node, block: Block, index: int) -> str:
    """The name of an entry in the file; empty where it has none."""
    return next((shown for parm in block.names if (shown := text(node, f"{parm}{index}"))), "")


def left(node: hou.Node, block: Block, index: int, words: str) -> str:
    """The sentence that an entry of the artist was left unchanged."""
    toggle, off = block.switch
    state = ", which is switched off and" if number(node, f"{toggle}{index}") == off else ", which"
    return f"{node.path()} has {words} already ({name_of(node, block, index)}){state} is left as it is."


def add_entry(node: hou.Node, block: Block, values: Mapping[str, str | int]) -> list[str]:
    """Appends an entry, or none if parameters are missing; returns the missing ones."""
    parm = op(node).parm(block.count)
    if parm is None:
        return [block.count]
    before = count_of(node, block)
    parm.set(before + 1)
    absent = set_all(node, {f"{name}{before + 1}": value for name, value in values.items()})
    if absent:
        parm.set(before)  # an incomplete entry is harmful: a depth pass without its filter has wrong distances
    return absent


def set_all(node: hou.Node, values: Mapping[str, str | int]) -> list[str]:
    """Sets all parameters, or none if the node lacks some; returns those that it lacks."""
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
    """The sentence that this version of a node cannot have the pass."""
    return f"{what} could not be added: {node.path()} has no {', '.join(absent)} in this version of Houdini."
