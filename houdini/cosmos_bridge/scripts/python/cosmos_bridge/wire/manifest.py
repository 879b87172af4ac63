"""`cosmos-clip.json`: an exporter's description of a clip (schemas/clip.ts, ClipManifest)."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

PassName = Literal["color", "depth", "seg", "edge", "vis"]


class FrameSpan(TypedDict):
    """Frame numbers, both included; they may be negative."""

    first: int
    last: int
    step: NotRequired[int]


class PassSource(TypedDict, total=False):
    """Where the images of a pass are, relative to the clip's folder: either a pattern ("depth.####.png") or a movie."""

    pattern: str
    file: str
    layer: str


class ColorInfo(TypedDict):
    """Colour space of the colour pass, and the view transform to apply before it is encoded."""

    space: str
    view: NotRequired[str]


class DepthRange(TypedDict, total=False):
    """Scene distances shown as the ends; `near-dark` grows with distance, as Houdini's Pz does."""

    near: float
    far: float
    polarity: Literal["near-bright", "near-dark"]
    projection: Literal["planar", "radial"]


class CameraFrame(TypedDict):
    """Focal length and principal point in pixels; camera to world, row-major, 16 numbers."""

    frame: int
    focal: float
    center: tuple[float, float] | list[float]
    world: list[float]


class CameraFrames(TypedDict):
    """The camera of every frame."""

    frames: list[CameraFrame]


class CameraSidecar(TypedDict):
    """Name of a JSON file that holds CameraFrames, relative to the clip's folder."""

    file: str


class HoudiniSource(TypedDict, total=False):
    """The scene and node that made the clip; `houdiniTake` is Houdini's own take."""

    hip: str
    hipHash: str
    node: str
    houdiniTake: str
    version: str
    display: str
    view: str


class ManifestFile(TypedDict):
    """A file of the clip: path with forward slashes, size in bytes, mtime in milliseconds since 1970."""

    path: str
    size: int
    mtime: float


class Wanted(TypedDict, total=False):
    """The options that the scene asks for; an explicit submit overrides them."""

    preset: str
    prompt: str
    weights: dict[PassName, float]


class ClipWords(TypedDict):
    """The facts about a clip without its images; fps is a number or an exact fraction such as "24000/1001"."""

    schema: Literal["cosmos-clip/1"]
    name: str
    frames: FrameSpan
    fps: float | str
    color: NotRequired[ColorInfo]
    depth: NotRequired[DepthRange]
    camera: NotRequired[CameraFrames | CameraSidecar]
    houdini: NotRequired[HoudiniSource]
    wanted: NotRequired[Wanted]
    project: NotRequired[str]
    tags: NotRequired[list[str]]


class ClipManifest(ClipWords):
    """The whole file."""

    passes: dict[PassName, PassSource]
    width: int
    height: int
    files: list[ManifestFile]
    renders: NotRequired[list[str]]
