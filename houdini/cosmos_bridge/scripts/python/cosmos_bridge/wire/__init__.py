"""Types of the messages to and from the daemon, as its schemas define them (schemas/*.ts, schemas/json)."""

from .clip import Clip, Watch
from .event import Event, LogGap, LogPiece, LogTail, Progress, QueueStatus, Snapshot
from .job import EngineName, HintKey, Job, JobError, JobOptions, JobSettings, Run, RunResult, Weight
from .manifest import (
    CameraFrame,
    CameraFrames,
    CameraSidecar,
    ClipManifest,
    ColorInfo,
    DepthRange,
    FrameSpan,
    HoudiniSource,
    ManifestFile,
    PassName,
    PassSource,
    Wanted,
)
from .methods import Hello, RegisterClip, SpoolEntry, SubmitJobs
from .render import ClipDraft, ExpectedImages, RenderNote, RenderProcess

__all__ = [
    "CameraFrame",
    "CameraFrames",
    "CameraSidecar",
    "Clip",
    "ClipDraft",
    "ClipManifest",
    "ColorInfo",
    "DepthRange",
    "EngineName",
    "Event",
    "ExpectedImages",
    "FrameSpan",
    "Hello",
    "HintKey",
    "HoudiniSource",
    "Job",
    "JobError",
    "JobOptions",
    "JobSettings",
    "LogGap",
    "LogPiece",
    "LogTail",
    "ManifestFile",
    "PassName",
    "PassSource",
    "Progress",
    "QueueStatus",
    "RegisterClip",
    "RenderNote",
    "RenderProcess",
    "Run",
    "RunResult",
    "Snapshot",
    "SpoolEntry",
    "SubmitJobs",
    "Wanted",
    "Watch",
    "Weight",
]
