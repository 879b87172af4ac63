"""`hou.ui` and `hou.qt`; hython has neither."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .enums import EnumValue, severityType
from .errors import OperationFailed
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


class Ui:
    """`hou.ui`."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._loop: list[Callable[[], None]] = []

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
