"""Jobs, clips and results as the daemon tells of them."""

from __future__ import annotations

from typing import Any, cast

from cosmos_bridge import wire


def job(name: str, **changes: Any) -> wire.Job:
    """A queued job; its id is its name."""
    plain: dict[str, object] = {
        "id": name,
        "clip": "clip-city",
        "name": name,
        "source": {"kind": "clip", "clip": "clip-city", "revision": 1},
        "settings": {
            "engine": "preview",
            "host": None,
            "preset": None,
            "prompt": "A wet street at dawn",
            "promptSource": "submit",
            "promptOverridden": [],
            "weights": {},
            "name": name,
            "set": {},
        },
        "state": "queued",
        "reason": "",
        "engine": "preview",
        "host": None,
        "run": None,
        "priority": 0,
        "position": 1,
        "attempt": 0,
        "fence": 1,
        "progress": None,
        "eta": None,
        "output": None,
        "error": None,
        "edited": False,
        "stopReason": None,
        "notBefore": None,
        "sweep": None,
        "project": None,
        "tags": [],
        "createdAt": "2026-11-20T08:00:00.000Z",
        "updatedAt": "2026-11-20T08:00:00.000Z",
        "startedAt": None,
        "endedAt": None,
    }
    return cast("wire.Job", {**plain, **changes})


def ended(name: str, at: int, state: str = "succeeded") -> wire.Job:
    """A job that ended at a minute past nine."""
    return job(name, state=state, endedAt=f"2026-11-20T09:{at:02d}:00.000Z")


def clip(name: str = "city", **changes: Any) -> wire.Clip:
    """A ready clip of 48 frames."""
    plain: dict[str, object] = {
        "id": f"clip-{name}",
        "name": name,
        "path": f"/job/shot/render/{name}",
        "root": "/job/shot/render",
        "state": "ready",
        "reason": "",
        "warnings": [],
        "existing": False,
        "revision": 1,
        "passes": ["color", "depth"],
        "sources": {},
        "range": {"first": 1001, "last": 1048, "step": 1},
        "frames": 48,
        "fps": 24,
        "width": 1280,
        "height": 720,
        "bytes": 1,
        "contentKey": "k",
        "hasManifest": True,
        "manifest": None,
        "promptFile": None,
        "specFile": None,
        "updatedAt": "2026-11-20T08:00:00.000Z",
    }
    return cast("wire.Clip", {**plain, **changes})


def result(job_id: str, **changes: Any) -> wire.RunResult:
    """What came of a job."""
    plain: dict[str, object] = {
        "job": job_id,
        "clip": "clip-city",
        "name": job_id,
        "video": "/job/shot/render/city_aug.mp4",
        "provenance": "/job/shot/render/city_aug.json",
        "poster": None,
        "contactSheet": None,
        "controls": {},
        "sha256": "0" * 64,
        "bytes": 1,
        "frames": 48,
        "width": 1280,
        "height": 720,
        "fps": 24,
        "preview": False,
        "stale": False,
        "mark": None,
        "createdAt": "2026-11-20T09:00:00.000Z",
    }
    return cast("wire.RunResult", {**plain, **changes})
