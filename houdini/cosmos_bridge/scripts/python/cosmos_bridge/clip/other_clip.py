"""Refuses a folder that already holds another clip, because one folder has one manifest."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from ..errors import CosmosError
from ..rop.pattern import SequencePattern

MANIFEST = "cosmos-clip.json"


def refuse_other_clip(folder: Path, listing: Collection[str], main: SequencePattern, node: str) -> None:
    """Raises CosmosError clip_two when another node's clip is described here, and its images are still there.

    The same node may change its file names, and another node may render the same files again.
    """
    if MANIFEST not in listing:
        return
    there = _read(folder / MANIFEST)
    theirs, pattern = there.get("houdini", {}).get("node"), _color(there)
    if theirs in (None, node) or pattern in (None, main.hashes()):
        return
    before, after = str(pattern).split("#", 1)[0], str(pattern).rsplit("#", 1)[-1]
    if any(name.startswith(before) and name.endswith(after) for name in listing):
        raise CosmosError(
            "clip_two",
            f"{folder} holds the clip of {theirs} already, and one folder holds one clip: give {node} a folder of "
            f"its own, such as $HIP/render/$OS, or delete {MANIFEST} there if that clip is no longer wanted.",
            {"nodes": [str(theirs), node], "folder": str(folder)},
        )


def _color(manifest: Mapping[str, Any]) -> str | None:
    passes = manifest.get("passes", {})
    source: dict[str, Any] = passes.get("color") or next(iter(passes.values()), {})
    pattern = source.get("pattern")
    return pattern if isinstance(pattern, str) and "#" in pattern else None


def _read(file: Path) -> dict[str, Any]:
    """The manifest in the file; empty for a file that cannot be read, because the next manifest replaces it."""
    try:
        found = json.loads(file.read_text("utf-8-sig"))
    except (OSError, ValueError):
        return {}
    whole = isinstance(found, dict) and all(isinstance(found.get(key, {}), dict) for key in ("houdini", "passes"))
    return found if whole else {}
