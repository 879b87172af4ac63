"""Node types of the fake: what records of real Houdinis say, read from test/data/houdini (see its README).

Of a type that was dumped in several versions the newest counts, so a test that cares for another says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[4] / "data" / "houdini"

Value = str | int | float


@dataclass(frozen=True)
class Expression:
    """A default that is an HScript expression."""

    text: str


@dataclass(frozen=True)
class Menu:
    """A parameter that evaluates to the ordinal of a token."""

    tokens: tuple[str, ...]
    default: int = 0


@dataclass(frozen=True)
class Button:
    """A push button."""


@dataclass(frozen=True)
class Multi:
    """A multi-parameter block: its count, and the parameters of one instance with # for its number from 1 on."""

    parms: Mapping[str, Value]
    default: int = 0


Default = Value | Expression | Menu | Button | Multi


@dataclass(frozen=True)
class TypeSpec:
    """One node type."""

    category: str
    name: str
    parms: Mapping[str, Default]
    created: Mapping[str, Default] = field(default_factory=dict)
    """What only the creation script adds: a node made without it lacks them."""
    tokens: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Menu tokens by parameter, of text parameters too, as far as anybody wrote them down."""

    @property
    def names(self) -> frozenset[str]:
        """Every parameter, those of blocks with # for their number."""
        found = {**self.parms, **self.created}
        within = (name for default in found.values() if isinstance(default, Multi) for name in default.parms)
        return frozenset([*found, *within])


@cache
def types() -> Mapping[tuple[str, str], TypeSpec]:
    """Every known type by category and full name."""
    dumped, recorded = _dumped(), _recorded()
    newest: dict[tuple[str, str], list[list[Any]]] = {}
    for node in sorted(dumped, key=lambda each: tuple(map(int, each["houdini"].split(".")))):
        newest[node["category"], node["type"]] = node["parms"]
    created: dict[tuple[str, str], list[list[Any]]] = {}
    for node in recorded["nodes"]:
        key = node["category"], node["type"]
        like = newest[tuple(node["like"])] if "like" in node else []
        newest[key] = [*newest.get(key, []), *like, *node["parms"]]
        created[key] = node["created"]["parms"] if "created" in node else []
    return {key: _spec(key, parms, created.get(key, []), recorded) for key, parms in newest.items()}


@cache
def all_versions() -> Mapping[tuple[str, str], frozenset[str]]:
    """Parameter names by type, of whichever version had them."""
    recorded = _recorded()
    found = {key: spec.names for key, spec in types().items()}
    for node in _dumped():
        key = node["category"], node["type"]
        found[key] |= _spec(key, node["parms"], [], recorded).names
    return found


def find(category: str | None, type_name: str) -> TypeSpec | None:
    """A type by full name, else by its bare one: a studio's own "studio::karma::2.0" is made from karma."""
    parts = [part for part in type_name.split("::") if not part.replace(".", "").isdigit()]
    for name in (type_name, "::".join(parts), parts[-1]):
        for (owner, known), spec in types().items():
            if known == name and owner == (category or owner):
                return spec
    return None if category is None else find(None, type_name)


@cache
def _dumped() -> list[dict[str, Any]]:
    """Types as they were dumped; the first line says where they are from."""
    _, *lines = (DATA / "nodes.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


@cache
def _recorded() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / "recorded.json").read_text("utf-8"))
    return found


def _spec(
    key: tuple[str, str], parms: list[list[Any]], created: list[list[Any]], recorded: Mapping[str, Any]
) -> TypeSpec:
    known: dict[str, list[str]] = {k: v for k, v in recorded["tokens"].items() if isinstance(v, list)}
    known |= recorded["tokens"]["of"].get("/".join(key), {})
    tokens = {name: known[name] for name, *_ in parms if name in known}
    tokens |= {each[0]: each[3] for each in (*parms, *created) if len(each) > 3}
    components = recorded["components"]
    naming = {**components["names"], **components["of"].get("/".join(key), components["of"]["*"])}
    own, added = (dict(_defaults(each, naming, recorded["expressions"], known)) for each in (parms, created))
    return TypeSpec(*key, own, added, {name: frozenset(each) for name, each in tokens.items()})


def _defaults(
    parms: list[list[Any]], naming: Mapping[str, str], expressions: Mapping[str, str], known: Mapping[str, list[str]]
) -> Iterator[tuple[str, Default]]:
    """One entry a parameter; of several values one a component, as far as their names are known."""
    for index, (name, kind, default, *tokens) in enumerate(parms):
        if "#" in name:
            continue
        if kind == "Folder":
            inner = dict(_instance(parms[index + 1 :]))
            yield name, Multi(inner, default or 0) if inner else 0
        elif kind == "Button" or kind == "Data":
            yield name, Button()
        elif kind == "Menu":
            yield name, Menu(tuple(tokens[0] if tokens else known.get(name, ())), default)
        elif isinstance(default, list):
            if name in naming:
                for component, value in zip(naming[name], default, strict=True):
                    full = f"{name}{component}"
                    yield full, Expression(expressions[full]) if full in expressions and value == 0 else value
        else:
            yield name, int(default) if kind == "Toggle" else default


def _instance(rest: list[list[Any]]) -> Iterator[tuple[str, Value]]:
    """The parameters of a block: those with # up to the next folder without one."""
    for name, kind, default, *_ in rest:
        if kind == "Folder" and "#" not in name:
            return
        if "#" in name and kind in ("String", "Int", "Float", "Toggle", "Menu") and not isinstance(default, list):
            yield name, int(default) if kind in ("Toggle", "Menu") else default
