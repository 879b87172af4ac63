"""A work item of PDG as a script sees it, in process (pdg.WorkItem) and out of process (pdgjson.WorkItem).

Names as in sidefx.com/docs/houdini/tops/jobapi.html and tops/pdg/WorkItem.html.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from .errors import CosmosError


class InputFile(Protocol):
    """The part of pdg.File that is used here."""

    @property
    def local_path(self) -> str:
        """Path on this machine."""
        ...


class WorkItem(Protocol):
    """The used part of pdg.WorkItem, and of pdgjson's out of process (sidefx.com/docs/houdini/tops/jobapi.html)."""

    @property
    def name(self) -> str:
        """Unique in its graph."""
        ...

    @property
    def inputFiles(self) -> Sequence[InputFile]:
        """Output files of the work items before it."""
        ...

    def attribValue(self, name: str) -> object:
        """Value of an attribute; None where there is none."""
        ...

    def addOutputFile(self, path: str, tag: str) -> None:
        """A file for the work items after it."""
        ...

    def setStringAttrib(self, name: str, value: str, index: int) -> None:
        """Text for the work items after it."""
        ...


def chosen(work_item: WorkItem, name: str, given: object) -> object:
    """The argument of the call, else the attribute cosmos_<name>."""
    return work_item.attribValue(f"cosmos_{name}") if given is None else given


def text(value: object) -> str | None:
    """Text; None where there is none."""
    return None if value is None or value == "" else str(value)


def number(work_item: WorkItem, name: str, value: object) -> float | None:
    """A number; None where there is none. Raises CosmosError pdg_attribute."""
    try:
        return None if value is None or value == "" else float(str(value))
    except ValueError:
        raise CosmosError(
            "pdg_attribute", f"cosmos_{name} of {work_item.name} is {value!r} and no number: correct the attribute."
        ) from None
