"""What follows a render of a node that sends itself: are its frames all there, which are new, and off they go."""

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
from .late import late, leave_to_daemon
from .new_frames import new_frames, told, whole_range
from .render_note import begin, end, last_manifest, lists
from .rop.files import FileFact, frames_on_disk, missing
from .rop.frames import show_frames
from .rop.output import RopOutput, rop_outputs

if TYPE_CHECKING:
    from pathlib import Path

    import hou


#: Seconds between two looks at the files of a render, and how many looks it gets to stand still.
BETWEEN_LOOKS = 0.1
LOOKS = 5


def send_rendered(node: hou.Node) -> str:
    """Sends what a render left on disk, as the node's choices say; gives the sentence to be shown.

    Raises CosmosError for a clip that cannot be sent, and whatever the daemon refuses.
    """
    clip = _clip_of(node)
    folder = clip.passes.folder
    mine = _of(clip, node)
    if _is_test(clip, node):
        end(mine)
        return (
            f"{folder.name} was not sent: {node.path()} rendered one frame of a longer range, which is taken for a "
            "test. Choose Render Frame Range to have its renders sent, or send it from the shelf."
        )
    if late(clip) is not None:
        return leave_to_daemon(clip, node, _keeper(clip, node), rop_outputs(node))
    gap = _gap(clip)
    moving = None if gap else _still_moving(clip.outputs)
    if moving:  # nobody here will see its end
        return leave_to_daemon(clip, node, _keeper(clip, node), rop_outputs(node))
    if gap:
        return _left(folder, gap)
    clip = _clip_of(node)  # the first look was at files that were perhaps still growing
    before = last_manifest(folder)
    composed = compose(clip.passes, clip.choices, _keeper(clip, node), unattended=True)
    new = new_frames(before, composed.manifest, [output.pattern for output in clip.outputs])
    delivery = deliver.deliver(composed.parcel)
    return f"{delivery.clip}: {told(new, clip.outputs[0].frames)}; {delivery.sentence()}"


def note_render(node: hou.Node) -> None:
    """Tells the daemon, by a note in each clip's folder, what the node is about to render. Raises CosmosError."""
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
    """The clip that the node renders into, with every other node that sends itself into it."""
    mine = [(node, _whole(output)) for output in rop_outputs(node)]
    others = [(other, output) for other in sending_nodes() if other.path() != node.path() for output in _known(other)]
    [group] = [group for group in by_folder([*mine, *others]) if mine[0] in group]
    [clip] = [clip for clip in clips_of(group) if mine[0][1] in clip.outputs]
    return clip


def _keeper(clip: ClipPlan, node: hou.Node) -> hou.Node:
    """The node of the colour pass, whose camera and choices are the clip's."""
    return node.node(clip.node) or node


def _known(node: hou.Node) -> tuple[RopOutput, ...]:
    try:
        return tuple(_whole(output) for output in rop_outputs(node))
    except CosmosError:  # its own render will tell what is wrong with it
        return ()


def _whole(output: RopOutput) -> RopOutput:
    return replace(output, frames=whole_range(output.frames, frames_on_disk(output.pattern)))


def _is_test(clip: ClipPlan, node: hou.Node) -> bool:
    """Whether the render was a look at one frame (Render Current Frame); nobody wants a job of each of those."""
    return any(output.test for output in clip.outputs if output.node == node.path())


def _gap(clip: ClipPlan) -> str | None:
    for output in clip.outputs:
        frames = missing(output)
        if frames:
            shown = f"frame {frames[0]} is" if len(frames) == 1 else f"frames {show_frames(frames)} are"
            return f"{shown} missing of {output.node}"
    return None


def _still_moving(outputs: Sequence[RopOutput]) -> str | None:
    """Which files grow or are empty, after some patience; None = two looks in a row were the same."""
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
    """The daemon is told of the folder and watches it; what a watched folder with auto-send holds, it sends itself."""
    try:
        deliver.register(folder)
    except CosmosError:
        return f"{folder.name} was not sent: {why}. The render that completes it sends it."
    return f"{folder.name} was not sent: {why}. The daemon watches it; the render that completes it sends it."
