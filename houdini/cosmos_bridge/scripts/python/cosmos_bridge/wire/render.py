"""`.cosmos-render.<id>.json`: what a render changes in a clip's folder (schemas/render.ts, RenderNote)."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from .manifest import ClipWords, FrameSpan, ManifestFile, PassName, PassSource


class RenderProcess(TypedDict):
    """The process that renders: machine and system ("ws12/linux"), and process id."""

    host: str
    pid: int


class ExpectedImages(TypedDict):
    """A sequence (`pattern`) or a movie (`file`); frames as the file names number them."""

    pattern: NotRequired[str]
    file: NotRequired[str]
    frames: FrameSpan


class ClipDraft(ClipWords):
    """A manifest without the facts that come from the images."""

    passes: NotRequired[dict[PassName, PassSource]]
    width: NotRequired[int]
    height: NotRequired[int]


class RenderNote(TypedDict):
    """The whole file. Without `process`, the images come after the render's end, and `clip` is their clip."""

    schema: Literal["cosmos-render/1"]
    id: str
    node: str
    began: str
    process: NotRequired[RenderProcess]
    images: list[ExpectedImages]
    before: list[ManifestFile]
    clip: NotRequired[ClipDraft]
