"""Images that come after the render that asked for them: husk on its own, files saved in the background.

The end of such a node says nothing of its images, so nothing is sent from here. The daemon is told which images the
render changes, what they were before, and what is to be sent of them; it sends when each of them is another and whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import deliver
from .clip.manifest import draft_manifest
from .clip.scene import scene_facts
from .parcel import Parcel, options_of
from .render_note import hand_over
from .rop.frames import show_frames

if TYPE_CHECKING:
    import hou

    from .clip_plan import ClipPlan
    from .rop.output import RopOutput


def late(clip: ClipPlan) -> RopOutput | None:
    """The output whose images may come later; None = the end of the nodes is the images' end."""
    return next((output for output in clip.outputs if output.deferred), None)


def leave_to_daemon(clip: ClipPlan, node: hou.Node, keeper: hou.Node, outputs: tuple[RopOutput, ...]) -> str:
    """Hands the clip over to the daemon, which sends it by itself; gives what that means, as a sentence.

    `outputs` are those that the node has just rendered; `keeper` renders the colour pass. It goes through the spool
    whether the daemon is there or not: an entry there waits for a clip that is not ready. Raises OSError, CosmosError.
    """
    passes = clip.passes
    blind = any(output.layers is None and output.pattern.suffix.lower() == ".exr" for output in clip.outputs)
    draft = draft_manifest(passes, clip.choices, scene_facts(keeper), layers_known=not blind)
    note = hand_over(node.path(), outputs, passes.folder, draft)
    options = options_of(clip.choices, unattended=True)
    parcel = Parcel(passes.folder, draft["name"], options, True, f"houdini:render:{note['id']}")
    frames = note["images"][0]["frames"]
    numbers = tuple(range(frames["first"], frames["last"] + 1, frames.get("step", 1)))
    shown = f"frame{'s' if len(numbers) > 1 else ''} {show_frames(numbers, frames.get('step', 1))}"
    sentence = f"{draft['name']} goes out by itself when its {shown} {'are' if len(numbers) > 1 else 'is'} there"
    return f"{sentence}{deliver.await_images(parcel, note['id'])}."
