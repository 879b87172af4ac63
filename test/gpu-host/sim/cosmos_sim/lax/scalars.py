"""Text, truth values and choices."""

from typing import Any

from .refused import Reader, refuse


def string(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise refuse("string_type", "Input should be a valid string", value)


TRUE = {"1", "on", "t", "true", "y", "yes"}
FALSE = {"0", "off", "f", "false", "n", "no"}


def boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    known = isinstance(value, (int, float)) and value in (0, 1)
    if known:
        return bool(value)
    if isinstance(value, str) and value.lower() in TRUE | FALSE:
        return value.lower() in TRUE
    # A number beyond 64 bits, or with a fraction, is none to pydantic's reader of booleans.
    whole = isinstance(value, (int, float)) and value % 1 == 0 and -(2**63) <= value < 2**63
    if isinstance(value, str) or whole:
        raise refuse("bool_parsing", "Input should be a valid boolean, unable to interpret input", value)
    raise refuse("bool_type", "Input should be a valid boolean", value)


def _choice(kind: str, choices: tuple, value: Any) -> Any:
    # Equality of Python, so that true is 1 and 2.0 is 2.
    found = [choice for choice in choices if not isinstance(value, (list, dict)) and choice == value]
    if found:
        return found[0]
    if isinstance(value, int) and not -(2**63) <= value < 2**63 and any(isinstance(choice, int) for choice in choices):
        raise refuse("int_parsing_size", "Unable to parse input string as an integer, exceeded maximum size", value)
    names = [repr(choice) for choice in choices]
    listed = " or ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
    raise refuse(kind, f"Input should be {listed}", value)


def literal(*choices: Any) -> Reader:
    return lambda value: _choice("literal_error", choices, value)


def enum(*choices: str) -> Reader:
    return lambda value: _choice("enum", choices, value)


def optional(read: Reader) -> Reader:
    return lambda value: None if value is None else read(value)


def mapping(value: Any) -> dict:
    if isinstance(value, dict):
        return value
    raise refuse("dict_type", "Input should be a valid dictionary", value)
