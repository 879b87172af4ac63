"""Images that arrive after the render that asked for them has ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .node import OpNode


class LateImages:
    """What husk has been handed and has not written yet; the test says which comes when, or that it never comes."""

    def __init__(self, write: Callable[[OpNode, int], None]) -> None:
        self._write = write
        self.waiting: list[tuple[OpNode, int]] = []

    def submitted(self, node: OpNode, frame: int) -> None:
        """A render hands over one frame."""
        self.waiting.append((node, frame))

    def arrive(self, *frames: int) -> None:
        """These frames are written, in this order; without any, all that wait, in the order of the render."""
        wanted = frames or [frame for _, frame in self.waiting]
        for frame in wanted:
            found = next(each for each in self.waiting if each[1] == frame)
            self.waiting.remove(found)
            self._write(*found)

    def die(self) -> None:
        """Husk ends without writing the rest."""
        self.waiting.clear()
