"""The fake of `hou` promises nothing that Houdini does not: its signatures are those of the published stubs."""

from __future__ import annotations

import ast
import functools
import inspect
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType, MethodType

import pytest

from support.fake_hou import Houdini

STUBS = Path(sysconfig.get_path("purelib")) / "hou-stubs" / "__init__.pyi"


@functools.cache
def stubs() -> dict[str, ast.ClassDef | ast.FunctionDef]:
    tree = ast.parse(STUBS.read_text("utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, (ast.ClassDef, ast.FunctionDef))}


def stub_method(owner: str, name: str) -> ast.FunctionDef | None:
    """The method of a class of the stubs, its own or inherited."""
    found = stubs().get(owner)
    if not isinstance(found, ast.ClassDef):
        return None
    for node in found.body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return node
    bases = (base.id for base in found.bases if isinstance(base, ast.Name))
    return next((method for base in bases if (method := stub_method(base, name))), None)


def callables() -> Iterator[tuple[str, str | None, Callable[..., object]]]:
    """(name, class or None, function) of everything that the fake offers to the plugin."""
    module = Houdini(Path("/job/city.hip"), ui=True).module
    for name, thing in vars(module).items():
        if name.startswith("__") or name == "session":
            continue
        if isinstance(thing, (FunctionType, MethodType)):
            yield name, None, thing
            continue
        owner = thing if isinstance(thing, type) else type(thing)
        for method, function in inspect.getmembers(owner, inspect.isfunction):
            if not method.startswith("_"):
                yield f"{name}.{method}", name, function


ALL = {name: (owner, function) for name, owner, function in callables()}


def documented(stub: ast.FunctionDef) -> list[tuple[str, object]]:
    """Parameters without self, each with its default: a literal, ... where the stub hides it, or empty."""
    args = [*stub.args.posonlyargs, *stub.args.args]
    missing = [inspect.Parameter.empty] * (len(args) - len(stub.args.defaults))
    defaults = [*missing, *map(literal, stub.args.defaults)]
    pairs = list(zip((arg.arg for arg in args), defaults, strict=True))
    return pairs[1:] if pairs and pairs[0][0] == "self" else pairs


def literal(node: ast.expr) -> object:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return ...


def offered(function: Callable[..., object]) -> list[tuple[str, object]]:
    parameters = inspect.signature(function).parameters.values()
    return [(each.name, each.default) for each in parameters if each.name != "self"]


@pytest.mark.parametrize("name", sorted(ALL))
def test_signature_is_the_published_one(name: str) -> None:
    owner, function = ALL[name]
    stub = stub_method(owner, name.split(".")[1]) if owner else stubs().get(name)
    assert isinstance(stub, ast.FunctionDef), f"hou.{name} is not in the stubs"
    expected, given = documented(stub), offered(function)
    assert [each for each, _ in given] == [each for each, _ in expected]
    for (parameter, default), (_, ours) in zip(expected, given, strict=True):
        has_default = default is not inspect.Parameter.empty
        assert has_default == (ours is not inspect.Parameter.empty), parameter
        assert default in (..., inspect.Parameter.empty) or ours == default, parameter


def test_what_houdini_has_not_the_fake_has_not_either(tmp_path: Path) -> None:
    hou = Houdini(tmp_path / "city.hip").module
    for missing in ("ui", "qt", "nonsense"):
        with pytest.raises(AttributeError):
            getattr(hou, missing)
    lop = Houdini(tmp_path / "city.hip").lop("/stage/karma1", "karma")
    assert not hasattr(lop, "render")
    assert not hasattr(lop, "addRenderEventCallback")


OTHERS = ("licenseCategoryType", "fileType", "fileChooserMode")


def test_enumerations_have_members_of_the_stubs() -> None:
    module = Houdini(Path("/job/city.hip")).module
    for name in ("ropRenderEventType", "hipFileEventType", "severityType", "paneTabType", "exprLanguage", *OTHERS):
        stub = stubs()[name]
        targets = [node.target for node in stub.body if isinstance(node, ast.AnnAssign)]
        members = {target.id for target in targets if isinstance(target, ast.Name)}
        ours = {member for member in vars(getattr(module, name)) if not member.startswith("_")}
        assert ours <= members, name
