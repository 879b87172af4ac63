"""Makes a parcel of the files that nodes wrote: writes the manifest and takes the choices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from . import render_note
from .clip.manifest import MANIFEST, build_manifest, write_manifest
from .clip.passes import ClipPasses, find_passes
from .clip.scene import LINEAR, SceneFacts, scene_facts
from .errors import CosmosError
from .parcel import Parcel, make_parcel, may_stay, options_of

if TYPE_CHECKING:
    import hou

    from . import wire
    from .choices_format import Choices
    from .rop.output import RopOutput


@dataclass(frozen=True, slots=True)
class Composed:
    """A clip that is complete on disk, manifest included."""

    parcel: Parcel
    manifest: wire.ClipManifest


def compose(passes: ClipPasses, choices: Choices, node: hou.Node, *, unattended: bool = False) -> Composed:
    """Writes the manifest of a clip and makes its parcel. Asks Houdini, so call it on Houdini's main thread.

    Raises CosmosError frames_missing, clip_sizes, clip_unreadable, or folder_unwritable.
    """
    with _disk_errors(passes.folder):
        manifest = build_manifest(passes, choices, scene_facts(node))
        return _written(passes.folder, manifest, choices, unattended)


def compose_with(passes: ClipPasses, choices: Choices, scene: SceneFacts) -> Composed:
    """Like compose, for images that come from no render node. Raises as compose."""
    with _disk_errors(passes.folder):
        return _written(passes.folder, build_manifest(passes, choices, scene), choices, unattended=False)


def compose_files(outputs: Sequence[RopOutput], choices: Choices) -> Composed:
    """Like compose, for files without a scene. Raises what find_passes and compose raise."""
    passes = find_passes(outputs)
    with _disk_errors(passes.folder):
        manifest = build_manifest(passes, choices, SceneFacts("", None, "", "", LINEAR, None))
        manifest["houdini"] = {"node": passes.node}
        return _written(passes.folder, manifest, choices, unattended=False)


@contextmanager
def _disk_errors(folder: Path) -> Iterator[None]:
    """Turns an error of the operating system into a CosmosError folder_unwritable."""
    try:
        yield
    except OSError as error:
        raise CosmosError(
            "folder_unwritable",
            f"{MANIFEST} cannot be written into {folder} ({error.strerror}): make room or ask for access.",
            {"folder": str(folder)},
        ) from error


def _written(folder: Path, manifest: wire.ClipManifest, choices: Choices, unattended: bool) -> Composed:
    """Keeps the manifest on disk when it describes the same images, because each new one is a new revision."""
    there = render_note.last_manifest(folder)
    if there is not None and may_stay(there, manifest, options_of(choices)):
        manifest = there
    else:
        write_manifest(folder, manifest)
    render_note.end_all(folder)
    return Composed(make_parcel(folder, manifest, choices, unattended=unattended), manifest)
