"""The steps of one chunk, with their bar."""

from .bars import Bar
from .faults import Faults
from .pace import spend


def sample_chunk(title: str, steps: int, faults: Faults, shown: bool = True) -> None:
    bar = Bar(title, steps, shown)
    for _ in range(steps):
        faults.at_step()
        spend("STEP")
        bar.advance()
    bar.close()
