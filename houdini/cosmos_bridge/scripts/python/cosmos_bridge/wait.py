"""Waiting for a job, for code that has nothing else to do: the command line and work items."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from .deliver import AWAY, Connect, daemon
from .errors import CosmosError

if TYPE_CHECKING:
    from . import wire

#: Seconds between two questions. The blocking client hears no events, and jobs take minutes.
BETWEEN = 0.5
#: States that nothing but a person changes; who waits would wait for ever on a job that is held. A newer daemon may
#: have others, in which an ended job still says when it ended.
_RESTING = frozenset({"held", "succeeded", "failed", "refused", "cancelled"})
#: Seconds a daemon may be away: it may be restarted, and its jobs go on.
AWAY_FOR = 60.0


def wait_for(job: str, connect: Connect | None = None) -> wire.Job:
    """The job once it rests. Raises CosmosError not_found, or daemon_away when it stays away."""
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
