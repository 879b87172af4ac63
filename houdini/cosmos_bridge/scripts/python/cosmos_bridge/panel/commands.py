"""The calls that the panel's buttons make, and the sentence shown for each. No Qt."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ..parcel import options_of
from .words import counted

if TYPE_CHECKING:
    from .. import wire
    from ..choices_format import Choices
    from ..link import Link
    from ..rpc import Answer

Tell = Callable[[str], None]
Made = Callable[[str], None]


class Commands:
    """Each command tells at once what it begins, and later how it ended."""

    def __init__(self, link: Link, tell: Tell, made: Made) -> None:
        self._link = link
        self._tell = tell
        self._made = made

    def send(self, clip: wire.Clip, choices: Choices) -> None:
        """Make a job. A second press of the button makes a second job; a repeated message does not."""
        params = {"targets": [clip["id"]], "options": options_of(choices), "idempotencyKey": f"panel:{uuid.uuid4()}"}
        self._do("job.submit", params, f"Sending {clip['name']}...", "Sent")

    def variation(self, job: str, name: str, choices: Choices) -> None:
        """Copy a job with these choices."""
        params = {"ids": [job], "options": options_of(choices)}
        self._do("job.clone", params, f"Sending a variation of {name}...", "Sent as a variation")

    def cancel(self, job: str, name: str) -> None:
        """End a job."""
        self._do("job.cancel", {"ids": [job]}, f"Cancelling {name}...", "Cancelled")

    def retry(self, job: str, name: str) -> None:
        """Run a job again."""
        self._do("job.retry", {"ids": [job]}, f"Starting {name} again...", "Queued again")

    def release(self, job: str, name: str) -> None:
        """Let a held job go on."""
        self._do("job.release", {"ids": [job]}, f"Releasing {name}...", "Released")

    def _do(self, method: str, params: Mapping[str, object], begins: str, done: str) -> None:
        self._tell(begins)

        def answered(answer: Answer) -> None:
            if answer.error is not None:
                self._tell(answer.error.sentence)
                return
            jobs: list[wire.Job] = (answer.result or {}).get("jobs", [])
            names = ", ".join(job["name"] for job in jobs[:3]) if len(jobs) <= 3 else counted(len(jobs), "job")
            self._tell(f"{done}: {names}." if names else f"{done}.")
            if method in ("job.submit", "job.clone") and jobs:
                self._made(jobs[0]["id"])

        self._link.call(method, params, answered)
