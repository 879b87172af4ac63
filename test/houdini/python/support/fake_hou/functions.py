"""The functions of `hou` itself."""

from __future__ import annotations

from .enums import EnumValue, licenseCategoryType
from .node import OpNode
from .node_type import NodeTypeCategory
from .scene import Scene


class Functions:
    """Functions at the top of the module; bound to one scene."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def applicationVersion(self, include_patch: bool = False) -> tuple[int, int, int]:
        return self._scene.version

    def applicationVersionString(self) -> str:
        return ".".join(map(str, self._scene.version))

    def licenseCategory(self) -> EnumValue:
        found = getattr(licenseCategoryType, self._scene.licence)
        assert isinstance(found, EnumValue)
        return found

    def isUIAvailable(self) -> bool:
        return self._scene.ui

    def frame(self, full_precision: bool = False) -> float:
        return self._scene.frame

    def intFrame(self) -> int:
        return round(self._scene.frame)

    def setFrame(self, frame: float) -> None:
        self._scene.frame = frame

    def fps(self) -> float:
        return self._scene.fps

    def time(self) -> float:
        return self.frameToTime(self._scene.frame)

    def timeToFrame(self, time: float, full_precision: bool = False) -> float:
        return time * self._scene.fps + 1

    def frameToTime(self, frame: float) -> float:
        return (frame - 1) / self._scene.fps

    def node(self, path: str) -> OpNode | None:
        return (self._scene.working or self._scene.nodes["/"]).node(path)

    def pwd(self) -> OpNode:
        return self._scene.working or self._scene.nodes["/"]

    def selectedNodes(self, include_hidden: bool = False) -> tuple[OpNode, ...]:
        return tuple(self._scene.selected)

    def getenv(self, name: str, default_value: str | None = None) -> str | None:
        return self._scene.all_variables().get(name, default_value)

    def hscript(self, command: str) -> tuple[str, ...]:
        return "", f"The fake knows no HScript: {command}"

    def ropNodeTypeCategory(self) -> NodeTypeCategory:
        return NodeTypeCategory("Driver")

    def lopNodeTypeCategory(self) -> NodeTypeCategory:
        return NodeTypeCategory("Lop")

    def objNodeTypeCategory(self) -> NodeTypeCategory:
        return NodeTypeCategory("Object")
