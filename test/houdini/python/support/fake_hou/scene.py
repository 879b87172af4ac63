"""The state of one fake Houdini session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from .late import LateImages
from .undo import UndoStack

if TYPE_CHECKING:
    from .catalogue import Value
    from .enums import EnumValue
    from .node import OpNode
    from .parm import Parm

Writer = Callable[["OpNode", int], None]
"""Writes the image of one frame of a node: what a renderer would do."""
Photographer = Callable[[Path, tuple[int, int], int], None]
"""Takes one image of the viewport: file, width and height, frame."""


class Scene:
    """Nodes, time, file and callbacks. Tests look into it and drive it; the plugin sees only `hou`."""

    def __init__(self, hip: Path, version: tuple[int, int, int], ui: bool) -> None:
        self.hip, self.version, self.ui = hip, version, ui
        self.module = ModuleType("hou")
        self.nodes: dict[str, OpNode] = {}
        self.frame = 1.0
        self.fps = 24.0
        self.range = (1.0, 240.0)
        self.selected: list[OpNode] = []
        self.working: OpNode | None = None
        """What `hou.pwd()` gives: the node whose script or parameter is being evaluated."""
        self.variables = {"JOB": str(hip.parent)}
        self.take = "Main"
        self.takes: dict[str, dict[str, Value]] = {}
        """Takes beside Main: values by path of the parameter."""
        self.main: dict[str, Value] = {}
        """What those parameters are in Main, while another take is current."""
        self.licence = "Commercial"
        """Member of hou.licenseCategoryType."""
        self.undos = UndoStack()
        self.writer: Writer | None = None
        self.late = LateImages(self._write)
        """Images of renders that have ended; see render.ends_late."""
        self.sign_padded = True
        """How $F4 prints negative frames; see expand.Context."""
        self.loading = False
        self.dirty = False
        self.hip_callbacks: list[Callable[[EnumValue], None]] = []
        self.callback_errors: list[BaseException] = []
        """What callbacks and scripts raised: Houdini prints such errors and goes on."""
        self.said: list[tuple[str, str]] = []
        """(kind, text) of status lines, messages and opened panels."""
        self.camera = ""
        """Path of what the viewport looks through."""
        self.viewport: tuple[int, ...] = (1281, 721)
        """Width and height of the viewport; empty = no Scene View is open."""
        self.photographer: Photographer | None = None
        self.typed: str | None = None
        """What a person types; None = they leave what is there."""
        self.answers: list[int] = []
        """Buttons that the next hou.ui.displayMessage calls "press"."""

    def all_variables(self) -> dict[str, str]:
        """Global variables as they are now."""
        start, end = self.range
        hip = {"HIP": str(self.hip.parent), "HIPNAME": self.hip.stem, "HIPFILE": str(self.hip)}
        return {**self.variables, **hip, "FSTART": f"{start:g}", "FEND": f"{end:g}", "FPS": f"{self.fps:g}"}

    def parm(self, path: str) -> Parm:
        """A parameter by its path."""
        node, _, name = path.rpartition("/")
        return self.nodes[node]._parms[name]

    def _write(self, node: OpNode, frame: int) -> None:
        if self.writer is not None:
            self.writer(node, frame)

    def call(self, callback: Callable[..., object], *args: object) -> None:
        """Runs foreign code as Houdini does: its errors are printed and stop nothing."""
        try:
            callback(*args)
        except Exception as error:
            self.callback_errors.append(error)
