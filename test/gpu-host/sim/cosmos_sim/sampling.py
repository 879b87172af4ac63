"""The steps of one chunk: a bar on standard error, of every rank."""

from .bars import Bar
from .faults import Faults
from .pace import spend


def sample_chunk(title: str, steps: int, faults: Faults) -> None:
    bar = Bar(title, steps)
    for _ in range(steps):
        faults.at_step()
        spend("STEP")
        bar.advance()
    bar.close()
