"""Sends a flipbook of the viewport as a clip: its images are the colour pass.

Range, step and size are those of Houdini's flipbook dialog (hou.FlipbookSettings), which keeps them. The choices are
kept on the camera that the viewport looks through, else on the network that it shows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from .choices import Choices, keep_choices, read_choices
from .clip.camera import ObjectCamera
from .clip.passes import find_passes
from .clip.scene import scene_facts
from .compose import compose_with
from .errors import CosmosError
from .parcel import Parcel
from .render_note import begin, end
from .rop.files import frames_on_disk
from .rop.frames import FrameRange, exact_rate, frame_range, show_frames
from .rop.output import RopOutput
from .rop.parms import number
from .rop.pattern import SequencePattern

if TYPE_CHECKING:
    import hou

#: Folder beside the scene, with one folder a camera.
FOLDER = "flipbook"
#: Aspect ratios that differ by less than this are taken as equal.
SAME_SHAPE = 0.01


@dataclass(frozen=True, slots=True)
class Shot:
    """The settings of a flipbook, and its output files."""

    viewer: hou.SceneViewer
    settings: hou.FlipbookSettings
    """A copy of the settings of Houdini's flipbook dialog."""
    keeper: hou.Node
    """The node that stores the choices; the clip has its name."""
    camera: hou.Node | None
    output: RopOutput


def shot() -> Shot:
    """Reads the settings from the Scene View; changes nothing.

    Raises CosmosError flipbook_viewer, flipbook_scene, or frames_* for a range that has no whole frames.
    """
    import hou

    viewer = hou.ui.paneTabOfType(hou.paneTabType.SceneViewer)
    if not isinstance(viewer, hou.SceneViewer):
        raise CosmosError("flipbook_viewer", "There is no Scene View to take a flipbook of: open one and try again.")
    if hou.hipFile.isNewFile():
        raise CosmosError("flipbook_scene", "A flipbook goes into a folder beside the scene: save the scene first.")
    settings = viewer.flipbookSettings().stash()
    viewport = viewer.curViewport()
    camera = hou.node(viewport.cameraPath() or "")
    keeper = camera or viewer.pwd()
    size = settings.resolution() if settings.useResolution() else viewport.resolutionInPixels()
    return Shot(viewer, settings, keeper, camera, _output(keeper, _even(size), _range(settings)))


def record(wanted: Shot, choices: Choices) -> Parcel:
    """Records the flipbook, which blocks Houdini as usual, and makes the parcel.

    Raises CosmosError flipbook_failed, flipbook_cancelled, flipbook_incomplete, render_unnoted, and what compose
    raises.
    """
    keep_choices(wanted.keeper, choices)
    before = frames_on_disk(wanted.output.pattern)
    begin(wanted.output.node, [wanted.output], wanted.output.pattern.folder)
    try:
        _capture(wanted)
        after = frames_on_disk(wanted.output.pattern)
        stale = [frame for frame in wanted.output.frames.numbers() if before.get(frame) == after.get(frame)]
        if stale:
            raise CosmosError(
                "flipbook_incomplete",
                f"The flipbook has no new image of {show_frames(stale, wanted.output.frames.step)} in "
                f"{wanted.output.pattern.folder}, and nothing was sent.",
            )
        passes = find_passes([wanted.output])
        facts = replace(scene_facts(wanted.keeper), camera=_lens(wanted))
        return compose_with(passes, choices, facts).parcel
    finally:
        end([wanted.output])


def choices_of(wanted: Shot) -> Choices | None:
    """The choices of the flipbook before; None = there are none, or they cannot be read."""
    try:
        kept = read_choices(wanted.keeper)
    except CosmosError:
        return None
    return kept if kept != Choices() else None


def _output(keeper: hou.Node, size: tuple[int, int], frames: FrameRange) -> RopOutput:
    import hou

    folder = Path(hou.hipFile.path()).parent / FOLDER / keeper.name()
    pattern = SequencePattern(folder, "color.", 4, ".png")
    return RopOutput(keeper.path(), "flipbook", pattern, frames, exact_rate(hou.fps()), size, None)


def _range(settings: hou.FlipbookSettings) -> FrameRange:
    first, last = settings.frameRange() or (1, 1)
    return frame_range(first, last, settings.frameIncrement() or 1, "the flipbook")


def _even(size: tuple[int, ...] | None) -> tuple[int, int]:
    """Rounds an odd size down, because videos have even sizes."""
    width, height = size or (1280, 720)
    return max(int(width) // 2 * 2, 2), max(int(height) // 2 * 2, 2)


def _capture(wanted: Shot) -> None:
    import hou

    pattern, settings = wanted.output.pattern, wanted.settings
    settings.output(str(pattern.folder / f"{pattern.prefix}$F4{pattern.suffix}").replace("\\", "/"))
    settings.outputToMPlay(False)
    settings.renderAllViewports(False)
    settings.appendFramesToCurrent(False)
    settings.outputZoom(100)
    settings.useResolution(True)
    settings.resolution(wanted.output.size)
    frames = wanted.output.frames
    settings.frameRange((frames.first, frames.last))
    try:
        wanted.viewer.flipbook(wanted.viewer.curViewport(), settings)
    except hou.OperationInterrupted as stopped:
        words = "The flipbook was cancelled, and nothing was sent."
        raise CosmosError("flipbook_cancelled", words) from stopped
    except hou.Error as failure:
        raise CosmosError("flipbook_failed", f"Houdini took no flipbook, and nothing was sent: {failure}") from failure


def _lens(wanted: Shot) -> ObjectCamera | None:
    """The camera, if the picture has its aspect ratio; for another one it is not documented which part is seen."""
    camera, size = wanted.camera, wanted.output.size
    width, height = (None, None) if camera is None else (number(camera, "resx"), number(camera, "resy"))
    if camera is None or size is None or not width or not height:
        return None
    own, seen = width / height, size[0] / size[1]
    return ObjectCamera(camera) if abs(own - seen) < SAME_SHAPE * own else None
