"""A progress bar as tqdm draws one where there is no terminal: standard error, `\\r` before every state, ten cells."""

import math
import sys
import time

CELLS = 10
EIGHTHS = " ▏▎▍▌▋▊▉"
LEAST_INTERVAL_S = 0.1  # tqdm redraws no more often


class Bar:
    def __init__(self, title: str, total: int, shown: bool):
        self._title = title
        self._shown = shown
        self._total = total
        self._done = 0
        self._start = self._drawn = time.monotonic()
        self._draw()

    def advance(self) -> None:
        self._done += 1
        if time.monotonic() - self._drawn >= LEAST_INTERVAL_S:
            self._draw()

    def close(self) -> None:
        self._draw()
        self._write("\n")

    def _draw(self) -> None:
        self._drawn = time.monotonic()
        share = self._done / self._total
        self._write(
            f"\r{self._title}: {share * 100:3.0f}%|{_cells(share)}| {self._done}/{self._total} [{self._times()}]"
        )

    def _write(self, text: str) -> None:
        if self._shown:
            sys.stderr.write(text)
            sys.stderr.flush()

    def _times(self) -> str:
        elapsed = self._drawn - self._start
        if self._done == 0 or elapsed == 0:
            return f"{_clock(elapsed)}<?, ?it/s"
        pace = elapsed / self._done
        rate = f"{pace:5.2f}s/it" if pace > 1 else f"{1 / pace:5.2f}it/s"
        return f"{_clock(elapsed)}<{_clock(pace * (self._total - self._done))}, {rate}"


def _cells(share: float) -> str:
    full, eighth = divmod(math.floor(share * CELLS * 8), 8)
    partial = EIGHTHS[eighth] if full < CELLS else ""
    return ("█" * full + partial).ljust(CELLS)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes:02d}:{rest:02d}"
