"""The daemon's answers about a job before it is sent (schemas/spec/control-outlook.ts, estimate.ts)."""

from __future__ import annotations

from typing import TypedDict


class ControlOutlook(TypedDict):
    """The row of one control; `instead` is shown instead of a slider where the model ignores the weight."""

    hint: str
    on: bool
    weight: float
    effective: str
    instead: str
    source: str
    sourceSays: str


class ControlsOutlook(TypedDict):
    """Result of spec.controls; `engine` comes from the preset or the defaults when the call named none.

    `note` is about all weights together and may be empty.
    """

    engine: str
    controls: list[ControlOutlook]
    note: str


class Estimate(TypedDict):
    """Chunks, seconds of generation alone, and dollars; None = not known."""

    engine: str
    gpu: str
    gpus: int
    frames: int
    chunks: int
    framesPerChunk: int
    secondsPerChunk: float | None
    seconds: float | None
    dollars: float | None
    source: str
    confidence: str
    hint: str | None
