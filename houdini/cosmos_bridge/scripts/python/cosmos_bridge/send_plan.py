"""What would be sent, found by looking at nodes and at the disk. Changes nothing and asks no daemon."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from .choices import Choices, read_choices
from .clip.passes import ClipPasses, find_passes
from .errors import CosmosError
from .rop.frames import FrameRange
from .rop.output import RopOutput, is_rop, rop_outputs

if TYPE_CHECKING:
    import hou


@dataclass(frozen=True, slots=True)
class ClipPlan:
    """One clip: what its nodes write, and what of that is there."""

    outputs: tuple[RopOutput, ...]
    """Of the chosen nodes that write into its folder, in their order."""
    passes: ClipPasses
    """Folder, passes, size, missing frames, and what a person should know of them."""
    choices: Choices
    """Kept on the first node."""

    @property
    def node(self) -> str:
        """Path of the node that keeps the choices."""
        return self.outputs[0].node


@dataclass(frozen=True, slots=True)
class SendPlan:
    """Everything a dialog shows before it asks the daemon."""

    clips: tuple[ClipPlan, ...]
    problems: tuple[CosmosError, ...]
    """One a chosen node, or a folder, that cannot be sent; each says what to change."""


def plan(nodes: Iterable[hou.Node], frames: FrameRange | None = None) -> SendPlan:
    """What sending these nodes would send; with no nodes: every clip that a render node of this scene writes.

    Nodes that write into one folder are passes of one clip. `frames` stands for the nodes' own ranges.
    """
    chosen = tuple(nodes)
    outputs, problems = _outputs(chosen or scene_rops(), frames)
    clips: list[ClipPlan] = []
    for group in _by_folder(outputs):
        try:
            clips.extend(_clips(group))
        except CosmosError as error:
            problems.append(error)
    # Every scene has render nodes that nobody filled in: only those that a person pointed at are worth a word.
    return SendPlan(tuple(clips), tuple(problems) if chosen else ())


def scene_rops() -> tuple[hou.Node, ...]:
    """Every node of this scene that writes images. Locked assets are not entered."""
    import hou

    root = hou.node("/")
    nodes = () if root is None else root.allSubChildren(top_down=True, recurse_in_locked_nodes=False)
    return tuple(node for node in nodes if is_rop(node))


def _outputs(
    nodes: Sequence[hou.Node], frames: FrameRange | None
) -> tuple[list[tuple[hou.Node, RopOutput]], list[CosmosError]]:
    found: list[tuple[hou.Node, RopOutput]] = []
    problems: list[CosmosError] = []
    for node in nodes:
        try:
            found.extend((node, _ranged(output, frames)) for output in rop_outputs(node))
        except CosmosError as error:
            problems.append(error)
    return found, problems


def _ranged(output: RopOutput, frames: FrameRange | None) -> RopOutput:
    return output if frames is None else replace(output, frames=frames)


Group = list[tuple["hou.Node", RopOutput]]


def _by_folder(outputs: Group) -> list[Group]:
    """One group a clip folder. A pass may lie in a folder below that of the others."""
    groups: dict[Path, Group] = {}
    for node, output in sorted(outputs, key=lambda each: len(each[1].pattern.folder.parts)):
        folder = output.pattern.folder
        above = next((known for known in groups if folder.is_relative_to(known)), folder)
        groups.setdefault(above, []).append((node, output))
    return list(groups.values())


def _clips(group: Group) -> list[ClipPlan]:
    """One clip, or one a folder where it turns out that a clip merely lies in a folder below another's."""
    folders = dict.fromkeys(output.pattern.folder for _, output in group)
    try:
        return [_clip(group)]
    except CosmosError as error:
        if error.code != "clip_two" or len(folders) == 1:
            raise
    return [_clip([each for each in group if each[1].pattern.folder == folder]) for folder in folders]


def _clip(group: Group) -> ClipPlan:
    outputs = tuple(output for _, output in group)
    return ClipPlan(outputs, find_passes(outputs), read_choices(group[0][0]))
