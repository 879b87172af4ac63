"""Jobs, runs and results (schemas/job.ts, run.ts, submit.ts).

What the daemon takes has few names. What it tells has open ones (`str`): a newer daemon may use others.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

EngineName = Literal["preview", "transfer2.5", "cosmos3"]
HintKey = Literal["edge", "depth", "seg", "vis"]
Weight = float | Literal["off"]


class JobOptions(TypedDict, total=False):
    """All options of a submit. Absent ones are decided by the preset or the defaults. `set`: fields of the spec."""

    engine: EngineName
    host: str
    preset: str
    prompt: str
    weights: dict[HintKey, Weight]
    seed: int
    set: dict[str, Any]
    draft: bool
    allowFlat: bool
    priority: int
    project: str
    tags: list[str]


class OverriddenPrompt(TypedDict):
    """A weaker prompt that differs from the one that is used."""

    source: str
    prompt: str


class JobSettings(TypedDict):
    """The choices of a job after precedence was applied."""

    engine: str
    host: str | None
    preset: str | None
    prompt: str
    promptSource: str
    promptOverridden: list[OverriddenPrompt]
    weights: dict[str, float | str]
    name: str
    set: dict[str, Any]
    allowFlat: NotRequired[bool]
    hold: NotRequired[str | None]


# `class` is a word of Python's own, so this one cannot be written as a class.
JobError = TypedDict(
    "JobError",
    {
        "code": str,
        "class": str,
        "message": str,
        "data": NotRequired[dict[str, Any]],
    },
)


class Job(TypedDict):
    """One job; `progress` is 0..1, `eta` in seconds, `output` the absolute path of the finished video."""

    id: str
    clip: str | None
    name: str
    source: dict[str, Any]
    settings: JobSettings
    state: str
    reason: str
    engine: str
    host: str | None
    run: str | None
    priority: int
    position: float
    attempt: int
    fence: int
    progress: float | None
    eta: float | None
    output: str | None
    error: JobError | None
    edited: bool
    stopReason: str | None
    notBefore: str | None
    sweep: str | None
    project: str | None
    tags: list[str]
    createdAt: str
    updatedAt: str
    startedAt: str | None
    endedAt: str | None


class Run(TypedDict):
    """One process or container: one model load, one or many jobs (`members`, in running order)."""

    id: str
    host: str
    engine: str
    slot: int
    batchKey: str
    state: str
    exitCode: int | None
    pricePerHour: float
    createdAt: str
    startedAt: str | None
    endedAt: str | None
    members: list[str]


class RunResult(TypedDict):
    """A verified video; `stale` when the clip has a newer revision, `preview` when no Cosmos model made it."""

    job: str
    clip: str | None
    name: str
    video: str
    provenance: str
    poster: str | None
    contactSheet: str | None
    controls: dict[str, str]
    sha256: str
    bytes: int
    frames: int
    width: int
    height: int
    fps: float
    preview: bool
    stale: bool
    mark: str | None
    createdAt: str
