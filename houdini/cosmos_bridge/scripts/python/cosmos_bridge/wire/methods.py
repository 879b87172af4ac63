"""Parameters and results of the methods that the plugin calls (schemas/protocol/*.ts, schemas/spool.ts)."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from .job import JobOptions


class Hello(TypedDict):
    """The daemon's answer to the first call of a connection; `startId` changes with every start."""

    protocol: int
    version: str
    startId: str
    stateDir: str


class RegisterClip(TypedDict):
    """Parameters of clip.register: a folder, or a movie with mode "flat"."""

    path: str
    mode: NotRequired[Literal["tree", "flat"]]


class SubmitJobs(TypedDict):
    """Parameters of job.submit: targets are clip ids, names or paths; the same key gives the same jobs."""

    targets: list[str]
    options: NotRequired[JobOptions]
    sweep: NotRequired[dict[str, list[object]]]
    idempotencyKey: NotRequired[str]
    unattended: NotRequired[bool]


class SpoolEntry(TypedDict):
    """An entry in the spool folder, which waits for a daemon. `path` is the absolute folder of a clip."""

    schema: Literal["cosmos-spool/1"]
    key: str
    path: str
    options: NotRequired[JobOptions]
    unattended: NotRequired[bool]
    render: NotRequired[str]
    writtenAt: str
