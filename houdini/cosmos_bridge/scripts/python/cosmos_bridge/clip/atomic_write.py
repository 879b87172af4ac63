"""Writes files so that a reader sees a whole file or none."""

from __future__ import annotations

import os
from pathlib import Path


def write_atomically(file: Path, text: str) -> Path:
    """Writes a file by rename. The temporary name begins with a dot, so that the daemon ignores it."""
    unfinished = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        return unfinished.replace(file)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
