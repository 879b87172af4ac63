"""Finds what a send would include, from nodes and files. Changes nothing and makes no calls to the daemon."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .clip_plan import ClipPlan, Group, by_folder, clips_of
from .errors import CosmosError
from .rop.fetch import rendering
from .rop.frames import FrameRange
from .rop.output import RopOutput, is_rop, rop_outputs

if TYPE_CHECKING:
    import hou

__all__ = ["ClipPlan", "SendPlan", "plan", "scene_rops"]


@dataclass(frozen=True, slots=True)
class SendPlan:
    """All that the dialog can show without the daemon."""

    clips: tuple[ClipPlan, ...]
    problems: tuple[CosmosError, ...]
    """One error for each chosen node or folder that cannot be sent; each says what to change."""


def plan(nodes: Iterable[hou.Node], frames: FrameRange | None = None) -> SendPlan:
    """The clips that sending these nodes would send; with no nodes, all clips of the scene's render nodes.

    Nodes that write into one folder are passes of one clip. `frames` replaces the nodes' own ranges.
    """
    chosen = tuple(nodes)
    outputs, problems = _outputs(chosen or scene_rops(), frames)
    clips: list[ClipPlan] = []
    for group in by_folder(outputs):
        try:
            clips.extend(clips_of(group))
        except CosmosError as error:
            problems.append(error)
    # Many scenes have render nodes that are not set up, so only problems of selected nodes are shown.
    return SendPlan(tuple(clips), tuple(problems) if chosen else ())


def scene_rops() -> tuple[hou.Node, ...]:
    """Every node of this scene that writes images. Locked assets are not entered."""
    import hou

    root = hou.node("/")
    nodes = () if root is None else root.allSubChildren(top_down=True, recurse_in_locked_nodes=False)
    return tuple(node for node in nodes if is_rop(node))


def _outputs(nodes: Sequence[hou.Node], frames: FrameRange | None) -> tuple[Group, list[CosmosError]]:
    found: Group = []
    problems: list[CosmosError] = []
    done: set[str] = set()
    for chosen in nodes:
        try:
            node = rendering(chosen)
            if node.path() not in done:
                done.add(node.path())
                found.extend((node, _ranged(output, frames)) for output in rop_outputs(node))
        except CosmosError as error:
            problems.append(error)
    return found, problems


def _ranged(output: RopOutput, frames: FrameRange | None) -> RopOutput:
    return output if frames is None else replace(output, frames=frames)
