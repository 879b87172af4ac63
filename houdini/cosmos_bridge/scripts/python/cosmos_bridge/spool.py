"""The spool: clips that wait for a daemon, one small file for each.

The daemon reads the folder when it starts and while it runs, sends each entry once, and deletes it
(schemas/spool.ts).
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from . import paths
from .errors import CosmosError
from .wire import JobOptions, SpoolEntry


def entry(
    path: Path, key: str, options: JobOptions | None = None, *, unattended: bool = False, render: str | None = None
) -> SpoolEntry:
    """An entry for the clip in folder `path`. The daemon makes one job for each key, even if it reads it twice.

    With `render`, the id of a note, it is sent only when that render's images are complete (render_note.py).
    """
    waiting: SpoolEntry = {
        "schema": "cosmos-spool/1",
        "key": key,
        "path": str(path.absolute()),
        "options": options or {},
        "unattended": unattended,
        "writtenAt": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
    if render is not None:
        waiting["render"] = render
    return waiting


def write(waiting: SpoolEntry, state: Path | None = None) -> Path:
    """Writes an entry into the spool by rename, and returns its file. It replaces an entry with the same key.

    Raises CosmosError spool_unwritable.
    """
    folder = paths.spool_dir(state or paths.state_dir())
    file = folder / f"{hashlib.sha256(waiting['key'].encode()).hexdigest()[:32]}.json"
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # the state folder, if no daemon has run yet
        folder.mkdir(mode=0o700, exist_ok=True)
        with _part(folder) as part:
            part.write_text(f"{json.dumps(waiting, indent=2)}\n", encoding="utf-8")
            part.replace(file)
    except OSError as error:
        sentence = f"The clip could not be kept for later in {folder} ({error.strerror}): make room and send it again."
        raise CosmosError("spool_unwritable", sentence, {"folder": str(folder)}) from error
    return file


@contextmanager
def _part(folder: Path) -> Iterator[Path]:
    """A temporary file in the same folder, with a name that the daemon ignores; deleted afterwards."""
    handle, name = tempfile.mkstemp(suffix=".part", prefix="entry-", dir=folder)
    os.close(handle)
    part = Path(name)
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)
