"""Rendering before sending. The render is Houdini's own and blocks the window as it always does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from . import hooks
from .errors import CosmosError
from .rop.frames import FrameRange
from .rop.output import rop_output, rop_outputs
from .rop.parms import op
from .withdrawn import withdraw

if TYPE_CHECKING:
    import hou


def render(nodes: Iterable[hou.Node], frames: FrameRange | None = None) -> None:
    """Renders the nodes one after the other, with their own range or with `frames`.

    Their auto-send keeps quiet meanwhile, or one render would be sent twice. Raises CosmosError render_failed,
    render_range or render_unavailable.
    """
    chosen = tuple(nodes)
    with hooks.quiet(chosen):
        for node in chosen:
            _render(op(node), frames)


def _render(node: hou.OpNode, frames: FrameRange | None) -> None:
    import hou

    withdraw(rop_outputs(node))
    try:
        if isinstance(node, hou.RopNode):
            node.render(frame_range=() if frames is None else (frames.first, frames.last, frames.step))
        else:
            _execute(node, frames)
    except hou.OperationFailed as failure:
        raise CosmosError(
            "render_failed",
            f"{node.path()} did not render, and nothing was sent: {_first_line(failure)}",
            {"node": node.path()},
        ) from failure


def _execute(node: hou.OpNode, frames: FrameRange | None) -> None:
    """A USD Render node in Solaris has no render(): its button Render to Disk does it, and waits for husk."""
    if frames is not None and frames != rop_output(node).frames:
        raise CosmosError(
            "render_range",
            f"{node.path()} renders its own frame range only: set {frames.first} to {frames.last} on the node.",
            {"node": node.path()},
        )
    button = node.parm("execute")
    if button is None:
        raise CosmosError(
            "render_unavailable",
            f"{node.path()} cannot be rendered from here: render it, then send the existing frames.",
            {"node": node.path()},
        )
    button.pressButton()


def _first_line(failure: Exception) -> str:
    return (str(failure).strip().splitlines() or ["Houdini gives no reason."])[0]
