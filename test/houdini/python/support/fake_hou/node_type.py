"""Node types and categories."""

from __future__ import annotations

import re


class NodeTypeCategory:
    """`hou.NodeTypeCategory`."""

    def __init__(self, name: str) -> None:
        self._name = name

    def name(self) -> str:
        return self._name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NodeTypeCategory) and self._name == other._name

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self._name)


class NodeType:
    """`hou.NodeType`; "studio::karma::2.0" is namespace, name and version."""

    def __init__(self, name: str, category: NodeTypeCategory) -> None:
        self._name, self._category = name, category

    def name(self) -> str:
        return self._name

    def category(self) -> NodeTypeCategory:
        return self._category

    def nameComponents(self) -> tuple[str, ...]:
        parts = self._name.split("::")
        version = parts.pop() if len(parts) > 1 and re.fullmatch(r"\d[\d.]*", parts[-1]) else ""
        return "", parts[0] if len(parts) > 1 else "", parts[-1], version

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NodeType) and (self._name, self._category) == (other._name, other._category)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self._name)
