"""Handles images that are written after their render has ended: by husk, or by saving in the background.

The end of such a render does not mean that its images exist, so the plugin sends nothing then. A spool entry tells
the daemon which images the render changes and how they were before. It sends when each image is new and complete.
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
    """The output whose images may come after the render's end; None = all images exist when it ends."""
    return next((output for output in clip.outputs if output.deferred), None)


def leave_to_daemon(clip: ClipPlan, node: hou.Node, keeper: hou.Node, outputs: tuple[RopOutput, ...]) -> str:
    """Spools the clip, so that the daemon sends it when its images are complete. Returns the sentence to show.

    `outputs` are those that the node has just rendered; `keeper` renders the colour pass. The spool is used even when
    the daemon runs, because its entries wait for a clip that is not ready. Raises OSError, CosmosError.
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
    sentence = f"{draft['name']} will be sent when its {shown} {'are' if len(numbers) > 1 else 'is'} complete"
    return f"{sentence}{deliver.await_images(parcel, note['id'])}."
