"""Makes parcels of the checked clips. Uses `hou`, so it runs on Houdini's main thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from ..errors import CosmosError
from ..send import Mode, prepare

if TYPE_CHECKING:
    from ..choices import Choices
    from ..parcel import Parcel
    from ..send_plan import ClipPlan


def prepare_clips(
    clips: Iterable[ClipPlan], choices_of: Callable[[ClipPlan], Choices], mode: Mode
) -> tuple[list[Parcel], list[CosmosError]]:
    """Returns parcels and problems. Clips of one node are prepared together, because it stores one set of choices."""
    import hou

    parcels: list[Parcel] = []
    problems: list[CosmosError] = []
    by_node: dict[str, list[ClipPlan]] = {}
    for clip in clips:
        by_node.setdefault(clip.node, []).append(clip)
    for group in by_node.values():
        paths = dict.fromkeys(output.node for clip in group for output in clip.outputs)
        nodes = [node for node in map(hou.node, paths) if node is not None]
        try:
            made, wrong = prepare(nodes, choices_of(group[0]), mode)
        except CosmosError as error:  # the render of this node failed; the others are still sent
            problems.append(error)
            continue
        parcels += made
        problems += wrong
    return parcels, problems
