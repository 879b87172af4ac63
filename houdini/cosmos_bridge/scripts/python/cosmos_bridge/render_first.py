"""Renders nodes before they are sent. Houdini itself renders, and its window is blocked as usual.

The render always waits for its images, because they are sent next. Afterwards the images are checked: all must be new.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from . import hooks
from .errors import CosmosError
from .render_note import end
from .rendered import note_render
from .rop.fetch import rendering
from .rop.files import FileFact, facts_of, frames_on_disk
from .rop.frames import FrameRange, show_frames
from .rop.kinds import BACKGROUND, LABELS, NON_BLOCKING, WAITS
from .rop.output import RopOutput, rop_output, rop_outputs
from .rop.parms import op

if TYPE_CHECKING:
    import hou

#: Toggles and their values during our renders, so that the render call returns when the images exist.
WAITING = {**dict.fromkeys(WAITS, 1), **dict.fromkeys((*BACKGROUND, *NON_BLOCKING), 0)}
#: For each output, its files by frame number.
FilesByFrame = Sequence[Mapping[int, FileFact]]


def render(nodes: Iterable[hou.Node], frames: FrameRange | None = None) -> None:
    """Renders the nodes one after the other, with their own range or with `frames`.

    Auto-send is off meanwhile, because it would send the same render again. Raises CosmosError render_failed,
    render_cancelled, render_stale, render_waits, render_bypassed, render_range or render_unavailable.
    """
    chosen = tuple({node.path(): node for node in map(rendering, nodes)}.values())
    with hooks.quiet(chosen):
        for node in chosen:
            _render(op(node), frames)


def _render(node: hou.OpNode, frames: FrameRange | None) -> None:
    import hou

    outputs = rop_outputs(node)
    _refuse_bypassed(node)
    with _waiting(node):
        before = _look(outputs)
        note_render(node)
        try:
            if isinstance(node, hou.RopNode):
                node.render(frame_range=() if frames is None else (frames.first, frames.last, frames.step))
            else:
                _execute(node, frames)
        except hou.Error as failure:
            end(outputs)
            raise _failed(node, failure) from failure
    _refuse_old(outputs, before, _look(outputs), frames)


def _failed(node: hou.Node, failure: hou.Error) -> CosmosError:
    import hou

    if isinstance(failure, hou.OperationInterrupted):
        words = f"The render of {node.path()} was cancelled, and nothing was sent."
        return CosmosError("render_cancelled", words, {"node": node.path()})
    return CosmosError(
        "render_failed",
        f"{node.path()} did not render, and nothing was sent: {_first_line(failure)}",
        {"node": node.path()},
    )


@contextmanager
def _waiting(node: hou.OpNode) -> Iterator[None]:
    """Within the block the node waits for its images; afterwards all parameters have their old values."""
    with ExitStack() as stack:
        for name, value in WAITING.items():
            parm = node.parm(name)
            if parm is not None and bool(parm.eval()) != bool(value):
                stack.enter_context(_set_for_now(node, parm, value))
        yield


@contextmanager
def _set_for_now(node: hou.OpNode, parm: hou.Parm, value: int) -> Iterator[None]:
    import hou

    if parm.keyframes():
        raise _cannot_wait(node, parm, value)
    before = int(parm.eval())
    try:
        with hou.undos.disabler():
            parm.set(value)
    except hou.PermissionError as refused:
        raise _cannot_wait(node, parm, value) from refused
    try:
        yield
    finally:
        with hou.undos.disabler():
            parm.set(before)


def _cannot_wait(node: hou.Node, parm: hou.Parm, value: int) -> CosmosError:
    return CosmosError(
        "render_waits",
        f"{node.path()} does not wait for its images, and its {LABELS.get(parm.name(), parm.name())} cannot be "
        f"changed from here: switch it {'on' if value else 'off'}, or render it and send the existing frames.",
        {"node": node.path(), "parm": parm.name()},
    )


def _look(outputs: Sequence[RopOutput]) -> FilesByFrame:
    return [_facts(output) for output in outputs]


def _facts(output: RopOutput) -> Mapping[int, FileFact]:
    """The files on disk by frame. A movie is one file and counts as the first frame."""
    pattern, first = output.pattern, output.frames.first
    return frames_on_disk(pattern) if pattern.numbered else facts_of(pattern.folder, {first: pattern.name(first)})


def _refuse_old(
    outputs: Sequence[RopOutput], before: FilesByFrame, after: FilesByFrame, frames: FrameRange | None
) -> None:
    """Refuses when files did not change: their frames were not rendered, or not yet, and must not be sent as new."""
    for output, old, now in zip(outputs, before, after, strict=True):
        wanted = (frames or output.frames).numbers() if output.pattern.numbered else old
        stale = [frame for frame in wanted if frame in old and old[frame] == now.get(frame)]
        if stale and not output.keeps:
            end(outputs)
            raise CosmosError(
                "render_stale",
                f"{output.node} has rendered, but its frames {show_frames(stale, (frames or output.frames).step)} on "
                "disk are still the old ones, and nothing was sent: send the existing frames when the new ones exist.",
                {"node": output.node},
            )


def _refuse_bypassed(node: hou.OpNode) -> None:
    if hasattr(node, "isBypassed") and node.isBypassed():
        raise CosmosError(
            "render_bypassed",
            f"{node.path()} is bypassed and renders nothing: take the bypass off, or send the existing frames.",
            {"node": node.path()},
        )


def _execute(node: hou.OpNode, frames: FrameRange | None) -> None:
    """Renders the node. The Karma LOP is no ROP and has no render(), so its button Render to Disk is pressed."""
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
