"""Groups the outputs of nodes into clips."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .choices import Choices, read_choices
from .clip.passes import ClipPasses, find_passes
from .errors import CosmosError
from .rop.output import RopOutput

if TYPE_CHECKING:
    import hou

#: Nodes with one of their outputs each.
Group = list[tuple["hou.Node", RopOutput]]


@dataclass(frozen=True, slots=True)
class ClipPlan:
    """One clip: what its nodes write, and which of those files exist."""

    outputs: tuple[RopOutput, ...]
    """Outputs of the chosen nodes that write into the clip's folder, in the order of the nodes."""
    passes: ClipPasses
    """Folder, passes, size, missing frames and problems."""
    choices: Choices
    """Stored on the node that renders the colour pass."""

    @property
    def node(self) -> str:
        """Path of the node that keeps the choices."""
        return self.passes.node


def by_folder(outputs: Iterable[tuple[hou.Node, RopOutput]]) -> list[Group]:
    """One group for each clip folder. A pass may lie in a folder below that of the others."""
    groups: dict[Path, Group] = {}
    for node, output in sorted(outputs, key=lambda each: len(each[1].pattern.folder.parts)):
        folder = output.pattern.folder
        above = next((known for known in groups if folder.is_relative_to(known)), folder)
        groups.setdefault(above, []).append((node, output))
    return list(groups.values())


def clips_of(group: Group) -> list[ClipPlan]:
    """The clip of one group; or one clip for each folder, where a folder below holds a clip of its own.

    Raises what find_passes raises.
    """
    folders = dict.fromkeys(output.pattern.folder for _, output in group)
    try:
        return [_clip(group)]
    except CosmosError as error:
        if error.code != "clip_two" or len(folders) == 1:
            raise
    return [_clip([each for each in group if each[1].pattern.folder == folder]) for folder in folders]


def _clip(group: Group) -> ClipPlan:
    outputs = tuple(output for _, output in group)
    passes = find_passes(outputs)
    keeper = next(node for node, output in group if output.node == passes.node)
    return ClipPlan(outputs, passes, _choices(keeper))


def _choices(node: hou.Node) -> Choices:
    """The node's choices; the defaults where they cannot be read, so that the clip can still be sent."""
    try:
        return read_choices(node)
    except CosmosError:
        return Choices()
