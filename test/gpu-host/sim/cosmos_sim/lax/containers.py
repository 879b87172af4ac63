"""Lists, pairs and objects with fields."""

from typing import Any, NamedTuple

from .refused import Problem, Reader, Refused, refuse

REQUIRED = object()
UNSET = object()


class Field(NamedTuple):
    """How one key is read, and what holds without it: REQUIRED refuses, UNSET leaves the key away."""

    read: Reader
    default: Any = UNSET


def sequence(read: Reader) -> Reader:
    def read_list(value: Any) -> list:
        if not isinstance(value, list):
            raise refuse("list_type", "Input should be a valid list", value)
        return _members(read, list(enumerate(value)))

    return read_list


def pair(read: Reader) -> Reader:
    def read_pair(value: Any) -> list:
        if not isinstance(value, list):
            raise refuse("tuple_type", "Input should be a valid tuple", value)
        if len(value) > 2:
            message = f"Tuple should have at most 2 items after validation, not {len(value)}"
            raise refuse("too_long", message, value)
        missing = [Problem((index,), "missing", "Field required", value) for index in range(len(value), 2)]
        return _members(read, list(enumerate(value)), missing)

    return read_pair


def _members(read: Reader, members: list[tuple[int, Any]], problems: list[Problem] | None = None) -> list:
    values, found = [], []
    for index, member in members:
        try:
            values.append(read(member))
        except Refused as refused:
            found += refused.below(index)
    if found or problems:
        raise Refused(found + (problems or []))
    return values


class Model:
    """An object with known keys. `unknown` says whether other keys are refused ("forbid") or dropped ("ignore")."""

    def __init__(self, name: str, fields: dict[str, Field], unknown: str):
        self.name = name
        self.fields = fields
        self.unknown = unknown

    def __call__(self, value: Any) -> dict:
        if not isinstance(value, dict):
            message = f"Input should be a valid dictionary or instance of {self.name}"
            raise refuse("model_type", message, value)
        values, problems = {}, []
        for key, field in self.fields.items():
            try:
                self._read(key, field, value, values)
            except Refused as refused:
                problems += refused.below(key)
        problems += self._strangers(value)
        if problems:
            raise Refused(problems)
        return values

    def _read(self, key: str, field: Field, given: dict, values: dict) -> None:
        if key in given:
            values[key] = field.read(given[key])
        elif field.default is REQUIRED:
            raise refuse("missing", "Field required", given)
        elif field.default is not UNSET:
            values[key] = field.default

    def _strangers(self, given: dict) -> list[Problem]:
        if self.unknown == "ignore":
            return []
        strange = [key for key in given if key not in self.fields]
        return [Problem((key,), "extra_forbidden", "Extra inputs are not permitted", given[key]) for key in strange]
