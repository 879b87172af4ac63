"""The frames a node would render now, read from its own parameters or from its stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import CosmosError
from .frames import FrameRange, frame_range
from .kinds import (
    CURRENT_FRAME,
    LABS_RANGE,
    LABS_SINGLE,
    LABS_WEDGES,
    RANGE,
    RANGE_MODE,
    STAGE_RANGE,
    STAGE_RANGE_OFFSET,
    RopKind,
)
from .parms import number
from .stage import stage_of

if TYPE_CHECKING:
    import hou


def scene_frames(node: hou.Node, kind: RopKind) -> FrameRange:
    """Frames of the node's "Valid Frame Range". Raises CosmosError frames_* or output_missing (no stage)."""
    import hou

    mode = number(node, RANGE_MODE)
    if kind.ranges == "labs" and mode != LABS_SINGLE and (mode != LABS_RANGE or number(node, LABS_WEDGES)):
        raise CosmosError(
            "frames_list",
            f"{node.path()} renders a list of frames or wedges, and a clip is one range: choose Frame Range, and "
            "switch wedging off.",
            {"node": node.path()},
        )
    if mode is None or mode == CURRENT_FRAME:
        return FrameRange(hou.intFrame(), hou.intFrame())
    if mode == STAGE_RANGE and not kind.usd and kind.ranges == "rop":
        raise CosmosError(
            "frames_stage",
            f"{node.path()} takes its frame range from a stage of its own, which is known only while it renders: "
            "choose Render Frame Range.",
            {"node": node.path()},
        )
    if mode == STAGE_RANGE:
        stage = stage_of(node, hou.intFrame())
        before, after, step = (_or(number(node, name), default) for name, default in _OFFSETS)
        return frame_range(stage.GetStartTimeCode() - before, stage.GetEndTimeCode() + after, step, node.path())
    first, last, step = (_or(number(node, name), default) for name, default in zip(RANGE, (1.0, 1.0, 1.0), strict=True))
    return frame_range(first, last, step, node.path())


def is_test(node: hou.Node, kind: RopKind) -> bool:
    """Whether the node renders one frame of a longer range: "Render Current Frame", the default of every node."""
    first, last = (number(node, name) for name in RANGE[:2])
    return number(node, RANGE_MODE) == CURRENT_FRAME and first is not None and last is not None and first != last


_OFFSETS = tuple(zip(STAGE_RANGE_OFFSET, (0.0, 0.0, 1.0), strict=True))


def _or(value: float | None, default: float) -> float:
    return default if value is None else value
