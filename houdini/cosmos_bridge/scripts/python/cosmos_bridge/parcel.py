"""What is sent for one clip: where it lies, its manifest, what is wanted. Made from a scene, needs none any more."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from .choices_format import HINTS

if TYPE_CHECKING:
    from . import wire
    from .choices import Choices

#: Tag of jobs that nobody sent by hand.
AUTO_SEND = "auto-send"
#: What of a manifest may differ while it still describes the same clip: where it was made, what is wanted of it, and
#: whether the daemon wrote it.
_BESIDE_THE_CLIP = ("houdini", "wanted", "renders")


@dataclass(frozen=True, slots=True)
class Parcel:
    """One clip on its way to the daemon. Any thread may deliver it, and a file can carry it."""

    folder: Path
    """Absolute folder of the clip."""
    name: str
    """Of the clip."""
    options: wire.JobOptions
    unattended: bool
    """A render sends by itself: the daemon holds what would cost money, or start a GPU nobody named."""
    key: str
    """Idempotency key: the same clip, images and choices are one job, however often they are sent."""


def make_parcel(folder: Path, manifest: wire.ClipManifest, choices: Choices, *, unattended: bool = False) -> Parcel:
    """The parcel of a clip whose manifest is on disk."""
    options = options_of(choices, unattended=unattended)
    content = [str(folder), manifest, options, unattended]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    key = f"houdini:{hashlib.sha256(text.encode()).hexdigest()}"
    return Parcel(folder, str(manifest["name"]), options, unattended, key)


def options_of(choices: Choices, *, unattended: bool = False) -> wire.JobOptions:
    """What a submit asks for; what the artist left open is left out, so that weaker sources decide."""
    tags = [*choices.tags, *([AUTO_SEND] if unattended else [])]
    weights = choices.weights
    wished: dict[str, object] = {
        "engine": choices.engine or None,
        "preset": choices.preset or None,
        "prompt": choices.prompt.strip() or None,
        "host": choices.host or None,
        "seed": choices.seed,
        "weights": None if weights is None else {hint: weights.get(hint, "off") for hint in HINTS},
        "set": _fields(choices) or None,
        "draft": choices.draft or None,
        "priority": choices.priority or None,
        "project": choices.project or None,
        "tags": tags or None,
    }
    return cast("wire.JobOptions", {name: value for name, value in wished.items() if value is not None})


def _fields(choices: Choices) -> dict[str, object]:
    """Fields of the spec, by NVIDIA's name. The strength of all controls is one of cosmos3 only."""
    fields: dict[str, object] = {}
    if choices.negative_prompt.strip():
        fields["negative_prompt"] = choices.negative_prompt
    if choices.control_guidance is not None and choices.engine in (None, "cosmos3"):
        fields["control_guidance"] = choices.control_guidance
    return fields


def may_stay(there: wire.ClipManifest, wanted: wire.ClipManifest, options: wire.JobOptions) -> bool:
    """Whether the manifest on disk does as well as another one of the same clip.

    A manifest that is written again makes a new revision, which supersedes jobs and makes results stale; a saved .hip
    or another prompt is no reason for that. What the one on disk wants and the options do not override is one.
    """
    first, second = as_json(there), as_json(wanted)
    before, after = first.get("wanted", {}), second.get("wanted", {})
    answered = all(name in options or after.get(name) == value for name, value in before.items())
    for name in _BESIDE_THE_CLIP:
        first.pop(name, None)
        second.pop(name, None)
    for files in (first.get("files", []), second.get("files", [])):
        files.sort(key=lambda file: file["path"])
        for file in files:
            file["mtime"] = round(file["mtime"], 2)  # the daemon's last digit may be another
    return answered and bool(first == second)


def as_json(value: object) -> Any:
    """A value as it is after it was written and read: tuples are lists."""
    return json.loads(json.dumps(value))
