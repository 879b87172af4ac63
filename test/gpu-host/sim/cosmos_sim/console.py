"""The log of rank 0: standard output and <out>/console.log show the same lines, <out>/debug.log shows all."""

import os
import sys
import time
from pathlib import Path
from typing import TextIO

from .faults import Faults
from .ranks import rank

SLOW_LOG_S = 0.05


class Console:
    """`tag` is what stands between the time and the level: nothing for transfer2.5, `job=` for cosmos3."""

    def __init__(self, faults: Faults, tag: str = ""):
        self._slow = faults.find("slow-log") is not None
        self._tag = tag
        self._console: TextIO | None = None
        self._debug: TextIO | None = None
        self._verbose = os.environ.get("COSMOS_VERBOSE", "") in ("1", "true")

    def open(self, folder: Path) -> None:
        if rank() != 0:
            return
        folder.mkdir(parents=True, exist_ok=True)
        self._console = open(folder / "console.log", "a", encoding="utf-8")
        self._debug = open(folder / "debug.log", "a", encoding="utf-8")

    def info(self, where: str, message: str) -> None:
        self.line("INFO", where, message)

    def success(self, where: str, message: str) -> None:
        self.line("SUCCESS", where, message)

    def debug(self, where: str, message: str, level: str = "DEBUG") -> None:
        """For debug.log alone: the level DEBUG, or a module that the console filter drops."""
        self.line(level, where, message, hidden=True)

    def line(self, level: str, where: str, message: str, hidden: bool = False) -> None:
        if rank() != 0:
            return
        text = f"[{time.strftime('%m-%d %H:%M:%S')}|{self._tag}{level}|{where}] {message}\n"
        if self._debug is not None:
            _write(self._debug, text)
        if hidden and not self._verbose:
            return
        if self._console is not None:
            _write(self._console, text)
        self._print(text)

    def _print(self, text: str) -> None:
        if not self._slow:
            return _write(sys.stdout, text)
        middle = len(text) // 2  # a reader sees half a line first
        for part in (text[:middle], text[middle:]):
            _write(sys.stdout, part)
            time.sleep(SLOW_LOG_S)


def _write(file: TextIO, text: str) -> None:
    # A prompt may hold half a character pair, which no encoding can write.
    file.write(text.encode("utf-8", "backslashreplace").decode("utf-8"))
    file.flush()
