"""The manifest while a render changes the files under it: renamed and not removed.

By its new name the daemon knows that a render is under way, and takes no pause between two frames for its end
(daemon/watch/settle.ts). A render that changed nothing, into a viewer for example, puts the very same file back, with
its time, and the clip has no new revision. And another process may end what this one began.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from .clip.manifest import MANIFEST

if TYPE_CHECKING:
    from . import wire
    from .rop.output import RopOutput

#: WITHDRAWN_MANIFEST_FILE of schemas/clip.ts.
WITHDRAWN = f".{MANIFEST}.withdrawn"


def withdraw(outputs: Iterable[RopOutput]) -> None:
    """Takes away the manifests that these outputs are part of, in their folder or the one above it.

    Another clip's manifest in the same folder stays: its files do not change. Raises OSError.
    """
    for pattern in {output.pattern for output in outputs}:
        for folder in (pattern.folder, pattern.folder.parent):
            manifest = _read(folder / MANIFEST)
            if manifest is not None and pattern.folder / pattern.hashes() in _sources(folder, manifest):
                (folder / MANIFEST).replace(folder / WITHDRAWN)


def last_manifest(folder: Path) -> wire.ClipManifest | None:
    """What the clip's manifest says, or said before it was withdrawn; None where none can be read."""
    return _read(folder / MANIFEST) or _read(folder / WITHDRAWN)


def restore(folder: Path) -> None:
    """Puts the manifest back where it was withdrawn. Raises OSError."""
    if not (folder / MANIFEST).exists():
        (folder / WITHDRAWN).replace(folder / MANIFEST)


def give_back(folder: Path) -> None:
    """Puts back the manifest that was withdrawn, where one was. Raises OSError."""
    if (folder / WITHDRAWN).exists():
        restore(folder)


def forget(folder: Path) -> None:
    """A new manifest is there, or whether the clip is whole is for the daemon to find out. Raises OSError."""
    (folder / WITHDRAWN).unlink(missing_ok=True)


def _sources(folder: Path, manifest: wire.ClipManifest) -> set[Path]:
    passes = manifest["passes"].values()
    return {folder / (source.get("pattern") or source.get("file") or "") for source in passes}


def _read(file: Path) -> wire.ClipManifest | None:
    try:
        found = json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):  # whatever stands there is replaced by the next one
        return None
    whole = isinstance(found, dict) and isinstance(found.get("passes"), dict) and isinstance(found.get("files"), list)
    return cast("wire.ClipManifest", found) if whole else None
