"""Clips and watched folders as the daemon sends them (schemas/clip.ts)."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from .manifest import ClipManifest, FrameSpan, PassSource


class Clip(TypedDict):
    """One clip; `reason` is a sentence that says why it is in its state, and empty when it is ready.

    `objection` is the same sentence when all files are complete but a submit without options would be refused.
    """

    id: str
    name: str
    path: str
    root: str
    state: str
    reason: str
    warnings: list[str]
    objection: NotRequired[str | None]
    existing: bool
    revision: int
    passes: list[str]
    sources: dict[str, PassSource]
    range: FrameSpan | None
    frames: int
    fps: float | None
    width: int | None
    height: int | None
    bytes: int
    contentKey: str | None
    hasManifest: bool
    manifest: ClipManifest | None
    promptFile: str | None
    specFile: str | None
    updatedAt: str


class Watch(TypedDict):
    """One watched folder; `settle` is in seconds, `fps` counts for image sequences without a manifest."""

    path: str
    mode: str
    settle: float
    poll: bool
    autoSend: bool
    preset: str | None
    fps: float
    source: str
    state: str
