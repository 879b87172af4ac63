"""What Houdini makes of `$F4`, `$OS` and backticks in a text parameter.

`$OS` and relative channel references mean something on a node only (SideFX, "Local variables"): without a node they
stay as they are, as `hou.text.expandString` leaves them.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from .errors import OperationFailed

VARIABLE = re.compile(r"\\\$|\$(?:\{(\w+)\}|([A-Za-z_]\w*))")
BACKTICKS = re.compile(r"`([^`]*)`")
_OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Mod: operator.mod,
}


@dataclass(frozen=True)
class Context:
    """Where a text is evaluated."""

    frame: float
    variables: dict[str, str]
    channel: Callable[[str, float], str | float] | None = None
    """Value of a parameter by path relative to the node; None = there is no node."""
    sign_padded: bool = True
    """Whether "-003" (C's way) or "-0003" is printed for $F4; which one Houdini does is not documented."""
    local: dict[str, str] = field(default_factory=dict)


def expand(text: str, context: Context) -> str:
    """The text as a string parameter evaluates to."""
    shown = BACKTICKS.sub(lambda match: _print(evaluate(match[1], context)), text)
    return VARIABLE.sub(lambda match: _variable(match, context), shown)


def evaluate(expression: str, context: Context) -> str | float:
    """Value of an HScript expression; the few functions that file names use."""
    source = VARIABLE.sub(lambda match: _variable(match, context), expression)
    try:
        return _Evaluator(context).value(ast.parse(source.strip(), mode="eval").body)
    except (SyntaxError, ValueError, TypeError, ZeroDivisionError) as wrong:
        raise OperationFailed(f"Bad expression: {expression}") from wrong


def padded(frame: int, digits: int, sign_padded: bool = True) -> str:
    """A frame number as $F<digits> prints it."""
    sign = "-" if frame < 0 else ""
    return sign + str(abs(frame)).zfill(digits - (len(sign) if sign_padded else 0))


def _variable(match: re.Match[str], context: Context) -> str:
    if match[0] == "\\$":
        return "$"
    name = match[1] or match[2]
    frame = re.fullmatch(r"F([1-9]?)", name)
    if frame:
        return padded(round(context.frame), int(frame[1] or 1), context.sign_padded)
    if name == "FF":
        return f"{context.frame:g}"
    return context.local.get(name, context.variables.get(name, match[0]))


def _print(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:g}"


class _Evaluator:
    def __init__(self, context: Context) -> None:
        self._context = context

    def value(self, node: ast.expr) -> str | float:
        match node:
            case ast.Constant(value=str() | int() | float() as constant):
                return constant
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -float(self.value(operand))
            case ast.BinOp(left=left, op=sign, right=right):
                return _OPERATORS[type(sign)](float(self.value(left)), float(self.value(right)))
            case ast.Call(func=ast.Name(id=name), args=args):
                return self._call(name, [self.value(each) for each in args])
            case _:
                raise ValueError(ast.dump(node))

    def _call(self, name: str, args: list[str | float]) -> str | float:
        if name == "padzero":
            return padded(int(float(args[1])), int(float(args[0])), self._context.sign_padded)
        if name in ("ch", "chs") and self._context.channel is not None:
            found = self._context.channel(str(args[0]), self._context.frame)
            return str(found) if name == "chs" else float(found)
        raise ValueError(name)
