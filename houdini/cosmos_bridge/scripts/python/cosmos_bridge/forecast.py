"""What a send would come to: chunks, time and cost of the clip, and what its weights do in the end.

The daemon knows; nothing is registered or submitted to ask it. The questions are given apart from the asking, so that
a panel can put them on its link without waiting.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from .deliver import Connect, daemon
from .errors import CosmosError
from .parcel import options_of

if TYPE_CHECKING:
    from .choices import Choices
    from .clip_plan import ClipPlan

#: What the daemon makes of a job for which nobody chose a model.
DEFAULT_ENGINE = "preview"


@dataclass(frozen=True, slots=True)
class Forecast:
    """The daemon's answers; what it could not answer is None, and `problem` says why."""

    estimate: Mapping[str, Any] | None
    """schemas/estimate.ts: chunks, seconds, dollars, and where the numbers come from."""
    controls: Mapping[str, Any] | None
    """Result of spec.controls: a row a hint, and a note on all of them."""
    problem: str = ""


def questions(clip: ClipPlan, choices: Choices) -> dict[str, dict[str, object]]:
    """Params by method, to be asked for one clip."""
    options = options_of(choices)
    engine = options.get("engine", DEFAULT_ENGINE)
    frames = len(clip.passes.frames)
    controls: dict[str, object] = {"engine": engine, "passes": list(clip.passes.sources)}
    if "weights" in options:
        controls["weights"] = options["weights"]
    return {
        "estimate.get": {"engine": engine, "frames": frames, "options": cast("dict[str, object]", options)},
        "spec.controls": controls,
    }


def forecast(clip: ClipPlan, choices: Choices, connect: Connect | None = None) -> Forecast:
    """Asks all questions and waits for the answers. Never raises for a daemon that is away or has no answer."""
    answers: dict[str, Mapping[str, Any]] = {}
    problems: list[str] = []
    try:
        with (connect or daemon)() as client:
            for method, params in questions(clip, choices).items():
                try:
                    answers[method] = client.call(method, params)
                except CosmosError as error:
                    problems.append(error.sentence)
    except CosmosError as error:
        problems.append(error.sentence)
    estimate = answers.get("estimate.get", {}).get("estimate")
    return Forecast(estimate, answers.get("spec.controls"), " ".join(dict.fromkeys(problems)))
