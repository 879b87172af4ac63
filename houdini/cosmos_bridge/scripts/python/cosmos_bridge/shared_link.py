"""The one link of a Houdini session: all panels share it, and the last one that goes closes it."""

from __future__ import annotations

import atexit

from .link import Link


class _Shared:
    """Only Houdini's main thread opens and closes panels, so nothing here is locked."""

    def __init__(self) -> None:
        self.link: Link | None = None
        self.users = 0

    def close(self) -> None:
        """A Houdini that ends does not wait for its panels."""
        if self.link is not None:
            self.link.close()
        self.link, self.users = None, 0


_shared = _Shared()


def shared_link() -> Link:
    """The link, made for the first who asks. Who has it gives it back with `release_link()`, once."""
    if _shared.link is None:
        _shared.link = Link()
        atexit.register(_shared.close)
    _shared.users += 1
    return _shared.link


def release_link() -> None:
    """Gives the link back; it closes when nobody has it any more."""
    _shared.users -= 1
    if _shared.users <= 0:
        atexit.unregister(_shared.close)
        _shared.close()
