"""`.cosmos-render.<id>.json`: what a render changes in a clip's folder (schemas/render.ts, RenderNote)."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from .manifest import (
    CameraFrames,
    CameraSidecar,
    ColorInfo,
    DepthRange,
    FrameRange,
    HoudiniSource,
    ManifestFile,
    PassName,
    PassSource,
    Wanted,
)


class RenderProcess(TypedDict):
    """Who ends a render: machine and system ("ws12/linux"), and the process there."""

    host: str
    pid: int


class ExpectedImages(TypedDict):
    """A sequence (`pattern`) or a movie (`file`); frames as the file names number them."""

    pattern: NotRequired[str]
    file: NotRequired[str]
    frames: FrameRange


class ClipDraft(TypedDict):
    """A manifest without what only the images tell."""

    schema: Literal["cosmos-clip/1"]
    name: str
    passes: NotRequired[dict[PassName, PassSource]]
    frames: FrameRange
    fps: float | str
    width: NotRequired[int]
    height: NotRequired[int]
    color: NotRequired[ColorInfo]
    depth: NotRequired[DepthRange]
    camera: NotRequired[CameraFrames | CameraSidecar]
    houdini: NotRequired[HoudiniSource]
    wanted: NotRequired[Wanted]
    project: NotRequired[str]
    tags: NotRequired[list[str]]


class RenderNote(TypedDict):
    """The whole file; without `process` the images come by themselves, and `clip` says of what."""

    schema: Literal["cosmos-render/1"]
    id: str
    node: str
    began: str
    process: NotRequired[RenderProcess]
    images: list[ExpectedImages]
    before: list[ManifestFile]
    clip: NotRequired[ClipDraft]
