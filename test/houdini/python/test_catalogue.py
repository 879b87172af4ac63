"""Every node type, parameter and menu token that the plugin names is one that real Houdinis have (test/data/houdini).

The names are found in the plugin's sources. Where a call gets its name from a table or a variable, NAMED says which
table that is: a new such call fails until it is added, so nothing gets past.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import cosmos_bridge
from cosmos_bridge import render_first, script_parms
from cosmos_bridge.rop import kinds, take
from cosmos_bridge.setup_passes import colours, karma, mantra
from support.fake_hou.catalogue import all_versions, find, types

SOURCES = Path(cosmos_bridge.__file__).parent
#: Functions and methods that take names of parameters; the position of the first name.
READERS = {"parm": 0, "parmTuple": 0, "evalParm": 0, "text": 1, "number": 1, "raw_text": 1, "_pair": 1, "set_all": 1}
#: What the readers themselves are made of, and files whose `text` and `number` read work items of TOPs.
OTHERS = {"rop/parms.py", "pdg.py"}


def of_kinds(attribute: str) -> set[str]:
    found = (getattr(kind, attribute) for kind in kinds.KINDS)
    return set(chain.from_iterable([value] if isinstance(value, str) else value or () for value in found))


def entries(table: Mapping[str, object]) -> set[str]:
    return {f"{name}#" for name in table}


#: Toggles of the entries of a block.
SWITCHES = {f"{block.switch[0]}#" for block in (karma.VARS, mantra.PLANES)}
ENTRIES = entries({**karma.SEG, **karma.DEPTH, **mantra.DEPTH, **mantra.SEG})
#: Names that a variable stands for, by file and the expression as it is written there.
NAMED: Mapping[tuple[str, str], set[str]] = {
    **{(file, "kind.output"): of_kinds("output") for file in ("rop/output.py", "dialog/own_folders.py")},
    **{(file, "kind.camera"): of_kinds("camera") for file in ("rop/output.py", "clip/scene.py")},
    ("rop/output.py", "kind.tiled"): of_kinds("tiled"),
    ("rop/output.py", "toggle"): of_kinds("deferred") | of_kinds("waits"),
    ("rop/output.py", "setting"): of_kinds("keeps"),
    ("rop/scene_range.py", "RANGE_MODE"): {kinds.RANGE_MODE},
    ("rop/scene_range.py", "LABS_WEDGES"): {kinds.LABS_WEDGES},
    ("rop/scene_range.py", "name"): {*kinds.RANGE, *kinds.STAGE_RANGE_OFFSET},
    ("rop/size.py", "width"): set(),  # what _pair was given
    ("rop/size.py", "height"): set(),
    ("rop/take.py", "TAKE"): {take.TAKE},
    ("rop/output.py", "FETCHED"): {kinds.FETCHED},
    ("rop/fetch.py", "FETCHED"): {kinds.FETCHED},
    ("clip/camera.py", "name"): set(),  # what `at` was given, which is a reader too
    ("script_parms.py", "name"): set(script_parms.SCRIPTS),
    ("script_parms.py", "f't{name}'"): {f"t{name}" for name in script_parms.SCRIPTS},
    ("script_parms.py", "f'l{name}'"): {f"l{name}" for name in script_parms.SCRIPTS},
    ("render_first.py", "name"): set(render_first.WAITING),
    ("rop/stage.py", "name"): set(kinds.RANGE),
    ("rop/stage.py", "RANGE_MODE"): {kinds.RANGE_MODE},
    ("setup_passes/blocks.py", "name"): set(),  # what set_all was given
    ("setup_passes/blocks.py", "{f'{name}{before + 1}': value for name, value in values.items()}"): ENTRIES,
    ("setup_passes/colours.py", "VALUES"): set(colours.VALUES),
    ("setup_passes/blocks.py", "f'{parm}{index}'"): entries(dict.fromkeys((*karma.VARS.names, *mantra.PLANES.names))),
    ("setup_passes/blocks.py", "f'{toggle}{index}'"): SWITCHES,
    ("setup_passes/blocks.py", "block.count"): {karma.VARS.count, mantra.PLANES.count},
    ("setup_passes/karma.py", "VARS.count"): {karma.VARS.count},
    ("selfcheck/names.py", "each"): of_kinds("waits") | set(kinds.BACKGROUND) | {kinds.RANGE_MODE, *kinds.RANGE},
    ("selfcheck/scene.py", "name"): set(),  # what set was given
    ("selfcheck/timing.py", "name"): {*kinds.WAITS, *kinds.BACKGROUND, *kinds.RANGE},
    ("selfcheck/sending.py", "name"): {*kinds.WAITS, *script_parms.SCRIPTS},
    ("selfcheck/sending.py", "PLANES.count"): {mantra.PLANES.count},
}
#: Names of types that a variable stands for, in createNode and in tables.
TYPES = {each for kind in kinds.KINDS for each in kind.types} | {kinds.FETCH}
#: Tokens in tables: by parameter.
TABLES: tuple[Mapping[str, str | int], ...] = (karma.DEPTH, karma.SEG, mantra.DEPTH, mantra.SEG)


@dataclass(frozen=True)
class Use:
    """One name in the sources."""

    name: str
    place: str


def unknown_parms(sources: Path) -> list[str]:
    known = set().union(*all_versions().values())
    return [f"{use.place}: {use.name}" for use in parms_used(sources) if use.name not in known]


def parms_used(sources: Path) -> Iterator[Use]:
    for file, place, call in calls(sources):
        reader = called(call)
        if reader == "set" and file.startswith("selfcheck/"):
            yield from (Use(each.arg, place) for each in call.keywords if each.arg is not None)
            continue
        position = 0 if (file, reader) == ("clip/camera.py", "at") else READERS.get(reader)
        if position is None or file in OTHERS:
            continue
        arguments = call.args[position : position + (2 if reader == "_pair" else 1)]
        for argument in arguments:
            yield from (Use(name, place) for name in names_of(file, argument, place))


def names_of(file: str, argument: ast.expr, place: str) -> set[str]:
    if isinstance(argument, ast.Constant):
        return {str(argument.value)}
    written = ast.unparse(argument)
    match argument:
        case ast.Dict(keys=keys):
            return set().union(*(names_of(file, key, place) for key in keys if key is not None))
        case ast.JoinedStr(values=[ast.Constant(value=str() as prefix), ast.FormattedValue()]) if (
            file,
            written,
        ) not in NAMED:
            return {f"{prefix}#"}
        case _:
            pass
    assert (file, written) in NAMED, f"{place}: say in NAMED which names {written} stands for"
    return NAMED[file, written]


def calls(sources: Path) -> Iterator[tuple[str, str, ast.Call]]:
    for path in sorted(sources.rglob("*.py")):
        file = path.relative_to(sources).as_posix()
        if file.startswith("vendor/"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield file, f"{file}:{node.lineno}", node


def called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def test_every_parameter_is_one_of_houdinis() -> None:
    assert unknown_parms(SOURCES) == []
    found = {use.name for use in parms_used(SOURCES)}
    assert {"snippet", "soho_foreground", "savebackground", "loppath", "resolutionx", "hitPz"} <= found
    used = {(file, ast.unparse(arg)) for file, _, call in calls(SOURCES) for arg in call.args}
    assert set(NAMED) <= used, "an entry of NAMED that nothing uses hides the next mistake"


def test_a_misspelt_name_is_found(tmp_path: Path) -> None:
    (tmp_path / "karma.py").write_text('op(wrangle).parm("vexsnippet").set(SNIPPET)\ntext(node, "snippet")\n')
    assert unknown_parms(tmp_path) == ["karma.py:1: vexsnippet"]


def test_every_kind_has_its_parameters_on_every_one_of_its_types() -> None:
    for kind in kinds.KINDS:
        for category, name in kind.types:
            spec = find(category, name) or find(category, f"{name}::2.0")
            assert spec is not None and spec.category == category, f"{category}/{name}"
            names = spec.names
            assert kind.output in names, f"{category}/{name} has no {kind.output}"
            assert kind.camera is None or kind.camera in names, f"{category}/{name} has no {kind.camera}"


def test_every_type_is_one_of_houdinis() -> None:
    known = {(category, name.removesuffix("::2.0")) for category, name in types()}
    # The self-check makes one of each type of kinds.py, which are looked at below.
    made = [
        (place, call.args[0])
        for file, place, call in calls(SOURCES)
        if called(call) == "createNode" and (file, ast.unparse(call.args[0])) != ("selfcheck/names.py", "name")
    ]
    names = {(place, node.value) for place, node in made if isinstance(node, ast.Constant)}
    assert len(names) == len(made)
    assert [each for each in names if each[1] not in {name for _, name in known}] == []
    assert known >= TYPES


def tokens_of(name: str) -> frozenset[str]:
    return frozenset().union(*(spec.tokens.get(name, frozenset()) for spec in types().values()))


def test_every_token_of_a_table_is_in_its_menu() -> None:
    for table in TABLES:
        for name, value in table.items():
            tokens = tokens_of(f"{name}#")
            assert not tokens or value in tokens, f"{name}# has no {value}"
            free = {"enable", "name", "sourceName", "filter", "vm_variable_plane", "vm_channel_plane"}
            assert tokens or name in free, f"nobody wrote down what {name}# may be"


def tokens_compared(sources: Path) -> Iterator[tuple[str, str, str]]:
    """(place, parameter, token) of `text(node, "p") == "token"`, by way of a variable too."""
    for path in sorted(sources.rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(function, ast.FunctionDef):
                continue
            held: dict[str, str] = {}
            for node in ast.walk(function):
                if (
                    isinstance(node, ast.Assign)
                    and isinstance(node.targets[0], ast.Name)
                    and (name := read(node.value))
                ):
                    held[node.targets[0].id] = name
            for node in ast.walk(function):
                if isinstance(node, ast.Compare):
                    left = held.get(node.left.id) if isinstance(node.left, ast.Name) else read(node.left)
                    for token in (each.value for each in node.comparators if isinstance(each, ast.Constant)):
                        if left is not None and isinstance(token, str) and token:
                            yield f"{path.relative_to(sources)}:{node.lineno}", left, token


def read(node: ast.expr) -> str | None:
    """The parameter whose text an expression is."""
    match node:
        case ast.Call(func=ast.Name(id="text"), args=[_, ast.Constant(value=str() as name), *_]):
            return name
        case ast.Call(
            func=ast.Name(id="text"), args=[_, ast.JoinedStr(values=[ast.Constant(value=str() as prefix), _]), *_]
        ):
            return f"{prefix}#"
        case _:
            return None


def test_every_token_that_is_compared_is_in_its_menu() -> None:
    found = list(tokens_compared(SOURCES))
    assert {("res_fraction", "specific"), ("override_res", "scale")} <= {(name, token) for _, name, token in found}
    assert "no" in kinds.OVERWRITES & tokens_of("soho_skip_frame")
    free = {"sourceName#"}  # text of the artist's own
    assert [each for each in found if each[2] not in tokens_of(each[1]) and each[1] not in free] == []
    assert {"python", "hscript"} <= tokens_of("lprerender") & tokens_of("lpostrender")


def test_a_misspelt_token_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text('def f(node):\n    mode = text(node, "override_res")\n    return mode == "scaled"\n')
    [(_, name, token)] = tokens_compared(tmp_path)
    assert token not in tokens_of(name)
