"""Runs after a render of a node with auto-send: checks that all frames exist, finds the new ones, and sends."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from . import deliver
from .choices import sending_nodes
from .clip_plan import ClipPlan, by_folder, clips_of
from .compose import compose
from .errors import CosmosError
from .late_images import late, leave_to_daemon
from .new_frames import describe_new, new_frames, whole_range
from .render_note import begin, end, last_manifest, lists
from .rop.files import FileFact, frames_on_disk, missing
from .rop.frames import show_frames
from .rop.output import RopOutput, rop_outputs

if TYPE_CHECKING:
    from pathlib import Path

    import hou


#: Seconds between two looks at the files of a render, and how often to look before they count as still changing.
BETWEEN_LOOKS = 0.1
LOOKS = 5


def send_rendered(node: hou.Node) -> str:
    """Sends the images of a render with the node's choices; returns the sentence to show.

    Raises CosmosError for a clip that cannot be sent, and whatever the daemon refuses.
    """
    clip = _clip_of(node)
    folder = clip.passes.folder
    mine = _of(clip, node)
    if _is_test(clip, node):
        end(mine)
        return (
            f"{folder.name} was not sent: {node.path()} rendered one frame of a longer range, which is taken for a "
            "test. Choose Render Frame Range to send every render, or send it from the shelf."
        )
    if late(clip) is not None:
        return leave_to_daemon(clip, node, _keeper(clip, node), rop_outputs(node))
    gap = _gap(clip)
    moving = None if gap else _still_moving(clip.outputs)
    if moving:  # the plugin cannot wait for the end of the writing, but the daemon can
        return leave_to_daemon(clip, node, _keeper(clip, node), rop_outputs(node))
    if gap:
        return _left(folder, gap)
    clip = _clip_of(node)  # read the files again: they may have grown since the first look
    before = last_manifest(folder)
    composed = compose(clip.passes, clip.choices, _keeper(clip, node), unattended=True)
    new = new_frames(before, composed.manifest, [output.pattern for output in clip.outputs])
    delivery = deliver.deliver(composed.parcel)
    return f"{delivery.clip}: {describe_new(new, clip.outputs[0].frames)}; {delivery.sentence()}"


def note_render(node: hou.Node) -> None:
    """Writes a note for the daemon into each clip's folder, before the node renders. Raises CosmosError."""
    chosen: dict[Path, list[RopOutput]] = {}
    outputs = [(node, output) for output in rop_outputs(node)]
    others = [(other, output) for other in sending_nodes() if other.path() != node.path() for output in _known(other)]
    for group in by_folder([*outputs, *others]):
        above = group[0][1].pattern.folder
        for each, output in group:
            if each.path() == node.path():
                own = output.pattern.folder
                chosen.setdefault(own if lists(own, output) else above, []).append(output)
    for folder, rendered in chosen.items():
        begin(node.path(), rendered, folder)


def _of(clip: ClipPlan, node: hou.Node) -> tuple[RopOutput, ...]:
    return tuple(output for output in clip.outputs if output.node == node.path())


def _clip_of(node: hou.Node) -> ClipPlan:
    """The clip of the node's render, with the outputs of all other auto-send nodes that write into it."""
    mine = [(node, _whole(output)) for output in rop_outputs(node)]
    others = [(other, output) for other in sending_nodes() if other.path() != node.path() for output in _known(other)]
    [group] = [group for group in by_folder([*mine, *others]) if mine[0] in group]
    [clip] = [clip for clip in clips_of(group) if mine[0][1] in clip.outputs]
    return clip


def _keeper(clip: ClipPlan, node: hou.Node) -> hou.Node:
    """The node of the colour pass, which gives the clip its camera and choices."""
    return node.node(clip.node) or node


def _known(node: hou.Node) -> tuple[RopOutput, ...]:
    try:
        return tuple(_whole(output) for output in rop_outputs(node))
    except CosmosError:  # the problem is shown when that node itself renders
        return ()


def _whole(output: RopOutput) -> RopOutput:
    return replace(output, frames=whole_range(output.frames, frames_on_disk(output.pattern)))


def _is_test(clip: ClipPlan, node: hou.Node) -> bool:
    """Whether the render was one test frame (Render Current Frame), which should not make a job."""
    return any(output.test for output in clip.outputs if output.node == node.path())


def _gap(clip: ClipPlan) -> str | None:
    for output in clip.outputs:
        frames = missing(output)
        if frames:
            shown = f"frame {frames[0]} is" if len(frames) == 1 else f"frames {show_frames(frames)} are"
            return f"{shown} missing from {output.node}"
    return None


def _still_moving(outputs: Sequence[RopOutput]) -> str | None:
    """A phrase when files still grow or are empty after LOOKS looks; None = two looks in a row were the same."""
    before = _look(outputs)
    for _ in range(LOOKS):
        time.sleep(BETWEEN_LOOKS)
        now = _look(outputs)
        if now == before and all(fact.size > 0 for facts in now.values() for fact in facts.values()):
            return None
        before = now
    return f"files of {outputs[0].node} are still being written"


def _look(outputs: Sequence[RopOutput]) -> dict[str, dict[int, FileFact]]:
    return {output.node: frames_on_disk(output.pattern) for output in outputs}


def _left(folder: Path, why: str) -> str:
    """Registers the folder of an incomplete clip, so that the daemon watches it. Returns the sentence to show."""
    try:
        deliver.register(folder)
    except CosmosError:
        return f"{folder.name} was not sent: {why}. The render that completes the clip will send it."
    return f"{folder.name} was not sent: {why}. The daemon watches it; the render that completes the clip will send it."
