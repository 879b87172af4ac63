from __future__ import annotations

from cosmos_bridge import shelf
from support.fake_hou import Houdini


def test_the_panel_opens_in_a_window_of_its_own(houdini_ui: Houdini) -> None:
    shelf.open_panel({})
    assert ("panel", shelf.PANEL) in houdini_ui.scene.said
