"""Questions that are asked faster than they are answered, as while a slider is dragged. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Generic, TypeVar

Params = Mapping[str, object]
_A = TypeVar("_A")


class Newest(Generic[_A]):
    """Asks one question at a time; of those that come up meanwhile only the newest is asked, and told of."""

    def __init__(self, ask: Callable[[Params, Callable[[_A], None]], None], told: Callable[[_A], None]) -> None:
        self._ask = ask
        self._told = told
        self._asking = False
        self._next: Params | None = None
        self._round = 0

    def ask(self, params: Params) -> None:
        """Ask this, now or as soon as the question before it is answered."""
        self._next = params
        if not self._asking:
            self._ask_next()

    def forget(self) -> None:
        """Answers to what was asked so far are of no interest any more."""
        self._round += 1
        self._asking = False
        self._next = None

    def _ask_next(self) -> None:
        if self._next is None:
            return
        params, self._next = self._next, None
        self._asking = True
        self._ask(params, partial(self._answered, self._round))

    def _answered(self, round_: int, answer: _A) -> None:
        if round_ != self._round:
            return
        self._asking = False
        if self._next is None:
            self._told(answer)
        else:
            self._ask_next()
