"""Parameters: values, expressions, menus, buttons and multi-parameter blocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .catalogue import Button, Default, Expression, Menu, Multi, Value
from .enums import EnumValue, exprLanguage
from .errors import OperationFailed
from .expand import evaluate, expand

if TYPE_CHECKING:
    from .node import OpNode


class Parm:
    """`hou.Parm`."""

    def __init__(self, node: OpNode, name: str, default: Default) -> None:
        self._node, self._name, self._default = node, name, default
        self._expression: tuple[str, EnumValue] | None = None
        match default:
            case Expression(text=text):
                self._value: Value = 0.0
                self._expression = text, exprLanguage.Hscript
            case Menu(default=ordinal):
                self._value = ordinal
            case Button():
                self._value = 0
            case Multi(default=count):
                self._value = count
            case str() | int() | float():
                self._value = default

    def name(self) -> str:
        return self._name

    def node(self) -> OpNode:
        return self._node

    def path(self) -> str:
        return f"{self._node.path()}/{self._name}"

    def eval(self) -> int | float | str:
        return self.evalAtFrame(self._node._scene.frame)

    def evalAtFrame(self, frame: float) -> int | float | str:
        self._node._alive()
        context = self._node._context(frame)
        if self._expression is not None:
            value = self._evaluated(self._expression, frame)
            return value if isinstance(self._value, str) else self._as_kind(value)
        return expand(self._value, context) if isinstance(self._value, str) else self._value

    def evalAsString(self) -> str:
        value = self.eval()
        if isinstance(self._default, Menu):
            return self._default.tokens[int(value)]
        return value if isinstance(value, str) else f"{value:g}"

    def unexpandedString(self) -> str:
        if not isinstance(self._value, str):
            raise OperationFailed("The parameter is not a string parameter.")
        if self._expression is not None:
            raise OperationFailed("The parameter has keyframes.")
        return self._value

    def expression(self) -> str:
        if self._expression is None:
            raise OperationFailed("The parameter has no expression.")
        return self._expression[0]

    def setExpression(
        self, expression: str, language: EnumValue | None = None, replace_expression: bool = True
    ) -> None:
        before = self._state()
        self._expression = expression, language or exprLanguage.Hscript
        self._changed(before)

    def keyframes(self) -> tuple[object, ...]:
        """An expression is one keyframe."""
        return () if self._expression is None else (self._expression,)

    def deleteAllKeyframes(self) -> None:
        before = self._state()
        self._expression = None
        self._changed(before)

    def set(
        self,
        value: int | float | str | Mapping[str, str],
        language: EnumValue | None = None,
        follow_parm_reference: bool = True,
    ) -> None:
        """Text for text, numbers for numbers; a menu also takes its tokens. Anything else is Houdini's TypeError."""
        self._node._changeable()
        before = self._state()
        self._value, self._expression = self._accepted(value), None
        self._changed(before)
        if isinstance(self._default, Multi):
            self._node._resize(self, int(self._value))

    def pressButton(self, arguments: Mapping[str, int | bool | float | str] = {}) -> None:
        if not isinstance(self._default, Button):
            raise OperationFailed("The parameter is no button.")
        self._node._pressed(self._name)

    def _accepted(self, value: object) -> Value:
        if isinstance(self._default, Menu) and isinstance(value, str):
            if value not in self._default.tokens:
                raise OperationFailed(f"{value} is not in the menu.")
            return self._default.tokens.index(value)
        if isinstance(self._value, str) != isinstance(value, str) or not isinstance(value, (str, int, float)):
            raise TypeError(f"Cannot set {self.path()} to {value!r}")
        return value if isinstance(value, str) else self._as_kind(value)

    def _as_kind(self, value: Value) -> Value:
        return int(float(value)) if isinstance(self._value, int) else float(value)

    def _evaluated(self, expression: tuple[str, EnumValue], frame: float) -> Value:
        text, language = expression
        if language == exprLanguage.Python:
            found: object = eval(text, {"hou": self._node._scene.module, "frame": lambda: frame})
            if isinstance(found, (str, int, float)):
                return found
            raise OperationFailed(f"Bad expression: {text}")
        return evaluate(text, self._node._context(frame))

    def _state(self) -> tuple[Value, tuple[str, EnumValue] | None]:
        return self._value, self._expression

    def _changed(self, before: tuple[Value, tuple[str, EnumValue] | None]) -> None:
        def restore() -> None:
            self._value, self._expression = before

        self._node._scene.undos.record("Change Parameter", restore)
