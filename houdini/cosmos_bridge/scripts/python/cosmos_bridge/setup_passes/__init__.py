"""Adds the passes that Cosmos uses, camera depth and a flat id, to a Karma or Mantra setup."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..errors import CosmosError
from ..rop.fetch import rendering
from ..rop.parms import type_of
from . import karma, mantra

if TYPE_CHECKING:
    import hou

#: Labs' node for training data: it renders masks of objects itself (sideeffects/SideFXLabs).
IDS_OF_ITS_OWN = frozenset({"labs::ml_cv_synthetics_karma_rop"})
UNDO_LABEL = "Set up Cosmos passes"


def set_up_passes(nodes: Iterable[hou.Node]) -> tuple[str, ...]:
    """Sets up the nodes in one undo step; returns one sentence for each thing that was done or refused.

    A second call changes nothing. Existing passes of the same name are not changed.
    """
    import hou

    said: list[str] = []
    with hou.undos.group(UNDO_LABEL):
        for node in nodes:
            said.extend(_set_up(node))
    return tuple(said) or ("Nothing is selected: select a Karma or Mantra node.",)


def _set_up(node: hou.Node) -> list[str]:
    import hou

    try:
        return _added(node)
    except CosmosError as error:
        return [error.sentence]
    except (hou.PermissionError, hou.OperationFailed) as refused:
        return [f"{node.path()} cannot be changed ({refused}): unlock the asset or take that it belongs to."]


def _added(chosen: hou.Node) -> list[str]:
    node = rendering(chosen)
    if type_of(node)[1] in IDS_OF_ITS_OWN:
        return [f"{node.path()} writes ids of its own and nothing was added: name the layer for the id pass seg."]
    if mantra.is_mantra(node):
        return mantra.set_up(node)
    settings = karma.settings_of(node)
    if settings is not None:
        return karma.set_up(settings)
    return [
        f"{node.path()} is neither Karma nor Mantra, and no Karma Render Settings stands before it: "
        "select one of those nodes."
    ]
