"""The Cosmos panel of a Houdini pane. Only `CosmosPanel` loads Qt, and only when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .panel import CosmosPanel

__all__ = ["CosmosPanel"]


def __getattr__(name: str) -> object:
    if name != "CosmosPanel":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .panel import CosmosPanel

    return CosmosPanel
