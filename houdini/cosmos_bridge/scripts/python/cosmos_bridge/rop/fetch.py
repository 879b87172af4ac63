"""Finds the node that renders, from the node that the artist selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import CosmosError
from .kinds import FETCH, FETCHED
from .parms import text, type_of

if TYPE_CHECKING:
    import hou


def rendering(node: hou.Node) -> hou.Node:
    """The node itself, or for a Fetch node the node that it fetches, through any number of Fetch nodes.

    Raises CosmosError fetch_empty for a Fetch that leads to no node or in a circle.
    """
    seen: set[str] = set()
    found = node
    while type_of(found) == FETCH:
        seen.add(found.path())
        after = found.node(text(found, FETCHED) or "")
        if after is None or after.path() in seen:
            raise CosmosError(
                "fetch_empty",
                f"{found.path()} fetches no render node: fill in its Source.",
                {"node": found.path()},
            )
        found = after
    return found
