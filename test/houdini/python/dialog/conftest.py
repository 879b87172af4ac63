from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import pytest

from support.fake_link import FakeLink

if TYPE_CHECKING:
    from cosmos_bridge.link import Link


@pytest.fixture
def link(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeLink]:
    """The link of the dialog, which is closed again and forgotten after the test."""
    from cosmos_bridge import shared_link
    from cosmos_bridge.dialog import opened
    from support.qt import application

    application()
    fake = FakeLink()
    monkeypatch.setattr(shared_link, "shared_link", lambda: cast("Link", fake))
    monkeypatch.setattr(shared_link, "release_link", fake.release)
    yield fake
    opened.close_dialog()
