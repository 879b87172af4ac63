"""The values that the row of a control shows. The daemon computes them (spec.controls), not this file. Pure."""

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
    """The effective weight: "0.35", "25 %"; empty = not known."""
    instead: str
    """A sentence shown instead of the slider where the model ignores the weight; empty = show the slider."""
    available: bool
    source: str
    """Where the control comes from: "from render", "computed by the model", "unavailable: ..."."""


@dataclass(frozen=True, slots=True)
class ControlRows:
    """All rows, and a note on their weights together."""

    rows: tuple[ControlRow, ...]
    note: str
    engine: str | None = None
    """The model of the job, from the choices, the preset or the daemon's defaults; None = not known yet."""


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


def daemon_rows(answer: ControlsOutlook) -> ControlRows:
    """The rows as the daemon computed them."""
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


def local_rows(choices: Choices, passes: Iterable[str]) -> ControlRows:
    """The rows while no daemon answers: the chosen weights and the rendered passes, without effective weights.

    Weights that were not chosen are shown as the equal shares of the daemon (daemon/workload/transfer/chosen-hints.ts).
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
    return ControlRows(rows, "The effective weights are shown when the daemon runs.", choices.engine)


def weights_of(
    chosen: Mapping[str, float] | None, rows: Iterable[ControlRow], hint: str, weight: float | None
) -> dict[str, float]:
    """All weights after the artist changed one; `weight` None = that control was switched off.

    The first change stores the weights of all `rows` that are on, so that the daemon does not move the others. Later
    changes start from `chosen`, because the rows may still show older values.
    """
    weights = {row.hint: row.weight for row in rows if row.on} if chosen is None else dict(chosen)
    if weight is None:
        weights.pop(hint, None)
    else:
        weights[hint] = weight
    return {one: weights[one] for one in HINTS if one in weights}
