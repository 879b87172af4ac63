"""All that is sent for one clip: folder, manifest, options. Made from a scene, but independent of it afterwards."""

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

#: Tag of jobs that auto-send made.
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
    """True for auto-send: the daemon holds jobs that would cost money, or need a GPU that no preset names."""
    key: str
    """Idempotency key: the same clip, images and choices make one job, even when sent several times."""


def make_parcel(folder: Path, manifest: wire.ClipManifest, choices: Choices, *, unattended: bool = False) -> Parcel:
    """The parcel of a clip whose manifest is on disk."""
    options = options_of(choices, unattended=unattended)
    content = [str(folder), manifest, options, unattended]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    key = f"houdini:{hashlib.sha256(text.encode()).hexdigest()}"
    return Parcel(folder, str(manifest["name"]), options, unattended, key)


def options_of(choices: Choices, *, unattended: bool = False) -> wire.JobOptions:
    """The options of job.submit. Open choices are left out, so that the preset or the defaults decide."""
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
    """Fields of the spec, by NVIDIA's names. Only cosmos3 has a strength for all controls together."""
    fields: dict[str, object] = {}
    if choices.negative_prompt.strip():
        fields["negative_prompt"] = choices.negative_prompt
    if choices.control_guidance is not None and choices.engine in (None, "cosmos3"):
        fields["control_guidance"] = choices.control_guidance
    return fields


def may_stay(there: wire.ClipManifest, wanted: wire.ClipManifest, options: wire.JobOptions) -> bool:
    """Whether the manifest on disk can stay, because the new one describes the same images.

    A new manifest makes a new revision, which supersedes jobs and makes results stale. A saved .hip
    or another prompt is no reason for that; a wish in the manifest on disk that the options do not override is one.
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
            file["mtime"] = round(file["mtime"], 2)  # milliseconds; the daemon's last digit may differ
    return answered and bool(first == second)


def as_json(value: object) -> Any:
    """The value after writing and reading JSON: tuples become lists."""
    return json.loads(json.dumps(value))
