"""The facts about the scene that a manifest holds."""

from __future__ import annotations

import hashlib
import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..rop.parms import kind_of_node, text
from ..rop.take import in_take, take_of
from ..wire import HoudiniSource
from .camera import KEEP_WIDTH, CameraSource, ObjectCamera

if TYPE_CHECKING:
    import hou

#: Largest scene, in bytes, that is hashed whole. Of a larger one only start, middle and end, so that sending is quick.
WHOLE, PIECE = 32 << 20, 8 << 20
#: Colour space of EXR where OpenColorIO cannot be asked: linear light, as OpenEXR defines it.
LINEAR = "linear"

_hashes: dict[tuple[str, int, int], str] = {}


@dataclass(frozen=True, slots=True)
class SceneFacts:
    """The scene and the camera from which a clip was rendered."""

    hip: str
    """Absolute path; of a scene that was never saved, Houdini's own name for it."""
    hip_hash: str | None
    """Hash of the file as it was last saved; None = it was never saved."""
    houdini_take: str
    """Houdini's own take, with which the node renders."""
    version: str
    """Houdini's."""
    working_space: str
    """Colour space of rendered EXR."""
    camera: CameraSource | None
    screen: tuple[str, str] | None = None
    """Default display and view of OpenColorIO; None = Houdini does not say."""

    def source(self, node: str) -> HoudiniSource:
        """As the manifest writes it."""
        source = HoudiniSource(hip=self.hip, node=node, houdiniTake=self.houdini_take, version=self.version)
        if self.hip_hash is not None:
            source["hipHash"] = self.hip_hash
        if self.screen is not None:
            source["display"], source["view"] = self.screen
        return source


def scene_facts(node: hou.Node) -> SceneFacts:
    """Facts of the scene and of a render node's camera. Asks Houdini, so call it on Houdini's main thread."""
    import hou

    hip = hou.hipFile.path()
    with in_take(node):
        camera = camera_of(node)
    return SceneFacts(
        hip,
        hash_of(Path(hip)),
        take_of(node),
        hou.applicationVersionString(),
        working_space(),
        camera,
        screen(),
    )


def camera_of(node: hou.Node) -> CameraSource | None:
    """The camera object that the node renders through; None = it names none, or names a prim of a USD stage.

    A prim is left out on purpose: its stage is cooked for one frame, so other frames would be guesses.
    """
    kind = kind_of_node(node)
    path = text(node, kind.camera) if kind is not None and kind.camera is not None else None
    camera = node.node(path) if path else None
    if camera is None or not hasattr(camera, "worldTransformAtTime"):
        return None
    return ObjectCamera(camera, text(node, "aspectRatioConformPolicy") or KEEP_WIDTH)


def hash_of(hip: Path) -> str | None:
    """SHA-256 of a scene file, "sha256-parts" of a large one's parts; None = there is no such file."""
    try:
        stats = hip.stat()
        key = (str(hip), stats.st_size, stats.st_mtime_ns)
        if key not in _hashes:
            _hashes[key] = _hash(hip, stats.st_size)
    except OSError:  # never saved, or not readable now; the hash is optional
        return None
    return _hashes[key]


def _hash(hip: Path, size: int) -> str:
    digest = hashlib.sha256()
    with hip.open("rb") as stream:
        if size <= WHOLE:
            digest.update(stream.read())
            return f"sha256:{digest.hexdigest()}"
        digest.update(str(size).encode())
        for start in (0, (size - PIECE) // 2, size - PIECE):
            stream.seek(start)
            digest.update(stream.read(PIECE))
    return f"sha256-parts:{digest.hexdigest()}"


def screen() -> tuple[str, str] | None:
    """Default display and view of OpenColorIO in this Houdini; None where it does not say."""
    import hou

    try:
        found = hou.Color.ocio_defaultDisplay(), hou.Color.ocio_defaultView()
    except (AttributeError, hou.Error):  # no configuration
        return None
    return found if all(found) else None


def working_space() -> str:
    """Name of the scene's linear working space: OpenColorIO's role "scene_linear"."""
    try:
        ocio = importlib.import_module("PyOpenColorIO")  # Houdini brings it along
        space = ocio.GetCurrentConfig().getColorSpace("scene_linear")
    except Exception:
        return LINEAR
    return LINEAR if space is None else str(space.getName())
