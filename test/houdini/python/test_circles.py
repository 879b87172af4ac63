"""The imports of the plugin form no circle, counting those inside functions and those for type checkers only."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import cosmos_bridge

PACKAGE = Path(cosmos_bridge.__file__).parent


def modules(package: Path) -> dict[str, Path]:
    """Each source file by its dotted name; a folder is named without `__init__`."""
    files = (file for file in package.rglob("*.py") if "vendor" not in file.relative_to(package).parts)
    return {name_of(file, package): file for file in files}


def name_of(file: Path, package: Path) -> str:
    parts = file.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(name: str, file: Path, known: dict[str, Path]) -> Iterator[str]:
    """Modules that a file imports. `from . import x` imports the module x where there is one, else the package."""
    above = name.split(".") if file.name == "__init__.py" else name.split(".")[:-1]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        if isinstance(node, ast.ImportFrom):
            base = above[: len(above) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                module = f"{source}.{alias.name}"
                if module in known or source in known:
                    yield module if module in known else source


def circle(package: Path) -> list[str]:
    """The modules of one circle, in order; empty when there is none."""
    known = modules(package)
    graph = {name: set(imported(name, file, known)) - {name} for name, file in known.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_import_circle() -> None:
    assert len(modules(PACKAGE)) > 100
    assert circle(PACKAGE) == []


@pytest.mark.parametrize(
    "back",
    [
        "from .attach import start",
        "from . import attach",
        "import house.attach",
        "from house.attach import start",
        "def late():\n    from .attach import start",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .attach import start",
    ],
)
def test_a_circle_is_seen(tmp_path: Path, back: str) -> None:
    package = tmp_path / "house"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "attach.py").write_text("from .hooks import on")
    (package / "hooks.py").write_text(back)
    assert set(circle(package)) == {"house.attach", "house.hooks"}
