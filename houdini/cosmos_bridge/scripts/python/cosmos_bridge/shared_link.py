"""The one link of a Houdini session. All panels share it; the last one closes it."""

from __future__ import annotations

import atexit

from .link import Link


class _Shared:
    """Only Houdini's main thread opens and closes panels, so nothing here is locked."""

    def __init__(self) -> None:
        self.link: Link | None = None
        self.users = 0

    def close(self) -> None:
        """Closes the link when Houdini ends, because its panels may not be closed then."""
        if self.link is not None:
            self.link.close()
        self.link, self.users = None, 0


_shared = _Shared()


def shared_link() -> Link:
    """The link, made at the first call. Each call needs one `release_link()`."""
    if _shared.link is None:
        _shared.link = Link()
        atexit.register(_shared.close)
    _shared.users += 1
    return _shared.link


def release_link() -> None:
    """Releases the link; it closes with its last user."""
    _shared.users -= 1
    if _shared.users <= 0:
        atexit.unregister(_shared.close)
        _shared.close()
