"""The undo stack: every change of the scene knows how to take itself back."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType

Inverse = Callable[[], None]


class UndoStack:
    """Blocks of inverses, newest last."""

    def __init__(self) -> None:
        self.blocks: list[tuple[str, list[Inverse]]] = []
        self._open: list[tuple[str, list[Inverse]]] = []
        self._undoing = False
        self.disabled = 0

    def record(self, label: str, inverse: Inverse) -> None:
        """Called by every change, after it was made."""
        if self._undoing or self.disabled:
            return
        if self._open:
            self._open[-1][1].append(inverse)
        else:
            self.blocks.append((label, [inverse]))

    def undo(self) -> bool:
        """Takes back the newest block; False when there is none."""
        if not self.blocks:
            return False
        self._undoing = True
        try:
            for inverse in reversed(self.blocks.pop()[1]):
                inverse()
        finally:
            self._undoing = False
        return True

    def group(self, label: str) -> UndosGroup:
        """A block that collects the changes made within."""
        return UndosGroup(self, label)

    def enter(self, label: str) -> None:
        """Opens a block; blocks inside a block belong to the outer one."""
        self._open.append((label, []))

    def leave(self) -> None:
        """Closes the innermost block."""
        label, inverses = self._open.pop()
        if not inverses:
            return
        if self._open:
            self._open[-1][1].extend(inverses)
        else:
            self.blocks.append((label, inverses))


class UndosGroup:
    """`hou.UndosGroup`."""

    def __init__(self, stack: UndoStack, label: str) -> None:
        self._stack, self._label = stack, label

    def label(self) -> str:
        return self._label

    def __enter__(self) -> UndosGroup:
        self._stack.enter(self._label)
        return self

    def __exit__(
        self, type: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stack.leave()


class UndosDisabler:
    """`hou.UndosDisabler`: what changes within is not remembered."""

    def __init__(self, stack: UndoStack) -> None:
        self._stack = stack

    def __enter__(self) -> UndosDisabler:
        self._stack.disabled += 1
        return self

    def __exit__(
        self, type: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stack.disabled -= 1
