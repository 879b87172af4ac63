"""Formats amounts and names for the artist. Pure."""

from __future__ import annotations

import math
import re

MODELS = {"preview": "Preview", "transfer2.5": "Transfer 2.5", "cosmos3": "Cosmos 3"}
"""Engine -> title shown as Model, in the order of the menu. Must agree with schemas/model-title.ts."""

_PHASES = {
    "preparing": "preparing",
    "held": "waits for you",
    "queued": "queued",
    "staging": "sending files",
    "staged": "starting",
    "running": "running",
    "collecting": "fetching the result",
    "stopping": "stopping",
    "succeeded": "done",
    "failed": "failed",
    "refused": "refused",
    "cancelled": "cancelled",
}


def model_name(engine: str) -> str:
    """Give the title of an engine; an engine of a newer daemon is shown by its id."""
    return MODELS.get(engine, engine)


def phase(state: str) -> str:
    """Say a job's state in words; one of a newer daemon in its own."""
    return _PHASES.get(state) or in_words(state)


def in_words(name: str) -> str:
    """Say a name that only a newer daemon knows: "waiting_for_quota" and "waitingForQuota" are "waiting for quota"."""
    apart = re.sub(r"(?<=[a-z0-9])[A-Z](?=[a-z])", lambda found: f" {found[0].lower()}", name)
    return re.sub(r"[_-]+", " ", apart).strip()


def percent(fraction: float) -> str:
    """Say a fraction as "42%". Rounded down, so that 100% means done."""
    return f"{math.floor(fraction * 100)}%"


def duration(seconds: float) -> str:
    """Say a time in its two largest units: "12m 34s". At least 1s, because 0s would look finished."""
    left = max(1, round(seconds))
    parts = []
    for unit, length in (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)):
        count, left = divmod(left, length)
        if count > 0:
            parts.append(f"{count}{unit}")
        elif parts:
            break
    return " ".join(parts[:2])


def dotted(*parts: str) -> str:
    """Join the non-empty parts with dots."""
    return " · ".join(part for part in parts if part)


def counted(count: int, noun: str) -> str:
    """Say "1 frame", "93 frames"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
