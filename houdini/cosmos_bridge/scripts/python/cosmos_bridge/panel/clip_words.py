"""The list of clips in the panel, and the choices that a job was made with. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..choices_format import HINTS, Choices
from .words import counted, dotted, in_words

if TYPE_CHECKING:
    from .. import wire


def offered_clips(clips: Iterable[wire.Clip], hip: str) -> list[wire.Clip]:
    """Clips of this scene first, then by name, because an open list must not move while frames are written."""
    return sorted(clips, key=lambda clip: (not is_of_scene(clip, hip), clip["name"].lower(), clip["id"]))


def likeliest_clip(clips: Iterable[wire.Clip], hip: str) -> wire.Clip | None:
    """The clip that changed last; of this scene, if it has any."""
    return max(clips, key=lambda clip: (is_of_scene(clip, hip), clip["updatedAt"]), default=None)


def is_of_scene(clip: wire.Clip, hip: str) -> bool:
    """Whether this .hip wrote the clip."""
    manifest = clip["manifest"]
    return manifest is not None and manifest.get("houdini", {}).get("hip") == hip


def clip_title(clip: wire.Clip) -> str:
    """Say "city · 93 frames · 1280 x 720", and the state when the clip cannot be sent yet."""
    size = f"{clip['width']} x {clip['height']}" if clip["width"] and clip["height"] else ""
    return dotted(
        clip["name"],
        counted(clip["frames"], "frame") if clip["frames"] else "",
        size,
        "" if clip["state"] == "ready" else in_words(clip["state"]),
    )


def clip_choices(clip: wire.Clip) -> Choices:
    """The choices that the scene stored in the clip's manifest."""
    manifest = clip["manifest"]
    wanted = manifest.get("wanted", {}) if manifest is not None else {}
    return Choices(preset=wanted.get("preset"), prompt=wanted.get("prompt", ""))


def wanted_weights(clip: wire.Clip) -> dict[str, object]:
    """The weights from the clip's manifest. The daemon uses them where the artist chooses none."""
    manifest = clip["manifest"]
    weights = manifest.get("wanted", {}).get("weights", {}) if manifest is not None else {}
    return {hint: weight for hint, weight in weights.items() if hint in HINTS}


def job_weights(job: wire.Job) -> dict[str, object]:
    """The weights of a job, "off" among them."""
    return dict(job["settings"]["weights"].items())


def job_choices(job: wire.Job) -> Choices:
    """The choices of a job, without weights: the job keeps its own until the artist changes one."""
    settings = job["settings"]
    fields = settings["set"]
    return Choices(
        engine=settings["engine"],
        prompt=settings["prompt"],
        negative_prompt=str(fields.get("negative_prompt", "")),
        seed=_whole(fields.get("seed")),
        control_guidance=_number(fields.get("control_guidance")),
    )


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
