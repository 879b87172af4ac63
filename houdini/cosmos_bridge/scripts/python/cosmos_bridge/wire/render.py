"""`.cosmos-render.<id>.json`: what a render changes in a clip's folder (schemas/render.ts, RenderNote)."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from .manifest import ClipWords, FrameRange, ManifestFile, PassName, PassSource


class RenderProcess(TypedDict):
    """Who ends a render: machine and system ("ws12/linux"), and the process there."""

    host: str
    pid: int


class ExpectedImages(TypedDict):
    """A sequence (`pattern`) or a movie (`file`); frames as the file names number them."""

    pattern: NotRequired[str]
    file: NotRequired[str]
    frames: FrameRange


class ClipDraft(ClipWords):
    """A manifest without what only the images tell."""

    passes: NotRequired[dict[PassName, PassSource]]
    width: NotRequired[int]
    height: NotRequired[int]


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
