"""What a row of a control shows. The truth of it is the daemon's (spec.controls); nothing is worked out here. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..choices_format import HINTS, Choices

if TYPE_CHECKING:
    from ..wire.outlook import ControlsOutlook

LABELS = {"edge": "Edges", "depth": "Depth", "seg": "Segmentation", "vis": "Blurred colors"}
SAYS = {
    "edge": "Follows the contours.",
    "depth": "Follows the distances; near is bright.",
    "seg": "Follows which object is where.",
    "vis": "Follows the colors, blurred.",
}


@dataclass(frozen=True, slots=True)
class ControlRow:
    """One control; off removes its hint, which is not the same as weight 0."""

    hint: str
    on: bool
    weight: float
    effective: str
    """What the weight does in the end: "0.35", "25 %"; empty = nothing to say."""
    instead: str
    """A sentence in place of the slider, where the model ignores the weight; empty = the slider."""
    available: bool
    source: str
    """Where the control comes from: "from render", "computed by the model", "unavailable: ..."."""


@dataclass(frozen=True, slots=True)
class ControlRows:
    """All rows, and what their numbers mean together."""

    rows: tuple[ControlRow, ...]
    note: str
    engine: str | None = None
    """Which model it will be: of the choices, the preset or the daemon's defaults; None = nobody has said."""


def question(choices: Choices, passes: Iterable[str]) -> dict[str, object]:
    """Params of spec.controls."""
    asked: dict[str, object] = {"passes": list(passes)}
    if choices.engine:
        asked["engine"] = choices.engine
    if choices.preset:
        asked["preset"] = choices.preset
    if choices.weights is not None:
        asked["weights"] = {hint: choices.weights.get(hint, "off") for hint in HINTS}
    return asked


def told_rows(answer: ControlsOutlook) -> ControlRows:
    """The rows as the daemon tells them."""
    rows = tuple(
        ControlRow(
            hint=control["hint"],
            on=control["on"],
            weight=control["weight"],
            effective=control["effective"],
            instead=control["instead"],
            available=control["source"] != "unavailable",
            source=control["sourceSays"],
        )
        for control in answer["controls"]
    )
    return ControlRows(rows, answer["note"], answer["engine"])


def untold_rows(choices: Choices, passes: Iterable[str]) -> ControlRows:
    """The rows while no daemon answers: what was chosen and what was rendered, and no word on what comes of it.

    Weights that nobody chose are shown as the equal shares that the daemon gives them (daemon/workload/transfer/chosen-hints.ts).
    """
    rendered = frozenset(passes)
    weights = choices.weights
    share = round(1 / max(1, len(rendered.intersection(HINTS))), 2)
    rows = tuple(
        ControlRow(
            hint=hint,
            on=hint in rendered if weights is None else hint in weights,
            weight=share if weights is None else weights.get(hint, share),
            effective="",
            instead="",
            available=True,
            source="from render" if hint in rendered else "not rendered",
        )
        for hint in HINTS
    )
    return ControlRows(rows, "What the weights come to is known when the daemon runs.", choices.engine)


def weights_of(
    chosen: Mapping[str, float] | None, rows: Iterable[ControlRow], hint: str, weight: float | None
) -> dict[str, float]:
    """The weights once a person has changed one; None = switched off.

    The first change makes the weights of all `rows` that are on the person's own, so that nothing moves that was not
    touched; from then on what was `chosen` counts, as the rows may still show what was before it.
    """
    weights = {row.hint: row.weight for row in rows if row.on} if chosen is None else dict(chosen)
    if weight is None:
        weights.pop(hint, None)
    else:
        weights[hint] = weight
    return {one: weights[one] for one in HINTS if one in weights}
