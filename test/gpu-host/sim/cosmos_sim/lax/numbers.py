"""Whole and real numbers, with bounds."""

import re
from typing import Any

from .refused import Reader, refuse

# Digits in groups, and a fraction of zeros only; float() and int() of Python would let more pass.
WHOLE = re.compile(r"(?:\+|(-?))0*([0-9]+(?:_[0-9]+)*)(?:\.0+)?")
MOST_CHARACTERS = 4300  # of a number, with its minus
# Unicode's White_Space; str.strip() would also take the separators U+001C to U+001F.
BLANKS = " \t\n\x0b\x0c\r\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))


def _whole(value: Any) -> int:
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return _whole_of_float(value)
    if isinstance(value, str):
        return _whole_of_text(value)
    raise refuse("int_type", "Input should be a valid integer", value)


def _whole_of_float(value: float) -> int:
    if value != value or value in (float("inf"), float("-inf")):
        raise refuse("finite_number", "Input should be a finite number", value)
    if not value.is_integer():
        raise refuse("int_from_float", "Input should be a valid integer, got a number with a fractional part", value)
    if abs(value) >= 2**63:
        raise refuse("int_parsing_size", "Unable to parse input string as an integer, exceeded maximum size", value)
    return int(value)


def _whole_of_text(value: str) -> int:
    match = WHOLE.fullmatch(value.strip(BLANKS))
    if match is None:
        raise refuse("int_parsing", "Input should be a valid integer, unable to parse string as an integer", value)
    if len((match[1] or "") + match[2]) > MOST_CHARACTERS:
        raise refuse("int_parsing_size", "Unable to parse input string as an integer, exceeded maximum size", value)
    return int((match[1] or "") + match[2])


def _real(value: Any) -> float:
    if isinstance(value, str):
        return _real_of_text(value)
    if isinstance(value, (int, float)):
        try:
            return float(value)
        except OverflowError:
            pass  # too large for 64 bits: pydantic sees no number there
    raise refuse("float_type", "Input should be a valid number", value)


def _real_of_text(value: str) -> float:
    text = value.strip(BLANKS)
    # One underscore at a time may stand anywhere inside; Python wants it between digits, and strips more than blanks.
    grouped = text.isascii() and not text.startswith("_") and not text.endswith("_") and "__" not in text
    try:
        return float(text.replace("_", "") if grouped and text.split() == [text] else "")
    except ValueError:
        message = "Input should be a valid number, unable to parse string as a number"
        raise refuse("float_parsing", message, value) from None


def _bounded(read: Reader, gt: float | None, ge: float | None, le: float | None) -> Reader:
    def bounded(value: Any) -> Any:
        number = read(value)
        # Written so that NaN is outside every bound; pydantic asks in this order.
        if le is not None and not number <= le:
            raise refuse("less_than_equal", f"Input should be less than or equal to {le}", value)
        if ge is not None and not number >= ge:
            raise refuse("greater_than_equal", f"Input should be greater than or equal to {ge}", value)
        if gt is not None and not number > gt:
            raise refuse("greater_than", f"Input should be greater than {gt}", value)
        return number

    return bounded


def integer(gt: int | None = None, ge: int | None = None, le: int | None = None) -> Reader:
    return _bounded(_whole, gt, ge, le)


def number(gt: float | None = None, ge: float | None = None, le: float | None = None) -> Reader:
    return _bounded(_real, gt, ge, le)
