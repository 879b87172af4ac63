"""How the delivery of a parcel ended, and the sentence for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from .panel.words import in_words

if TYPE_CHECKING:
    from . import wire


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the delivery of one parcel ended."""

    clip: str
    """Name of the clip."""
    folder: Path
    how: Literal["sent", "spooled", "waiting", "watched"]
    """waiting = in the spool, because the daemon does not see all files yet; watched = its folder is watched with
    auto-send, so the daemon sends the clip itself."""
    jobs: tuple[wire.Job, ...] = ()

    def sentence(self) -> str:
        """The sentence for the artist, without the clip's name at its start."""
        match self.how:
            case "spooled":
                return "the daemon does not answer; the clip will be sent once when it does"
            case "waiting":
                return "the daemon does not see all files yet; the clip will be sent once when it does"
            case "watched":
                return "its folder is watched with auto-send, so the daemon sends it"
            case "sent":
                return "; ".join(_job_sentence(job) for job in self.jobs)


def _job_sentence(job: wire.Job) -> str:
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
