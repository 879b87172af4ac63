"""Sends only the newest of many questions, for example while a slider is dragged. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Generic, TypeVar

Params = Mapping[str, object]
_A = TypeVar("_A")


class Newest(Generic[_A]):
    """Asks one question at a time. Of the questions that come while one is open, only the newest is asked next."""

    def __init__(self, ask: Callable[[Params, Callable[[_A], None]], None], answered: Callable[[_A], None]) -> None:
        self._ask = ask
        self._show = answered
        self._asking = False
        self._next: Params | None = None
        self._round = 0

    def ask(self, params: Params) -> None:
        """Ask this now, or as soon as the open question is answered."""
        self._next = params
        if not self._asking:
            self._ask_next()

    def forget(self) -> None:
        """Ignore the answers to all questions asked so far."""
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
            self._show(answer)
        else:
            self._ask_next()
