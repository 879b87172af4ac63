"""`hou.ui` and `hou.qt`; hython has neither."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from .enums import EnumValue, fileChooserMode, fileType, paneTabType, severityType
from .errors import OperationFailed
from .expand import Context, expand
from .node import Node
from .scene import Scene


class Desktop:
    """`hou.Desktop`."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def createFloatingPaneTab(
        self,
        pane_tab_type: EnumValue,
        position: Sequence[float] = (),
        size: Sequence[float] = (),
        python_panel_interface: str | None = None,
        immediate: bool = False,
    ) -> PaneTab:
        """The stub types the interface as an object; the documentation and every caller give its name."""
        self._scene.said.append(("panel", python_panel_interface or ""))
        return PaneTab(python_panel_interface or pane_tab_type.name(), pane_tab_type)


class PaneTab:
    """`hou.PaneTab`."""

    def __init__(self, name: str, type: EnumValue) -> None:
        self._name, self._type = name, type

    def name(self) -> str:
        return self._name

    def type(self) -> EnumValue:
        return self._type

    def setIsCurrentTab(self) -> None:
        """Nothing to see here."""


class GeometryViewport:
    """`hou.GeometryViewport`."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def cameraPath(self) -> str:
        return self._scene.camera

    def resolutionInPixels(self) -> tuple[int, ...]:
        return self._scene.viewport


class FlipbookSettings:
    """`hou.FlipbookSettings`: each is asked without a value and set with one."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {"frameRange": (1.0, 240.0), "frameIncrement": 1.0, "resolution": (640, 480)}

    def stash(self) -> FlipbookSettings:
        found = FlipbookSettings()
        found._values = dict(self._values)
        return found

    def output(self, value: str | None = None) -> str | None:
        found: str | None = self._of("output", value)
        return found

    def outputToMPlay(self, value: bool | None = None) -> bool | None:
        found: bool | None = self._of("outputToMPlay", value)
        return found

    def renderAllViewports(self, value: bool | None = None) -> bool | None:
        found: bool | None = self._of("renderAllViewports", value)
        return found

    def appendFramesToCurrent(self, value: bool | None = None) -> bool | None:
        found: bool | None = self._of("appendFramesToCurrent", value)
        return found

    def outputZoom(self, value: int | None = None) -> int | None:
        found: int | None = self._of("outputZoom", value)
        return found

    def useResolution(self, value: bool | None = None) -> bool | None:
        found: bool | None = self._of("useResolution", value)
        return found

    def resolution(self, value: tuple[int, int] | None = None) -> tuple[int, int] | None:
        found: tuple[int, int] | None = self._of("resolution", value)
        return found

    def frameRange(self, value: Sequence[float] | None = None) -> tuple[float, float] | None:
        found: tuple[float, float] | None = self._of("frameRange", value)
        return found

    def frameIncrement(self, value: float | None = None) -> float | None:
        found: float | None = self._of("frameIncrement", value)
        return found

    def _of(self, name: str, value: Any) -> Any:
        if value is not None:
            self._values[name] = value
        return self._values.get(name)


class SceneViewer(PaneTab):
    """`hou.SceneViewer`: a flipbook calls the test's camera for each frame."""

    def __init__(self, scene: Scene) -> None:
        super().__init__("panetab1", paneTabType.SceneViewer)
        self._scene, self._settings, self._viewport = scene, FlipbookSettings(), GeometryViewport(scene)

    def flipbookSettings(self) -> FlipbookSettings:
        return self._settings

    def curViewport(self) -> GeometryViewport:
        return self._viewport

    def pwd(self) -> Node:
        return self._scene.nodes["/obj"]

    def flipbook(
        self,
        viewport: GeometryViewport | None = None,
        settings: FlipbookSettings | None = None,
        open_dialog: bool = False,
    ) -> None:
        used = settings or self._settings
        first, last = used.frameRange() or (1, 1)
        frame = first
        while frame <= last:
            file = expand(used.output() or "", Context(frame, self._scene.all_variables()))
            if self._scene.photographer is not None:
                self._scene.photographer(Path(file), used.resolution() or (0, 0), round(frame))
            frame += used.frameIncrement() or 1


class Ui:
    """`hou.ui`."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._loop: list[Callable[[], None]] = []
        self._viewer = SceneViewer(scene)

    def paneTabOfType(self, type: EnumValue, index: int = 0) -> PaneTab | None:
        return self._viewer if type == paneTabType.SceneViewer and self._scene.viewport else None

    def readInput(
        self,
        text: str,
        buttons: Sequence[str] = ("OK",),
        severity_type: EnumValue = severityType.Message,
        default_choice: int = 0,
        close_choice: int = -1,
        help: str | None = None,
        title: str | None = None,
        initial_contents: str | None = None,
    ) -> tuple[int, str]:
        self._scene.said.append(("input", text))
        button = self._scene.answers.pop(0) if self._scene.answers else default_choice
        return button, self._scene.typed if self._scene.typed is not None else initial_contents or ""

    def selectFile(
        self,
        start_directory: str | None = None,
        title: str | None = None,
        collapse_sequences: bool = False,
        file_type: EnumValue = fileType.Any,
        pattern: str | None = None,
        default_value: str | None = None,
        multiple_select: bool = False,
        image_chooser: bool = False,
        chooser_mode: EnumValue = fileChooserMode.ReadAndWrite,
        width: int = 0,
        height: int = 0,
    ) -> str:
        return self._scene.typed or ""

    def displayMessage(
        self,
        text: str,
        buttons: Sequence[str] = ("OK",),
        severity: EnumValue = severityType.Message,
        default_choice: int = 0,
        close_choice: int = -1,
        help: str | None = None,
        title: str | None = None,
        details: str | None = None,
        details_label: str | None = None,
        details_expanded: bool = False,
        suppress: EnumValue | None = None,
    ) -> int:
        self._scene.said.append(("message", text))
        return self._scene.answers.pop(0) if self._scene.answers else default_choice

    def setStatusMessage(self, message: str, severity: EnumValue = severityType.Message) -> None:
        self._scene.said.append(("status", message))

    def curDesktop(self) -> Desktop:
        return Desktop(self._scene)

    def paneTabs(self) -> tuple[PaneTab, ...]:
        return ()

    def addEventLoopCallback(self, callback: Callable[[], None]) -> None:
        self._loop.append(callback)

    def removeEventLoopCallback(self, callback: Callable[[], None]) -> None:
        if callback not in self._loop:
            raise OperationFailed("The callback was not registered.")
        self._loop.remove(callback)

    def eventLoopCallbacks(self) -> tuple[Callable[[], None], ...]:
        return tuple(self._loop)

    def postEventCallback(self, callback: Callable[[], None]) -> None:
        self._loop.append(callback)

    def copyTextToClipboard(self, text: str) -> None:
        self._scene.said.append(("clipboard", text))

    def showInFileBrowser(self, file_path: str) -> None:
        self._scene.said.append(("browser", file_path))


class Qt:
    """`hou.qt`: no main window, because a test has none."""

    def mainWindow(self) -> None:
        return None
