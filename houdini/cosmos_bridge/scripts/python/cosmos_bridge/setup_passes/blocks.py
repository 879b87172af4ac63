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


def entry_of(node: hou.Node, block: Block, wanted: PassName) -> str | None:
    """Name of an entry that Cosmos Bridge would take for the pass already; None = there is none."""
    for index in range(1, count_of(node, block) + 1):
        name = next((shown for parm in block.names if (shown := text(node, f"{parm}{index}"))), "")
        if name and pass_of_layer(name) == wanted:
            return name
    return None


def add_entry(node: hou.Node, block: Block, values: Mapping[str, str | int]) -> list[str]:
    """Appends an entry; gives the parameters that this version of the node does not have."""
    index = count_of(node, block) + 1
    parm = op(node).parm(block.count)
    if parm is None:
        return [block.count]
    parm.set(index)
    absent: list[str] = []
    for name, value in values.items():
        each = op(node).parm(f"{name}{index}")
        if each is None:
            absent.append(f"{name}{index}")
        else:
            each.set(value)
    return absent


def count_of(node: hou.Node, block: Block) -> int:
    """Number of entries."""
    return int(number(node, block.count) or 0)


def told(node: hou.Node, what: str, absent: list[str]) -> str:
    """The sentence about an entry that was added."""
    if not absent:
        return f"{node.path()} renders {what} now."
    return f"{node.path()} renders {what} now, but this version has no {', '.join(absent)}: check that pass."
