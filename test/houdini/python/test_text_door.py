"""Every text that a person sees goes through one door: `qt/plain.py` for widgets, `tell.py` for everything else.

The sources are read, as a new label would not be missed by any test of what there is.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import cosmos_bridge

PACKAGE = Path(cosmos_bridge.__file__).parent
SOURCES = sorted(file for file in PACKAGE.rglob("*.py") if "vendor" not in file.parts)

GUESSING = {"QLabel", "QMessageBox", "QErrorMessage", "QInputDialog", "QProgressDialog", "QToolTip", "QWhatsThis"}
"""These take what looks like HTML for HTML."""
RICH = {"QTextEdit", "QTextBrowser", "QTextDocument", "setHtml", "appendHtml", "insertHtml"}
OUTSIDE = {"displayMessage", "displayConfirmation", "setStatusMessage", "readInput", "readMultiInput", "selectFromList"}
FIRST = (
    *("QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QMenu"),
    *("QListWidgetItem", "QTableWidgetItem", "QTreeWidgetItem", "QStandardItem"),
    *("setToolTip", "setWhatsThis", "setStatusTip", "setWindowTitle", "setPlaceholderText", "setTitle"),
    *("addItem", "addItems", "addRow", "addAction", "addMenu", "setSpecialValueText", "setPrefix", "setSuffix"),
)
SECOND = ("addTab", "setTabText", "setTabToolTip", "setItemText", "insertItem", "insertRow", "setItemData")
TEXT_AT = {**dict.fromkeys(FIRST, 0), **dict.fromkeys(SECOND, 1)}
"""What takes a text, and as which of its arguments."""
DOOR = ("tool_tip", "item_text", "button_text")


def problems_of(tree: ast.AST, name: str) -> Iterator[str]:
    """What goes past the door, a line each."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            word = node.attr if isinstance(node, ast.Attribute) else node.id
            remedy = remedy_of(word, name)
            if remedy is not None:
                yield f"{name}:{node.lineno} {word}: {remedy}"
        if isinstance(node, ast.Call):
            word = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            for text in node.args[TEXT_AT.get(word, len(node.args)) :][:1]:
                if may_be_theirs(text):
                    yield f"{name}:{node.lineno} {word}({ast.unparse(text)}): give it {', '.join(DOOR)}"


def remedy_of(word: str, name: str) -> str | None:
    """What to do instead of using this; None = it may be used here."""
    if word in GUESSING and name != "qt/plain.py":
        return "a PlainLabel shows what it is given"
    if word in RICH:
        return "markup has no place here"
    if word in (*OUTSIDE, "print") and name != "tell.py":
        return "tell.py does this"
    if word == "DisplayRole" and not name.startswith("panel/queue_"):
        return "the text of a model goes through item_text"
    return None


def may_be_theirs(text: ast.expr) -> bool:
    """Only a literal is ours for certain, and only the door makes theirs harmless; a part of the window is no text."""
    if isinstance(text, ast.Call):
        called = text.func.id if isinstance(text.func, ast.Name) else ""
        return called not in DOOR and not called.startswith("_")
    is_part = isinstance(text, ast.Attribute) and isinstance(text.value, ast.Name) and text.value.id == "self"
    return not is_part and not isinstance(text, ast.Constant)


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_no_text_goes_past_the_door(file: Path) -> None:
    name = file.relative_to(PACKAGE).as_posix()
    assert list(problems_of(ast.parse(file.read_text(encoding="utf-8")), name)) == []


@pytest.mark.parametrize(
    "source",
    [
        "QtWidgets.QLabel(name)",
        "QtWidgets.QMessageBox.warning(self, name, name)",
        "box.setToolTip(name)",
        "box.setToolTip(f'{name}')",
        "box.setToolTip(job.explains)",
        "QtWidgets.QPushButton(clip['name'])",
        "QtWidgets.QListWidgetItem(words, self)",
        "self.clips.setItemText(row, title)",
        "self.clips.addItem(str(clip), clip)",
        "hou.ui.displayMessage(sentence)",
        "print(sentence)",
        "QtWidgets.QTextBrowser()",
        "return job.name if role == Qt.ItemDataRole.DisplayRole else None",
    ],
)
def test_a_bare_use_is_found(source: str) -> None:
    wrapped = f"def f():\n    {source}\n"
    assert list(problems_of(ast.parse(wrapped), "panel/new.py")) != []
