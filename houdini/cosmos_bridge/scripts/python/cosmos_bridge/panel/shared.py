"""One session for all panes of this Houdini: made for the first pane, closed with the last."""

from __future__ import annotations

from .session import Session

_session: Session | None = None
_users = 0


def acquire_session() -> Session:
    """Give the session; every call needs one `release_session`."""
    global _session, _users
    if _session is None:
        from ..shared_link import release_link, shared_link

        _session = Session(shared_link(), release_link)
    _users += 1
    return _session


def release_session() -> None:
    """Release the session; it closes with its last user."""
    global _session, _users
    _users = max(0, _users - 1)
    if _users == 0 and _session is not None:
        _session.close()
        _session = None
