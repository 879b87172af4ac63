"""Complaints in the shape in which pydantic prints them."""

from .lax.refused import Problem

VERSION = "2.11"
LONGEST_INPUT = 50


def complaint(model: str, problems: list[Problem]) -> str:
    """`2 validation errors for M`, then two lines a problem and a third with the address of its explanation."""
    count = f"{len(problems)} validation error{'' if len(problems) == 1 else 's'} for {model}"
    return "\n".join([count, *(line for problem in problems for line in _lines(problem))])


def _lines(problem: Problem) -> list[str]:
    details = f"[type={problem.type}, input_value={_short(problem.value)}, input_type={type(problem.value).__name__}]"
    address = f"    For further information visit https://errors.pydantic.dev/{VERSION}/v/{problem.type}"
    place = [".".join(str(step) for step in problem.loc)] if problem.loc else []
    return [*place, f"  {problem.message} {details}", address]


def _short(value: object) -> str:
    text = repr(value)
    half = LONGEST_INPUT // 2
    return text if len(text) <= LONGEST_INPUT else f"{text[:half]}...{text[-half + 1 :]}"
