"""Enumerations of `hou`: classes whose members are EnumValue objects."""

from __future__ import annotations

from typing import ClassVar


class EnumValue:
    """One member; compares by what it is, as SWIG's objects do, not by identity."""

    def __init__(self, owner: str, name: str) -> None:
        self._owner, self._name = owner, name

    def name(self) -> str:
        return self._name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EnumValue) and (self._owner, self._name) == (other._owner, other._name)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((self._owner, self._name))

    def __repr__(self) -> str:
        return f"{self._owner}.{self._name}"


def _value(owner: str, name: str) -> EnumValue:
    return EnumValue(owner, name)


class ropRenderEventType:
    PreRender: ClassVar = _value("ropRenderEventType", "PreRender")
    PreFrame: ClassVar = _value("ropRenderEventType", "PreFrame")
    PostFrame: ClassVar = _value("ropRenderEventType", "PostFrame")
    PostWrite: ClassVar = _value("ropRenderEventType", "PostWrite")
    PostRender: ClassVar = _value("ropRenderEventType", "PostRender")


class hipFileEventType:
    BeforeClear: ClassVar = _value("hipFileEventType", "BeforeClear")
    AfterClear: ClassVar = _value("hipFileEventType", "AfterClear")
    BeforeLoad: ClassVar = _value("hipFileEventType", "BeforeLoad")
    AfterLoad: ClassVar = _value("hipFileEventType", "AfterLoad")
    BeforeMerge: ClassVar = _value("hipFileEventType", "BeforeMerge")
    AfterMerge: ClassVar = _value("hipFileEventType", "AfterMerge")
    BeforeSave: ClassVar = _value("hipFileEventType", "BeforeSave")
    AfterSave: ClassVar = _value("hipFileEventType", "AfterSave")


class severityType:
    Message: ClassVar = _value("severityType", "Message")
    ImportantMessage: ClassVar = _value("severityType", "ImportantMessage")
    Warning: ClassVar = _value("severityType", "Warning")
    Error: ClassVar = _value("severityType", "Error")
    Fatal: ClassVar = _value("severityType", "Fatal")


class licenseCategoryType:
    Commercial: ClassVar = _value("licenseCategoryType", "Commercial")
    Indie: ClassVar = _value("licenseCategoryType", "Indie")
    Education: ClassVar = _value("licenseCategoryType", "Education")
    ApprenticeHD: ClassVar = _value("licenseCategoryType", "ApprenticeHD")
    Apprentice: ClassVar = _value("licenseCategoryType", "Apprentice")


class paneTabType:
    PythonPanel: ClassVar = _value("paneTabType", "PythonPanel")
    SceneViewer: ClassVar = _value("paneTabType", "SceneViewer")
    NetworkEditor: ClassVar = _value("paneTabType", "NetworkEditor")


class fileType:
    Any: ClassVar = _value("fileType", "Any")


class fileChooserMode:
    Read: ClassVar = _value("fileChooserMode", "Read")
    Write: ClassVar = _value("fileChooserMode", "Write")
    ReadAndWrite: ClassVar = _value("fileChooserMode", "ReadAndWrite")


class renderMethod:
    RopByRop: ClassVar = _value("renderMethod", "RopByRop")
    FrameByFrame: ClassVar = _value("renderMethod", "FrameByFrame")


class exprLanguage:
    Hscript: ClassVar = _value("exprLanguage", "Hscript")
    Python: ClassVar = _value("exprLanguage", "Python")
