"""Draws the panel and the dialog into docs/screenshots. Run it in this folder's parent, with the plugin in PYTHONPATH:

PYTHONPATH=../../../houdini/cosmos_bridge/scripts/python QT_QPA_PLATFORM=offscreen python -m screenshots
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast
from unittest.mock import patch

from cosmos_bridge import shared_link
from cosmos_bridge.errors import CosmosError
from cosmos_bridge.messages import StateChanged
from cosmos_bridge.qt import QtCore, QtGui, QtWidgets
from cosmos_bridge.send_plan import SendPlan
from screenshots import samples
from screenshots.themes import THEMES, palette
from support.fake_hou import Houdini
from support.fake_link import FakeLink
from support.qt import take_in

if TYPE_CHECKING:
    from cosmos_bridge.link import Link

DOCS = Path(__file__).parents[4] / "docs" / "screenshots"
SETTLING = 0.4
"""Seconds until all that was told is shown."""
PANEL_SIZE = QtCore.QSize(600, 800)
LEFT_OUT = ("houdini-panel-log-light", "houdini-panel-result-light", "houdini-panel-away-light", "houdini-dialog-light")
"""One theme is enough for these."""
PREVIEW = QtCore.QRect(371, 888, 357, 200)
"""Where frame 24 of the preview is on the sheet."""


def main() -> None:
    """All pictures."""
    houdini = Houdini(Path("/job/shot010/city_block_v003.hip"), ui=True)
    sys.modules["hou"] = houdini.module
    # A scene that was saved, though its folder is on no disk of ours.
    patch.object(houdini.module.hipFile, "isNewFile", return_value=False).start()
    application = QtWidgets.QApplication(["screenshots"])
    application.setStyle("Fusion")
    for theme in THEMES:
        application.setPalette(palette(theme))
        panel_pictures(theme)
        dialog_pictures(theme)


def taught_link() -> FakeLink:
    """A link that answers as a daemon with a GPU host would."""
    link = FakeLink()
    link.taught = {
        "spec.controls": samples.controls,
        "estimate.get": samples.estimate,
        "config.get": lambda _: {"presets": ["night", "overcast"]},
        "result.media": lambda _: {"poster": None},
    }
    shared_link.shared_link = lambda: cast("Link", link)
    shared_link.release_link = link.release
    return link


def panel_pictures(theme: str) -> None:
    """The three tabs, and a daemon that is away."""
    from cosmos_bridge.panel import CosmosPanel

    link = taught_link()
    panel = CosmosPanel()
    panel.resize(PANEL_SIZE)
    panel.show()
    link.after_telling = partial(take_in, panel.session)
    link.go_online(clips=samples.clips(), jobs=samples.jobs(), results=samples.results())
    link.tell_progress("city_block_v003", "chunk 1/1 step 13/35", 0.37, 104)
    link.tell_progress("harbour_v011", "sending color.mp4", 0.08, None)
    panel.queue.choose("city_block_v003")
    link.write_log(samples.log())
    shoot(panel, f"houdini-panel-send-{theme}")
    panel.tabs.setCurrentWidget(panel.log)
    shoot(panel, f"houdini-panel-log-{theme}")
    panel.queue.choose("city_block_v002")
    panel.tabs.setCurrentWidget(panel.result)
    panel.result.view.show_poster(poster())
    shoot(panel, f"houdini-panel-result-{theme}")
    away = CosmosError("daemon_away", "No Cosmos Bridge daemon runs on this computer.")
    link.tell(StateChanged("offline", away))
    panel.tabs.setCurrentIndex(0)
    shoot(panel, f"houdini-panel-away-{theme}")
    panel.shutdown()
    panel.close()


def dialog_pictures(theme: str) -> None:
    """A clip that is complete; one that is not."""
    from cosmos_bridge.dialog.send_dialog import SendDialog

    link = taught_link()
    dialog = SendDialog()
    for name, missing in (("", ()), ("-missing", (1037, 1038, 1039))):
        plan = SendPlan((samples.clip_plan(missing),), ())
        dialog.show_plan(plan, partial(replace, plan))
        dialog.open_again()
        link.go_online()
        shoot(dialog, f"houdini-dialog{name}-{theme}")
    dialog.reject()


def shoot(widget: QtWidgets.QWidget, name: str) -> None:
    """Let everything settle, and keep a picture."""
    until = time.monotonic() + SETTLING
    while time.monotonic() < until:
        QtCore.QCoreApplication.processEvents(QtCore.QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 40)
    if name not in LEFT_OUT:
        widget.grab().save(str(DOCS / f"{name}.png"))


def poster() -> bytes:
    """A frame of the demo's result, out of its contact sheet."""
    sheet = QtGui.QImage(str(DOCS / "demo-contact-sheet.jpg"))
    side = QtCore.QBuffer()
    side.open(QtCore.QIODevice.OpenModeFlag.WriteOnly)
    QtGui.QImageWriter(side, QtCore.QByteArray(b"png")).write(sheet.copy(PREVIEW))
    return bytes(side.data().data())


if __name__ == "__main__":
    main()
