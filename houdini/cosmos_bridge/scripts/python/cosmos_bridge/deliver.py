"""Delivers a parcel once: to the daemon, or into the spool, which the daemon reads when it starts.

Does not use Houdini, so that a panel can run it on a thread of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from .delivery import Delivery
from .errors import CosmosError

if TYPE_CHECKING:
    from . import wire
    from .parcel import Parcel

#: Seconds to wait for one answer. A slower parcel is spooled under the same key, so it is not sent twice.
PATIENCE = 5.0
#: Seconds to get a connection.
REACH = 1.0
#: Error code when no daemon answers; the parcel then goes into the spool.
AWAY = "daemon_away"
NOT_READY = "clip_not_ready"


class Caller(Protocol):
    """The part of client.Client that is used here."""

    def call(
        self, method: str, params: Mapping[str, object] | None = None, timeout: float | None = None
    ) -> dict[str, Any]:
        """The result of one call, within `timeout` seconds. Raises CosmosError with the daemon's code and sentence."""
        ...


Connect = Callable[[], AbstractContextManager[Caller]]


def deliver(parcel: Parcel, connect: Connect | None = None) -> Delivery:
    """Registers the clip and submits it. Without a daemon the parcel goes into the spool; so does a render's parcel
    whose clip the daemon calls not ready: network drives show files late, and the daemon waits for them.

    Raises CosmosError with the daemon's sentence when it refuses (clip_not_ready, not_found for a preset, ...), and
    spool_unwritable where there is neither a daemon nor a disk to wait on.
    """
    try:
        with (connect or daemon)() as client:
            return _hand_over(client, parcel)
    except CosmosError as error:
        waits = parcel.unattended and error.code == NOT_READY
        if error.code != AWAY and not waits:
            raise
    _keep(parcel)
    return Delivery(parcel.name, parcel.folder, "waiting" if waits else "spooled")


def daemon() -> AbstractContextManager[Caller]:
    """A connection to the daemon of this computer. Raises CosmosError daemon_away."""
    from .client import connect

    return connect(REACH)


def submission(parcel: Parcel) -> Mapping[str, object]:
    """Params of job.submit. The same key always gives the same job."""
    params: dict[str, object] = {
        "targets": [str(parcel.folder)],
        "options": parcel.options,
        "idempotencyKey": parcel.key,
    }
    if parcel.unattended:
        params["unattended"] = True
    return params


def await_images(parcel: Parcel, render: str, connect: Connect | None = None) -> str:
    """Spools a clip whose images come later, with the id of its render note. Returns the end of a sentence.

    Raises CosmosError spool_unwritable.
    """
    from . import spool

    if _never_ran():
        return (
            ", if a daemon watches its folder with auto-send: Cosmos Bridge has never run on this computer, so it "
            "cannot send it from here"
        )
    spool.write(spool.entry(parcel.folder, parcel.key, parcel.options, unattended=True, render=render))
    try:
        with (connect or daemon)() as client:
            _registered(client, parcel.folder)
    except CosmosError as error:
        return "; the daemon does not answer now, and sends it when it runs again" if error.code == AWAY else ""
    return ""


def register(folder: Path, connect: Connect | None = None) -> wire.Clip:
    """Registers the folder, so that the daemon watches it from now on. Raises CosmosError, also daemon_away."""
    with (connect or daemon)() as client:
        return _registered(client, folder)


def _hand_over(client: Caller, parcel: Parcel) -> Delivery:
    clip = _registered(client, parcel.folder)
    if parcel.unattended and _is_sent_by_watch(client, clip):
        return Delivery(parcel.name, parcel.folder, "watched")
    jobs: list[wire.Job] = client.call("job.submit", submission(parcel), PATIENCE)["jobs"]
    return Delivery(parcel.name, parcel.folder, "sent", tuple(jobs))


def _keep(parcel: Parcel) -> None:
    """Spools the parcel. Refuses where no daemon has ever run, as on a render farm: no daemon would read it there."""
    from . import spool

    if parcel.unattended and _never_ran():
        raise CosmosError(
            AWAY,
            f"{parcel.name} is complete in {parcel.folder}, but Cosmos Bridge has never run on this computer: watch "
            "that folder, or send it from the artist's own.",
            {"folder": str(parcel.folder)},
        )
    spool.write(spool.entry(parcel.folder, parcel.key, parcel.options, unattended=parcel.unattended))


def _never_ran() -> bool:
    from . import paths

    return not paths.state_dir().exists() and not paths.install_file().exists()


def _registered(client: Caller, folder: Path) -> wire.Clip:
    clip: wire.Clip = client.call("clip.register", {"path": str(folder)}, PATIENCE)["clip"]
    return clip


def _is_sent_by_watch(client: Caller, clip: wire.Clip) -> bool:
    """Whether the watched folder sends the clip anyway. Sending here as well would make two jobs of one revision."""
    if clip["existing"]:
        return False
    watches: list[wire.Watch] = client.call("watch.list")["watches"]
    return any(watch["path"] == clip["root"] and watch["autoSend"] for watch in watches)
