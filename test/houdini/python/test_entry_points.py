"""What Houdini's files call in the plugin is there."""

from __future__ import annotations

import ast
import xml.etree.ElementTree as ElementTree

import pytest

from support.shipped import PANEL, SHELF, imports_of, names_in, script_of


@pytest.mark.parametrize("tool", SHELF.findall("tool"), ids=lambda tool: tool.attrib["label"])
def test_a_tool_calls_what_is_there(tool: ElementTree.Element) -> None:
    script = script_of(tool)
    (call,) = [node for node in ast.walk(ast.parse(script)) if isinstance(node, ast.Call)]
    assert imports_of(script) == [("cosmos_bridge", "shelf")]
    assert isinstance(call.func, ast.Attribute) and call.func.attr in names_in("cosmos_bridge.shelf")


def test_the_panel_opens_what_is_there() -> None:
    interface = PANEL.find("interface")
    assert interface is not None
    ((module, name),) = imports_of(script_of(interface))
    assert name in names_in(module)


def test_the_start_up_calls_what_is_there() -> None:
    assert "start" in names_in("cosmos_bridge.attach")
