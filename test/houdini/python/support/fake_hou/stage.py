"""A USD stage as far as render products need it; spelled as `pxr.Usd` spells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


class Attribute:
    """A value, or values by time code; between samples the one before holds, as for strings in USD."""

    def __init__(self, value: Any) -> None:
        self._value = value

    def Get(self, time: float = 0.0) -> Any:
        if not isinstance(self._value, dict):
            return self._value
        held = [code for code in sorted(self._value) if code <= time]
        return self._value[held[-1] if held else min(self._value)]


class Relationship:
    """Targets by path."""

    def __init__(self, targets: Iterable[str]) -> None:
        self._targets = list(targets)

    def GetTargets(self) -> list[str]:
        return list(self._targets)


class Prim:
    """One prim; an invalid one where the stage has none."""

    def __init__(self, path: str, type: str, values: Mapping[str, Any], valid: bool = True) -> None:
        self._path, self._type, self._values, self._valid = path, type, values, valid

    def GetPath(self) -> str:
        return self._path

    def GetTypeName(self) -> str:
        return self._type

    def IsValid(self) -> bool:
        return self._valid

    def GetAttribute(self, name: str) -> Attribute:
        return Attribute(self._values.get(name))

    def GetRelationship(self, name: str) -> Relationship:
        return Relationship(self._values.get(name, ()))


class Stage:
    """Prims by path, in order."""

    def __init__(self, start: float = 0.0, end: float = 0.0, settings: str = "") -> None:
        self._prims: dict[str, Prim] = {}
        self._start, self._end, self._settings = start, end, settings

    def add(self, path: str, type: str, **values: Any) -> Prim:
        """Defines a prim with attributes and relationships."""
        self._prims[path] = Prim(path, type, values)
        return self._prims[path]

    def GetPrimAtPath(self, path: str) -> Prim:
        return self._prims.get(str(path), Prim(str(path), "", {}, valid=False))

    def Traverse(self) -> list[Prim]:
        return list(self._prims.values())

    def GetStartTimeCode(self) -> float:
        return self._start

    def GetEndTimeCode(self) -> float:
        return self._end

    def GetMetadata(self, key: str) -> str:
        return self._settings if key == "renderSettingsPrimPath" else ""
