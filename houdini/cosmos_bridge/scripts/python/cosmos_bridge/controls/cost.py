"""The length, time and cost of a job that is not sent yet, in one line. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..panel.words import counted, dotted, duration

if TYPE_CHECKING:
    from ..wire.outlook import Estimate


def cost_line(estimate: Estimate) -> str:
    """Say "93 frames · 1 chunk of 93 · about 12m 34s on 1 x H100 · $1.10"."""
    frames, chunks, length = estimate["frames"], estimate["chunks"], estimate["framesPerChunk"]
    seconds, dollars = estimate["seconds"], estimate["dollars"]
    whole = chunks == 1 and length == frames
    return dotted(
        counted(frames, "frame"),
        "" if whole else f"{counted(chunks, 'chunk')} of {length}",
        "" if seconds is None else f"about {duration(seconds)} on {estimate['gpus']} x {estimate['gpu']}",
        "" if not dollars else f"${dollars:.2f}",
    )


def cost_source(estimate: Estimate) -> str:
    """Say where the estimate comes from, and which change would make the job shorter."""
    return " ".join(part for part in (estimate["hint"], estimate["source"]) if part)
