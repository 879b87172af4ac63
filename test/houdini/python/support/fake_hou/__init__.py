"""A fake of `hou` with the documented signatures; everything else is an AttributeError, as in Houdini.

test_fake_hou.py compares every signature with the published stubs. Tests make a `Houdini`, put nodes into it, and give
its `module` to the plugin as `hou` (fixture `houdini` of conftest.py).
"""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

from . import enums, errors
from .catalogue import Value
from .create import create
from .functions import Functions
from .hip_file import HipFile
from .lops import LopSelectionRule, Source
from .matrix import Color, Matrix4, Vector2
from .node import Node, OpNode
from .node_type import NodeType, NodeTypeCategory
from .nodes import Cop2Node, CopNode, LopNode, ObjNode, RopNode, TopNode
from .parm import Parm
from .scene import Scene, Writer
from .session_parts import Playbar, Take, Takes, Text, Undos
from .ui import Desktop, FlipbookSettings, GeometryViewport, PaneTab, Qt, SceneViewer, Ui
from .undo import UndosGroup

__all__ = ["Houdini", "LopNode", "Node", "ObjNode", "OpNode", "RopNode", "Scene", "Writer"]

CLASSES = (
    *(Node, OpNode, RopNode, LopNode, CopNode, Cop2Node, TopNode, ObjNode, NodeType, NodeTypeCategory, Parm),
    *(Color, Matrix4, Vector2, LopSelectionRule, Take, UndosGroup, enums.EnumValue),
)
UI_CLASSES = (Desktop, PaneTab, SceneViewer, GeometryViewport, FlipbookSettings)
#: Networks of a new scene.
NETWORKS = ("/obj", "/out", "/stage", "/img", "/tasks")


class Houdini:
    """One session. `ui=False` is hython: no hou.ui, no hou.qt."""

    def __init__(self, hip: Path, version: tuple[int, int, int] = (21, 0, 512), ui: bool = False) -> None:
        self.scene = Scene(hip, version, ui)
        self.module = self.scene.module
        self._fill(self.module)
        for network in NETWORKS:
            self.add(f"{network}/null_", "null").destroy()
        self.scene.undos.blocks.clear()

    def add(self, path: str, type_name: str, **parms: Value) -> Any:
        """A node with parameters set. Raises KeyError for a parameter its type does not have."""
        return create(self.scene, path, type_name, parms)

    def rop(self, path: str, type_name: str, **parms: Value) -> Any:
        """A node that renders in /out."""
        node = self.add(path, type_name, **parms)
        assert isinstance(node, RopNode)
        return node

    def lop(self, path: str, type_name: str, stage: Source | None = None, **parms: Value) -> Any:
        """A node of /stage, with the stage it cooks to. A USD Render there is a RopNode, and has none of its own."""
        node = self.add(path, type_name, **parms)
        if stage is not None:
            assert isinstance(node, LopNode)
            node._stage = stage
        return node

    def select(self, *nodes: OpNode) -> None:
        """Selects exactly these."""
        self.scene.selected = list(nodes)

    def said(self, kind: str) -> list[str]:
        """What the plugin showed: "status", "message", "panel"."""
        return [text for each, text in self.scene.said if each == kind]

    def _fill(self, module: ModuleType) -> None:
        scene = self.scene
        for each in (*CLASSES, *(UI_CLASSES if scene.ui else ()), *_public(enums), *_public(errors)):
            setattr(module, each.__name__, each)
        functions = Functions(scene)
        for name in (name for name in dir(functions) if not name.startswith("_")):
            setattr(module, name, getattr(functions, name))
        parts = {"text": Text(scene), "undos": Undos(scene), "takes": Takes(scene), "playbar": Playbar(scene)}
        parts |= {"hipFile": HipFile(scene), "session": ModuleType("hou.session")}
        if scene.ui:
            parts |= {"ui": Ui(scene), "qt": Qt()}
        for name, part in parts.items():
            setattr(module, name, part)


def _public(module: ModuleType) -> list[type]:
    return [each for each in vars(module).values() if isinstance(each, type) and each.__module__ == module.__name__]
