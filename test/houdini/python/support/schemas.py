"""The daemon's own schemas, for checking what the plugin sends and takes."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

FOLDER = Path(__file__).parents[4] / "schemas" / "json"

Json = dict[str, Any]


def check(name: str, value: object) -> None:
    """Fails unless `value` is what schemas/json/NAME.schema.json describes."""
    _check(_document(name), value)


def check_params(method: str, params: object) -> None:
    """Fails unless `params` are those of a method. Methods take nothing beside what the protocol names."""
    _check(_params(method), params)


def check_result(method: str, result: object) -> None:
    """Fails unless `result` is what a method answers."""
    _check(_result(method), result)


def check_notification(name: str, params: object) -> None:
    """Fails unless `params` are those of a notification."""
    _check(_notification(name), params)


def definition(name: str) -> Json:
    """A shared type of the protocol."""
    found: Json = _protocol()["components"]["schemas"][name]
    return found


def document(name: str) -> Json:
    """What schemas/json/NAME.schema.json describes: a file that people or the plugin write."""
    found = _load(f"{name}.schema.json")
    shared: Json = found["$defs"][found["$ref"].rsplit("/", 1)[1]] if "$ref" in found else found
    return shared


def _check(validator: Draft202012Validator, value: object) -> None:
    wrong = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]
    assert wrong == []


@cache
def _document(name: str) -> Draft202012Validator:
    return Draft202012Validator(_load(f"{name}.schema.json"))


@cache
def _params(method: str) -> Draft202012Validator:
    descriptors = _method(method)["params"]
    return _with_components(
        {
            "type": "object",
            "properties": {one["name"]: one["schema"] for one in descriptors},
            "required": [one["name"] for one in descriptors if one["required"]],
            "additionalProperties": False,
        }
    )


@cache
def _result(method: str) -> Draft202012Validator:
    return _with_components(_method(method)["result"]["schema"])


@cache
def _notification(name: str) -> Draft202012Validator:
    [found] = [one for one in _protocol()["x-notifications"] if one["name"] == name]
    return _with_components(found["params"])


def _method(name: str) -> Json:
    found: list[Json] = [one for one in _protocol()["methods"] if one["name"] == name]
    assert found, f"the protocol has no method {name}"
    return found[0]


def _with_components(schema: Json) -> Draft202012Validator:
    return Draft202012Validator({"components": _protocol()["components"], **schema})


def _protocol() -> Json:
    return _load("protocol.openrpc.json")


@cache
def _load(name: str) -> Json:
    found: Json = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return found
