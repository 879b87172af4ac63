from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

import pytest

from support.fake_hou import Houdini
from support.fake_link import FakeLink

if TYPE_CHECKING:
    from cosmos_bridge.link import Link
    from cosmos_bridge.panel import CosmosPanel


@pytest.fixture
def link(monkeypatch: pytest.MonkeyPatch) -> FakeLink:
    """The link that every pane of the test shares."""
    from cosmos_bridge import shared_link

    fake = FakeLink()
    monkeypatch.setattr(shared_link, "shared_link", lambda: cast("Link", fake))
    monkeypatch.setattr(shared_link, "release_link", fake.release)
    return fake


@pytest.fixture
def panel(link: FakeLink, houdini_ui: Houdini) -> Iterator[CosmosPanel]:
    """An open panel on the fake link."""
    from cosmos_bridge.panel import CosmosPanel
    from support.qt import application, take_in

    application()
    opened = CosmosPanel()
    opened.show()
    link.after_telling = partial(take_in, opened.session)
    yield opened
    opened.shutdown()
    opened.close()
