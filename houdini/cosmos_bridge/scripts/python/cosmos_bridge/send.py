"""Sends nodes to Cosmos as jobs. `prepare` must run on Houdini's main thread; delivery may run on any thread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from .choices import USER_DATA, Choices, keep_choices
from .clip_plan import ClipPlan
from .compose import compose
from .deliver import Connect, deliver
from .delivery import Delivery
from .errors import CosmosError
from .parcel import Parcel
from .render_first import render
from .rop.frames import FrameRange
from .send_plan import SendPlan, plan

if TYPE_CHECKING:
    import hou

__all__ = ["Mode", "SendOutcome", "SendPlan", "plan", "prepare", "send"]

#: Send the frames that are on disk, or render first.
Mode = Literal["existing", "render"]


@dataclass(frozen=True, slots=True)
class SendOutcome:
    """The result of a send, with one entry for each clip."""

    deliveries: tuple[Delivery, ...]
    problems: tuple[CosmosError, ...]

    def sentence(self) -> str:
        """The whole result in words."""
        done = [f"{delivery.clip}: {delivery.sentence()}." for delivery in self.deliveries]
        return " ".join([*done, *(problem.sentence for problem in self.problems)])


def send(
    nodes: Iterable[hou.Node],
    choices: Choices | None,
    mode: Mode = "existing",
    frames: FrameRange | None = None,
    connect: Connect | None = None,
) -> SendOutcome:
    """Sends the clips of these nodes and stores the choices on them; arguments as for `prepare`.

    A clip that cannot be sent becomes a problem in the outcome; the others are still sent.
    """
    parcels, problems = prepare(nodes, choices, mode, frames)
    deliveries: list[Delivery] = []
    for parcel in parcels:
        try:
            deliveries.append(deliver(parcel, connect))
        except CosmosError as error:
            problems.append(error)
    return SendOutcome(tuple(deliveries), tuple(problems))


def prepare(
    nodes: Iterable[hou.Node], choices: Choices | None, mode: Mode = "existing", frames: FrameRange | None = None
) -> tuple[list[Parcel], list[CosmosError]]:
    """Writes manifests and returns parcels, with the problems of clips that cannot be sent.

    Without nodes: the clips of the scene. `choices` None = those stored on the nodes, which repeats the last send, so
    of the whole scene only clips that were sent before. Mode "render" blocks as Houdini's own render
    button does. `frames` replaces the nodes' own ranges.
    """
    chosen = tuple(nodes)
    if mode == "render":
        render(chosen, frames)
    found = plan(chosen, frames)
    parcels: list[Parcel] = []
    problems = list(found.problems)
    for clip in found.clips:
        if not chosen and choices is None and not was_sent(clip):
            continue
        try:
            parcels.append(_parcel(clip, choices))
        except CosmosError as error:
            problems.append(error)
    return parcels, problems


def was_sent(clip: ClipPlan) -> bool:
    """Whether choices are stored for this clip, so that it was sent before."""
    return _keeper(clip).userData(USER_DATA) is not None


def _keeper(clip: ClipPlan) -> hou.Node:
    import hou

    node = hou.node(clip.node)
    if node is None:
        raise CosmosError("rop_gone", f"{clip.node} is not in the scene any more.", {"node": clip.node})
    return node


def _parcel(clip: ClipPlan, choices: Choices | None) -> Parcel:
    node = _keeper(clip)
    wanted = clip.choices if choices is None else _kept(node, clip, choices)
    return compose(clip.passes, wanted, node).parcel


def _kept(node: hou.Node, clip: ClipPlan, choices: Choices) -> Choices:
    """Stores the choices on the node. Keeps the node's auto-send setting, which is not in the dialog."""
    kept = replace(choices, auto_send=clip.choices.auto_send)
    if kept != clip.choices:
        keep_choices(node, kept)
    return kept
