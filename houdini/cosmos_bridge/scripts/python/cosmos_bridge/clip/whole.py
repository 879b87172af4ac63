"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(file: Path, text: str) -> Path:
    """Writes a file by rename; the name before it begins with a dot, which the daemon takes for unfinished."""
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
