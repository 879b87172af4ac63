"""The files that Houdini itself reads: nobody else checks them before an artist sees the error."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree

import pytest

import cosmos_bridge
from support.shipped import PANEL, PLUGIN, SHELF, script_of

ICON = "$COSMOS_BRIDGE_HOUDINI/config/Icons/cosmos.svg"


def test_the_package_file_leads_to_the_folder_beside_it() -> None:
    package = json.loads((PLUGIN.parent / "packages" / "cosmos_bridge.json").read_text("utf-8"))
    assert package == {
        "enable": "houdini_version >= '20.5'",
        "load_package_once": True,
        "version": cosmos_bridge.__version__,
        "env": [{"COSMOS_BRIDGE_HOUDINI": "$HOUDINI_PACKAGE_PATH/cosmos_bridge"}],
        "hpath": "$HOUDINI_PACKAGE_PATH/cosmos_bridge",
    }


def test_the_versions_are_that_of_the_whole() -> None:
    whole = json.loads((PLUGIN.parents[1] / "package.json").read_text("utf-8"))
    assert cosmos_bridge.__version__ == whole["version"]


def test_the_shelf_shows_every_tool_once() -> None:
    assert SHELF.tag == "shelfDocument"
    (toolshelf,) = SHELF.findall("toolshelf")
    shown = [member.attrib["name"] for member in toolshelf.findall("memberTool")]
    names = ("send", "flipbook", "auto_send", "set_up_passes", "panel", "self_check")
    assert shown == [f"cosmos::{name}" for name in names]
    assert shown == [tool.attrib["name"] for tool in SHELF.findall("tool")]


@pytest.mark.parametrize("tool", SHELF.findall("tool"), ids=lambda tool: tool.attrib["label"])
def test_a_tool_has_what_the_shelf_shows(tool: ElementTree.Element) -> None:
    assert set(tool.attrib) == {"name", "label", "icon"} and tool.attrib["icon"] == ICON
    assert [child.tag for child in tool] == ["helpText", "script"]
    assert compile(script_of(tool), tool.attrib["name"], "exec")


def test_the_icon_is_a_drawing() -> None:
    icon = PLUGIN / ICON.partition("/")[2]
    assert ElementTree.parse(icon).getroot().tag == "{http://www.w3.org/2000/svg}svg"


def test_the_menu_offers_the_panel() -> None:
    menu = ElementTree.parse(PLUGIN / "PaneTabTypeMenu.xml").getroot()
    assert menu.tag == "menuDocument"
    (interface,) = PANEL.findall("interface")
    (below,) = menu.findall("menu/subMenu")
    assert below.attrib["id"].startswith("panetype_")
    (item,) = below.findall("actionItem")
    assert item.attrib == {"id": f"pythonpanel::{interface.attrib['name']}"}
    assert item.findtext("label") == interface.attrib["label"]
    assert interface.attrib["icon"] == ICON and interface.find("includeInPaneTabMenu") is not None
