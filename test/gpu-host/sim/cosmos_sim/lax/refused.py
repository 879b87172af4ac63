"""What a reader answers to a value it does not take."""

from collections.abc import Callable
from typing import Any, NamedTuple

Reader = Callable[[Any], Any]


class Problem(NamedTuple):
    """One complaint: where (keys and indexes), pydantic's error type, its sentence, and the value."""

    loc: tuple
    type: str
    message: str
    value: Any


class Refused(Exception):
    def __init__(self, problems: list[Problem]):
        super().__init__(problems)
        self.problems = problems

    def below(self, step: Any) -> list[Problem]:
        return [problem._replace(loc=(step, *problem.loc)) for problem in self.problems]


def refuse(kind: str, message: str, value: Any) -> Refused:
    return Refused([Problem((), kind, message, value)])
