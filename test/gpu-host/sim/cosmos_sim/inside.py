"""contextlib.chdir for Pythons before 3.11."""

import contextlib
import os
from pathlib import Path
from typing import Iterator


@contextlib.contextmanager
def inside(folder: str | Path) -> Iterator[None]:
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
