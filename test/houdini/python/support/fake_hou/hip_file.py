"""`hou.hipFile`: saves a real file, loads it, and tells of it in Houdini's order.

Order of events on File > Open: BeforeLoad, BeforeClear, AfterClear, AfterLoad (measured by others on 22.0.368). What is
not in a .hip is gone after a load: render callbacks and every Python reference to a node.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .catalogue import Multi
from .create import create
from .enums import EnumValue, exprLanguage, hipFileEventType
from .errors import OperationFailed
from .node import OpNode
from .scene import Scene

HipCallback = Callable[[EnumValue], None]


class HipFile:
    """The functions of `hou.hipFile`."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def path(self) -> str:
        return str(self._scene.hip)

    def name(self) -> str:
        return str(self._scene.hip)

    def basename(self) -> str:
        return self._scene.hip.name

    def isNewFile(self) -> bool:
        return not self._scene.hip.exists()

    def hasUnsavedChanges(self) -> bool:
        return self._scene.dirty

    def isLoadingHipFile(self) -> bool:
        return self._scene.loading

    def addEventCallback(self, callback: HipCallback) -> None:
        self._scene.hip_callbacks.append(callback)

    def removeEventCallback(self, callback: HipCallback) -> None:
        if callback not in self._scene.hip_callbacks:
            raise OperationFailed("The callback was not registered.")
        self._scene.hip_callbacks.remove(callback)

    def eventCallbacks(self) -> tuple[HipCallback, ...]:
        return tuple(self._scene.hip_callbacks)

    def clearEventCallbacks(self) -> None:
        self._scene.hip_callbacks.clear()

    def save(self, file_name: str | None = None, save_to_recent_files: bool = True) -> None:
        self._scene.hip = Path(file_name or self._scene.hip)
        self._tell(hipFileEventType.BeforeSave)
        self._scene.hip.parent.mkdir(parents=True, exist_ok=True)
        self._scene.hip.write_text(json.dumps([_saved(node) for node in self._scene.nodes.values()]), "utf-8")
        self._scene.dirty = False
        self._tell(hipFileEventType.AfterSave)

    def clear(self, suppress_save_prompt: bool = False) -> bool:
        self._tell(hipFileEventType.BeforeClear)
        self._clear()
        self._tell(hipFileEventType.AfterClear)
        return True

    def load(self, file_name: str, suppress_save_prompt: bool = False, ignore_load_warnings: bool = False) -> None:
        saved = _read(file_name)
        self._scene.loading = True
        self._tell(hipFileEventType.BeforeLoad)
        self.clear()
        self._scene.hip = Path(file_name)
        _restore(self._scene, saved)
        self._scene.loading = False
        self._tell(hipFileEventType.AfterLoad)

    def merge(
        self,
        file_name: str,
        node_pattern: str = "*",
        overwrite_on_conflict: bool = False,
        ignore_load_warnings: bool = False,
    ) -> None:
        saved = _read(file_name)
        self._tell(hipFileEventType.BeforeMerge)
        _restore(self._scene, [node for node in saved if node["path"] not in self._scene.nodes])
        self._scene.dirty = True
        self._tell(hipFileEventType.AfterMerge)

    def _clear(self) -> None:
        for node in [node for path, node in self._scene.nodes.items() if path.count("/") > 1]:
            if not node._deleted:  # with what it lies in
                node._delete()
        self._scene.selected = []
        self._scene.undos.blocks.clear()

    def _tell(self, event: EnumValue) -> None:
        for callback in list(self._scene.hip_callbacks):
            self._scene.call(callback, event)


def _saved(node: OpNode) -> dict[str, Any]:
    return {
        "path": node.path(),
        "type": node.type().name(),
        "user_data": node.userDataDict(),
        "inputs": [each.path() if each else None for each in node.inputs()],
        "parms": {
            parm.name(): (parm._value, parm._expression and (parm._expression[0], parm._expression[1].name()))
            for parm in node.parms()
        },
    }


def _read(file_name: str) -> list[dict[str, Any]]:
    try:
        saved: list[dict[str, Any]] = json.loads(Path(file_name).read_text("utf-8"))
    except OSError as error:
        raise OperationFailed(f"Unable to open file: {file_name}") from error
    return saved


def _restore(scene: Scene, saved: list[dict[str, Any]]) -> None:
    nodes = [each for each in saved if each["type"] != "network"]
    for each in nodes:
        node = create(scene, each["path"], each["type"])
        node._user_data = dict(each["user_data"])
        for name, (value, expression) in each["parms"].items():
            if node.parm(name) is not None and not isinstance(value, bool):
                node._parms[name]._value = value
                if isinstance(node._parms[name]._default, Multi):
                    node._resize(node._parms[name], int(value))
                node._parms[name]._expression = expression and (expression[0], getattr(exprLanguage, expression[1]))
    for each in nodes:
        for index, path in enumerate(each["inputs"]):
            scene.nodes[each["path"]].setInput(index, scene.nodes.get(path) if path else None)
    scene.undos.blocks.clear()
    scene.dirty = False
