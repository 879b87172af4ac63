"""Palettes like those that Houdini gives its windows; the plugin itself sets none."""

from __future__ import annotations

from cosmos_bridge.qt import QtGui

_DARK = {
    "Window": "#3a3a3a",
    "WindowText": "#cccccc",
    "Base": "#2b2b2b",
    "AlternateBase": "#313131",
    "Text": "#cccccc",
    "Button": "#4a4a4a",
    "ButtonText": "#cccccc",
    "BrightText": "#ffffff",
    "Highlight": "#b9770e",
    "HighlightedText": "#ffffff",
    "ToolTipBase": "#2b2b2b",
    "ToolTipText": "#cccccc",
    "PlaceholderText": "#8a8a8a",
    "Light": "#5a5a5a",
    "Midlight": "#505050",
    "Mid": "#303030",
    "Dark": "#262626",
    "Shadow": "#1c1c1c",
}
_LIGHT = {
    "Window": "#d6d6d6",
    "WindowText": "#1c1c1c",
    "Base": "#f4f4f4",
    "AlternateBase": "#eaeaea",
    "Text": "#1c1c1c",
    "Button": "#dedede",
    "ButtonText": "#1c1c1c",
    "BrightText": "#000000",
    "Highlight": "#c9831c",
    "HighlightedText": "#ffffff",
    "ToolTipBase": "#f4f4f4",
    "ToolTipText": "#1c1c1c",
    "PlaceholderText": "#7a7a7a",
    "Light": "#f0f0f0",
    "Midlight": "#e4e4e4",
    "Mid": "#b4b4b4",
    "Dark": "#9a9a9a",
    "Shadow": "#707070",
}
_GREYED = ("WindowText", "Text", "ButtonText")
THEMES = {"dark": _DARK, "light": _LIGHT}


def palette(theme: str) -> QtGui.QPalette:
    """Houdini's dark grey, or its light theme."""
    made, colors = QtGui.QPalette(), THEMES[theme]
    for name, color in colors.items():
        made.setColor(getattr(QtGui.QPalette.ColorRole, name), QtGui.QColor(color))
    for name in _GREYED:
        role = getattr(QtGui.QPalette.ColorRole, name)
        made.setColor(QtGui.QPalette.ColorGroup.Disabled, role, QtGui.QColor("#808080"))
    return made
