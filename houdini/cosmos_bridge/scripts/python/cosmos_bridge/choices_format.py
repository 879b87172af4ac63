"""The shape of an artist's choices, and their JSON. Pure."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields

SCHEMA = "cosmos-choices/1"
HINTS = ("edge", "depth", "seg", "vis")


@dataclass(frozen=True, slots=True)
class Choices:
    """The dialog's fields. Where one is None or empty, the preset decides, then the daemon's defaults."""

    engine: str | None = None
    preset: str | None = None
    prompt: str = ""
    negative_prompt: str = ""
    seed: int | None = None
    weights: Mapping[str, float] | None = None
    """Weight 0 to 1 by hint (edge, depth, seg, vis). A missing hint is off; None = the weights of the preset."""
    control_guidance: float | None = None
    """Strength of all controls together, 0 to 10. Only cosmos3 has it; None = the model's default."""
    host: str | None = None
    priority: int = 0
    """Higher runs first."""
    draft: bool = False
    """Use the cheapest settings that still give a useful video."""
    auto_send: bool = False
    near: float | None = None
    """Scene distance shown as the near end of depth, in scene units; None = measured over the clip."""
    far: float | None = None
    project: str | None = None
    tags: tuple[str, ...] = ()
    space: str | None = None
    """Colour space of the images, where the file format does not define it."""
    view: str | None = None
    """View transform to apply before encoding."""
    clip_name: str | None = None
    """None = from the file names."""


def parse_choices(text: str) -> Choices:
    """Reads choices from JSON. Raises ValueError whose text ends a sentence that begins with the node."""
    try:
        kept = json.loads(text)
    except ValueError:
        raise ValueError("it is not JSON") from None
    if not isinstance(kept, dict) or kept.pop("schema", None) != SCHEMA:
        raise ValueError("another program or a newer version wrote it")
    unknown = sorted(kept.keys() - {field.name for field in fields(Choices)})
    if unknown:
        raise ValueError(f"{unknown[0]} is not a known entry")
    return _Entries(kept).choices()


class _Entries:
    """Typed reading of the JSON entries; an absent entry gives the default."""

    def __init__(self, kept: dict[str, object]) -> None:
        self._kept = kept

    def choices(self) -> Choices:
        return Choices(
            engine=self._text("engine"),
            preset=self._text("preset"),
            prompt=self._text("prompt") or "",
            negative_prompt=self._text("negative_prompt") or "",
            seed=self._whole("seed", least=0),
            weights=self._weights(),
            control_guidance=self._number("control_guidance"),
            host=self._text("host"),
            priority=self._whole("priority") or 0,
            draft=self._switch("draft"),
            auto_send=self._switch("auto_send"),
            near=self._number("near"),
            far=self._number("far"),
            project=self._text("project"),
            tags=self._tags(),
            space=self._text("space"),
            view=self._text("view"),
            clip_name=self._text("clip_name"),
        )

    def _text(self, name: str) -> str | None:
        value = self._kept.get(name)
        if value is None or isinstance(value, str):
            return value
        raise ValueError(f"{name} is not text")

    def _switch(self, name: str) -> bool:
        value = self._kept.get(name, False)
        if isinstance(value, bool):
            return value
        raise ValueError(f"{name} is neither true nor false")

    def _number(self, name: str) -> float | None:
        value = self._kept.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            raise ValueError(f"{name} is not a number")
        return float(value)

    def _whole(self, name: str, least: int | None = None) -> int | None:
        value = self._number(name)
        if value is None:
            return None
        if not value.is_integer() or (least is not None and value < least):
            raise ValueError(f"{name} is not a whole number{'' if least is None else f' from {least} on'}")
        return int(value)

    def _weights(self) -> Mapping[str, float] | None:
        value = self._kept.get("weights")
        if value is None:
            return None
        if not isinstance(value, dict) or not all(hint in HINTS for hint in value):
            raise ValueError(f"weights are for {', '.join(HINTS)} only")
        weights = {hint: _Entries(value)._number(hint) for hint in value}
        if not all(weight is not None and 0 <= weight <= 1 for weight in weights.values()):
            raise ValueError("a weight is not between 0 and 1")
        return {hint: weight for hint, weight in weights.items() if weight is not None}

    def _tags(self) -> tuple[str, ...]:
        value = self._kept.get("tags", [])
        if isinstance(value, list) and all(isinstance(tag, str) for tag in value):
            return tuple(value)
        raise ValueError("tags is not a list of texts")
