"""What became of a parcel, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from .panel.words import in_words

if TYPE_CHECKING:
    from . import wire


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one parcel."""

    clip: str
    """Name of the clip."""
    folder: Path
    how: Literal["sent", "spooled", "waiting", "watched"]
    """waiting = in the spool of a daemon that sees the files later than we do; watched = its folder is watched with
    auto-send, so the daemon sends it without us."""
    jobs: tuple[wire.Job, ...] = ()

    def sentence(self) -> str:
        """What to tell the artist, to follow the clip's name."""
        match self.how:
            case "spooled":
                return "the daemon does not answer; it is sent once when it does"
            case "waiting":
                return "the daemon does not see all of it yet; it is sent once when it does"
            case "watched":
                return "its folder is watched with auto-send, so the daemon sends it"
            case "sent":
                return "; ".join(_told(job) for job in self.jobs)


def _told(job: wire.Job) -> str:
    hold = job["settings"].get("hold")
    if hold:
        return f"{job['id']} waits for you: {hold}"
    match job["state"]:
        case "preparing" | "queued" | "held":
            return f"sent as {job['id']}"
        case "cancelled" | "failed" | "refused":
            return f"was sent before as {job['id']}, which is {job['state']}: retry it in the Cosmos panel"
        case state:
            return f"was sent before as {job['id']}, which is {in_words(state)}"
