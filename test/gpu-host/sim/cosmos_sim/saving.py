"""Results written as the programs write them: in place, so that a fault leaves a torn file."""

import errno
import os
from pathlib import Path

from .faults import Faults
from .media import Picture


def save_result(picture: Picture, path: Path, quality: list[str], faults: Faults) -> None:
    if faults.find("no-output"):
        return
    if faults.find("disk-full"):
        path.write_bytes(bytes(4096))
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
    if faults.find("short-output"):
        picture.shape = picture.shape._replace(frames=max(1, picture.shape.frames - 1))
    picture.save(path, quality)
