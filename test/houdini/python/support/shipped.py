"""The files that Houdini itself reads, and what the scripts in them reach for."""

from __future__ import annotations

import ast
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import cosmos_bridge

PACKAGE = Path(cosmos_bridge.__file__).parent
PLUGIN = PACKAGE.parents[2]
"""The folder that the package file adds to Houdini's path."""

SHELF = ElementTree.parse(PLUGIN / "toolbar" / "cosmos.shelf").getroot()
PANEL = ElementTree.parse(PLUGIN / "python_panels" / "cosmos.pypanel").getroot()


def script_of(element: ElementTree.Element) -> str:
    """The Python in an element's CDATA."""
    found = element.find("script")
    assert found is not None and found.text is not None
    return found.text


def imports_of(script: str) -> list[tuple[str, str]]:
    """(module, name) of each `from module import name` of the plugin's own."""
    nodes = [node for node in ast.walk(ast.parse(script)) if isinstance(node, ast.ImportFrom)]
    own = [node for node in nodes if (node.module or "").startswith("cosmos_bridge")]
    return [(node.module or "", alias.name) for node in own for alias in node.names]


def source_of(module: str) -> Path:
    """The file of "cosmos_bridge.panel", which may be a folder."""
    place = PACKAGE.joinpath(*module.split(".")[1:])
    return place / "__init__.py" if place.is_dir() else place.with_suffix(".py")


def names_in(module: str) -> set[str]:
    """What a module defines or passes on, without importing it: that may take Qt or Houdini."""
    names = set()
    for node in ast.parse(source_of(module).read_text("utf-8")).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            names |= set(ast.literal_eval(node.value))  # what is loaded when it is asked for
    return names
