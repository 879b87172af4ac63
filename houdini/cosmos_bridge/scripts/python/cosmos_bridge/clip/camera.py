"""The camera of every frame, in the terms of the manifest: pixels, and camera to world.

Houdini's numbers (sidefx.com/docs/houdini/nodes/obj/cam, "View"): the aperture is the film's width and `focal` is in
the same unit, so focal/aperture image widths are the focal length; the screen window (winx, winy, winsizex, winsizey)
moves and scales the film in fractions of its size. Cropping changes no image size and no pixel. The camera looks along
-z, y is up; pixels count from the upper left corner. Where camera and image differ in shape, Mantra keeps the film's
width, and Karma does as USD says (openusd.org, UsdRenderSettingsBase, aspectRatioConformPolicy).
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from ..rop.files import fact_of
from ..rop.frames import FrameRange
from ..rop.parms import number, text
from ..wire import CameraFrame, CameraFrames, CameraSidecar, ManifestFile
from .atomic_write import write_atomically

if TYPE_CHECKING:
    import hou

SIDECAR = "cosmos-camera.json"
#: Most frames whose camera the manifest holds itself; a longer list goes into a file of its own, to keep it readable.
MOST_INLINE = 120
#: Decimals of pixels and scene units: finer than any render, and still short.
_DECIMALS = 9


#: The policy of Mantra and of renderers without a setting: width is kept, height follows from the image.
KEEP_WIDTH = "adjustApertureHeight"


class CameraSource(Protocol):
    """A source of the camera of a clip."""

    def frames(self, frames: FrameRange, offset: int, size: tuple[int, int]) -> list[CameraFrame]:
        """One entry for each frame number of the clip (scene frame plus offset); `size` in pixels; empty = unknown."""


class ObjectCamera:
    """A camera object (/obj/cam1)."""

    def __init__(self, node: hou.Node, policy: str = KEEP_WIDTH) -> None:
        self._node, self._policy = cast("hou.ObjNode", node), policy

    def frames(self, frames: FrameRange, offset: int, size: tuple[int, int]) -> list[CameraFrame]:
        """One entry for each frame; empty for a projection without focal length (orthographic, panoramic)."""
        if text(self._node, "projection") not in (None, "0"):
            return []
        return [self._frame(frame, frame - offset, size) for frame in frames.numbers()]

    def _frame(self, label: int, frame: int, size: tuple[int, int]) -> CameraFrame:
        import hou

        def at(name: str, default: float) -> float:
            value = number(self._node, name, frame)
            return default if value is None else value

        shape = at("resx", size[0]) * at("aspect", 1) / at("resy", size[1])
        aperture = fitted(at("aperture", 41.4214), shape, size[0] / size[1], self._policy)
        focal, center = intrinsics(
            (at("focal", 50), aperture),
            (at("winx", 0), at("winy", 0), at("winsizex", 1), at("winsizey", 1)),
            size,
        )
        world = self._node.worldTransformAtTime(hou.frameToTime(frame)).asTuple()
        return {"frame": label, "focal": focal, "center": center, "world": columns(world)}


def fitted(aperture: float, camera: float, image: float, policy: str) -> float:
    """The width of the film that the image shows, from the aspect ratios (width / height) of camera and image."""
    for_height = aperture / camera * image
    match policy:
        case "expandAperture":
            return max(aperture, for_height)
        case "cropAperture":
            return min(aperture, for_height)
        case "adjustApertureWidth":
            return for_height
        case _:
            return aperture


def intrinsics(
    lens: tuple[float, float], window: tuple[float, float, float, float], size: tuple[int, int]
) -> tuple[float, tuple[float, float]]:
    """Focal length and principal point in pixels from (focal, aperture), the screen window and the image's size."""
    (focal, aperture), (x, y, wide, high), (width, height) = lens, window, size
    return (
        round(focal / aperture * width / wide, _DECIMALS),
        (round(width * (0.5 - x / wide), _DECIMALS), round(height * (0.5 + y / high), _DECIMALS)),
    )


def columns(world: Sequence[float]) -> list[float]:
    """Row-major for column vectors: Houdini's points are rows, so its matrix is transposed."""
    return [round(world[4 * column + row], _DECIMALS) + 0.0 for row in range(4) for column in range(4)]


def camera_entry(
    folder: Path, frames: list[CameraFrame]
) -> tuple[CameraFrames | CameraSidecar, list[ManifestFile]] | None:
    """The manifest's camera, and its sidecar file when it is long; None = no camera that can be described.

    A sidecar with the same content is not written again, because the manifest lists its time. Raises OSError.
    """
    usable = [frame for frame in frames if frame["focal"] > 0 and all(map(math.isfinite, frame["world"]))]
    if not usable or len(usable) < len(frames):
        return None
    if len(frames) <= MOST_INLINE:
        return {"frames": frames}, []
    file = folder / SIDECAR
    said = json.dumps({"frames": frames})
    if not file.is_file() or file.read_text("utf-8") != said:
        write_atomically(file, said)
    fact = fact_of(file)
    return {"file": SIDECAR}, [{"path": SIDECAR, "size": fact.size, "mtime": fact.mtime_ms}]
