"""The small modules of `hou`: text, undos, takes, playbar."""

from __future__ import annotations

from pathlib import Path

from .expand import Context, expand, padded
from .matrix import Vector2
from .scene import Scene
from .undo import UndosDisabler, UndosGroup


class Text:
    """`hou.text`."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def expandString(self, str: str, expand_tilde: bool = True) -> str:
        return self.expandStringAtFrame(str, self._scene.frame, expand_tilde)

    def expandStringAtFrame(self, str: str, frame: float, expand_tilde: bool = True) -> str:
        """$OS and relative channels belong to a node and stay: ask a parameter for those."""
        shown = str.replace("~", f"{Path.home()}", 1) if expand_tilde and str.startswith("~") else str
        return expand(shown, Context(frame, self._scene.all_variables(), sign_padded=self._scene.sign_padded))

    def expandHuskFilePath(self, str: str, frame_start: float = 1.0, frame_inc: float = 1.0, frame_idx: int = 0) -> str:
        frame = round(frame_start + frame_inc * frame_idx)
        shown = str
        for digits in range(1, 10):
            for token in (f"<F{digits}>", f"%0{digits}d"):
                shown = shown.replace(token, padded(frame, digits))
        return expand(shown.replace("<F>", f"{frame}").replace("%d", f"{frame}"), Context(frame, {}))


class Undos:
    """`hou.undos`."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def areEnabled(self) -> bool:
        return True

    def disabler(self) -> UndosDisabler:
        return UndosDisabler(self._scene.undos)

    def group(self, label: str, editor: object = None) -> UndosGroup:
        return self._scene.undos.group(label)

    def performUndo(self) -> bool:
        return self._scene.undos.undo()

    def undoLabels(self) -> tuple[str, ...]:
        return tuple(label for label, _ in reversed(self._scene.undos.blocks))

    def clear(self) -> None:
        self._scene.undos.blocks.clear()


class Take:
    """`hou.Take`."""

    def __init__(self, name: str) -> None:
        self._name = name

    def name(self) -> str:
        return self._name


class Takes:
    """`hou.takes`."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def currentTake(self) -> Take:
        return Take(self._scene.take)

    def findTake(self, take_name: str) -> Take | None:
        return Take(take_name) if take_name in ("Main", *self._scene.takes) else None

    def setCurrentTake(self, take: Take) -> None:
        """Parameters that a take overrides have its values; see Scene.takes."""
        scene = self._scene
        for path, value in scene.main.items():
            scene.parm(path)._value = value
        scene.main = {}
        for path, value in scene.takes.get(take.name(), {}).items():
            scene.main[path], scene.parm(path)._value = scene.parm(path)._value, value
        scene.take = take.name()


class Playbar:
    """`hou.playbar`."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def frameRange(self) -> Vector2:
        return Vector2(self._scene.range)

    def playbackRange(self) -> Vector2:
        return Vector2(self._scene.range)
