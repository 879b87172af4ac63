"""The Houdini take that a node renders with. Its parameters may have other values there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..errors import CosmosError
from .parms import text

if TYPE_CHECKING:
    import hou

#: "Render with Take", and its default.
TAKE, CURRENT = "take", "_current_"


def take_of(node: hou.Node) -> str:
    """Name of the take that the node renders with."""
    import hou

    named = text(node, TAKE)
    return hou.takes.currentTake().name() if named in (None, "", CURRENT) else named


@contextmanager
def in_take(node: hou.Node) -> Iterator[None]:
    """Within the block, parameters have the values of the node's take, as in its renders.

    Raises CosmosError output_take for a take that the scene does not have.
    """
    import hou

    before, wanted = hou.takes.currentTake(), take_of(node)
    if before.name() == wanted:
        yield
        return
    take = hou.takes.findTake(wanted)
    if take is None:
        raise CosmosError(
            "output_take",
            f"{node.path()} renders with the take {wanted}, which is not in this scene: choose another in Render "
            "with Take.",
            {"node": node.path()},
        )
    with hou.undos.disabler():
        hou.takes.setCurrentTake(take)
        try:
            yield
        finally:
            hou.takes.setCurrentTake(before)
