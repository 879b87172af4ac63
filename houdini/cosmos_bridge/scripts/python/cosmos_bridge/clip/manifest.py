"""`cosmos-clip.json`: all that the daemon must know about a clip. Written last, and by rename."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from ..choices_format import Choices
from ..errors import CosmosError
from ..rop.frames import show_frames
from ..wire import ClipDraft, ClipManifest, ColorInfo, DepthRange, ManifestFile, PassName, Wanted
from .atomic_write import write_atomically
from .camera import camera_entry
from .images import image_size
from .passes import ClipPasses
from .scene import SceneFacts, scene_facts

__all__ = ["MANIFEST", "SceneFacts", "build_manifest", "scene_facts", "write_manifest"]

MANIFEST = "cosmos-clip.json"
#: Formats whose values are linear light; all others hold display colours.
LINEAR = frozenset({".exr"})


def build_manifest(passes: ClipPasses, choices: Choices, scene: SceneFacts) -> ClipManifest:
    """The manifest of a clip whose frames are all on disk; a long camera goes into a file beside it.

    Raises CosmosError frames_missing, clip_sizes or clip_unreadable, OSError when the folder cannot be read or written.
    """
    _refuse_gaps(passes)
    width, height = _size(passes)
    said, sidecar = _said(passes, choices, scene, (width, height))
    files = [*_files(passes), *sidecar]
    return ClipManifest(**said, passes=passes.sources, width=width, height=height, files=files)  # type: ignore[typeddict-item]


def draft_manifest(passes: ClipPasses, choices: Choices, scene: SceneFacts, *, layers_known: bool) -> ClipDraft:
    """The manifest before the images exist, without the facts that only images give. Raises OSError.

    `layers_known` False = no EXR exists yet, so its passes are not known.
    """
    said, _ = _said(passes, choices, scene, passes.size)
    if layers_known:
        said["passes"] = passes.sources
    if passes.size is not None:
        said["width"], said["height"] = passes.size
    return said


def _said(
    passes: ClipPasses, choices: Choices, scene: SceneFacts, size: tuple[int, int] | None
) -> tuple[ClipDraft, tuple[ManifestFile, ...]]:
    """The entries that come from scene and choices, and the sidecar file of a long camera."""
    draft = ClipDraft(
        schema="cosmos-clip/1",
        name=choices.clip_name or passes.name,
        frames={"first": passes.frames.first, "last": passes.frames.last, "step": passes.frames.step},
        fps=passes.fps.numerator if passes.fps.denominator == 1 else f"{passes.fps.numerator}/{passes.fps.denominator}",
        houdini=scene.source(passes.node),
    )
    sidecar: tuple[ManifestFile, ...] = ()
    color = _color(passes, choices, scene)
    if color is not None:
        draft["color"] = color
    if "depth" in passes.found:
        draft["depth"] = _depth(choices)
    if scene.camera is not None and size is not None:
        entry = camera_entry(passes.folder, scene.camera.frames(passes.frames, passes.offset, size))
        if entry is not None:
            draft["camera"], files = entry
            sidecar = tuple(files)
    _add_wishes(draft, choices)
    return draft, sidecar


def write_manifest(folder: Path, manifest: ClipManifest) -> Path:
    """Writes the manifest by rename, so that a reader sees a whole one or none. Raises OSError."""
    return write_atomically(folder / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))


def _refuse_gaps(passes: ClipPasses) -> None:
    for name, frames in passes.missing.items():
        raise CosmosError(
            "frames_missing",
            f"{name} of {passes.node}: {'frame' if len(frames) == 1 else 'frames'} "
            f"{show_frames(frames, passes.frames.step)} missing in {passes.folder}. Render them, or set the frame "
            "range to what is there.",
            {"node": passes.node, "pass": name, "frames": list(frames)},
        )


def _files(passes: ClipPasses) -> Iterator[ManifestFile]:
    """Every file once: the layers of one EXR sequence share their files."""
    seen: set[str] = set()
    for name, candidate in passes.found.items():
        below = candidate.pattern.folder.relative_to(passes.folder)
        for fact in passes.files[name].values():
            path = below.joinpath(fact.name).as_posix()
            if path not in seen:
                seen.add(path)
                yield {"path": path, "size": fact.size, "mtime": fact.mtime_ms}


def _size(passes: ClipPasses) -> tuple[int, int]:
    """Width and height from the images. All passes must agree, because Cosmos lays them over each other."""
    sizes = {name: size for name in passes.found if (size := _image_size(passes, name)) is not None}
    if not sizes and passes.size is not None:
        return passes.size
    if not sizes:
        raise CosmosError(
            "clip_unreadable",
            f"The size of the images in {passes.folder} is not known: set a resolution on {passes.node}, or let it "
            "write EXR, PNG or JPEG.",
            {"folder": str(passes.folder)},
        )
    (first, size), *others = sizes.items()
    for name, other in others:
        if other != size:
            raise CosmosError(
                "clip_sizes",
                f"{name} is {other[0]}x{other[1]} and {first} {size[0]}x{size[1]} in {passes.folder}: render all "
                "passes at one resolution.",
                {"folder": str(passes.folder)},
            )
    return size


def _image_size(passes: ClipPasses, name: PassName) -> tuple[int, int] | None:
    fact = next(iter(passes.files[name].values()))
    return image_size(passes.found[name].pattern.folder / fact.name)


def _color(passes: ClipPasses, choices: Choices, scene: SceneFacts) -> ColorInfo | None:
    """The artist's choice, else the meaning of the file format: EXR holds the renderer's working space."""
    if "color" not in passes.found:
        return None
    suffix = Path(passes.found["color"].pattern.name(0)).suffix.lower()
    color = ColorInfo(space=choices.space or (scene.working_space if suffix in LINEAR else "sRGB"))
    if choices.view is not None:
        color["view"] = choices.view
    return color


def _depth(choices: Choices) -> DepthRange:
    """Karma's and Mantra's Pz: distance to the camera's plane, growing away from it (the sign is ignored)."""
    depth = DepthRange(polarity="near-dark", projection="planar")
    if choices.near is not None:
        depth["near"] = choices.near
    if choices.far is not None:
        depth["far"] = choices.far
    return depth


def _add_wishes(manifest: ClipDraft, choices: Choices) -> None:
    wanted = Wanted()
    if choices.preset:
        wanted["preset"] = choices.preset
    if choices.prompt.strip():
        wanted["prompt"] = choices.prompt
    if choices.weights is not None:
        wanted["weights"] = {name: choices.weights[name] for name in _HINTS if name in choices.weights}
    if wanted:
        manifest["wanted"] = wanted
    if choices.project:
        manifest["project"] = choices.project
    if choices.tags:
        manifest["tags"] = list(choices.tags)


_HINTS: tuple[PassName, ...] = ("edge", "depth", "seg", "vis")
