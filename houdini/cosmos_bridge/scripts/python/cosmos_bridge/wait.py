"""Waits for a job, for callers that may block: the command line and work items."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from .deliver import AWAY, Connect, daemon
from .errors import CosmosError

if TYPE_CHECKING:
    from . import wire

#: Seconds between two calls. The blocking client gets no events, and jobs take minutes.
BETWEEN = 0.5
#: Seconds that the daemon may be away: it may restart, and its jobs go on.
AWAY_FOR = 60.0
#: States that only the user can change. Waiting for a held job would never end. An ended job in a state that only a
#: newer daemon knows has its end time.
_RESTING = frozenset({"held", "succeeded", "failed", "refused", "cancelled"})


def wait_for(job: str, connect: Connect | None = None) -> wire.Job:
    """Waits until the job is in one of RESTING and returns it. Raises CosmosError not_found or daemon_away."""
    last_heard = time.monotonic()
    while True:
        try:
            found = _look(job, connect or daemon)
            last_heard = time.monotonic()
            if found["endedAt"] is not None or found["state"] in _RESTING:
                return found
        except CosmosError as error:
            if error.code != AWAY or time.monotonic() - last_heard > AWAY_FOR:
                raise
        time.sleep(BETWEEN)


def _look(job: str, connect: Connect) -> wire.Job:
    with connect() as client:
        found: wire.Job = client.call("job.get", {"id": job})["job"]
        return found
