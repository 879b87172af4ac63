"""Opens the panel, asks the other side for trouble by a word on standard output, and prints what it cost the window."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from bench.heartbeat import Heartbeat
from cosmos_bridge import shelf
from support.fake_hou import Houdini
from support.images import write_png
from support.qt import application, pump
from support.renders import karma

if TYPE_CHECKING:
    from cosmos_bridge.dialog.send_dialog import SendDialog
    from cosmos_bridge.panel import CosmosPanel

REST_SECONDS = 2.0
SEND_FRAMES = 240
SENDS = 20
PASSES = ("color", "depth")


def main() -> None:
    """All measurements, one line of JSON each."""
    application()
    with tempfile.TemporaryDirectory() as folder:
        houdini = Houdini(Path(folder) / "job" / "city.hip", ui=True)
        sys.modules["hou"] = houdini.module
        from cosmos_bridge.panel import CosmosPanel

        panel = CosmosPanel()
        panel.resize(600, 800)
        measure("open", panel.show, lambda: panel.session.online and panel.model.count("running") == 1)
        panel.tabs.setCurrentWidget(panel.log)
        at_rest = time.monotonic() + REST_SECONDS
        measure("rest", lambda: None, lambda: time.monotonic() > at_rest)
        burst(panel)
        reconnect(panel)
        send(houdini)
        panel.shutdown()


def measure(what: str, act: Callable[[], object], until: Callable[[], object]) -> None:
    """Do something, wait for its end, and tell how the thread of the window fared meanwhile."""
    heart = Heartbeat()
    heart.begin()
    began = time.perf_counter()
    act()
    pump(until, what)
    seconds = time.perf_counter() - began
    print(json.dumps({"what": what, "seconds": seconds, **asdict(heart.end())}), flush=True)


def ask(word: str) -> None:
    """The other side does it."""
    print(json.dumps({"please": word}), flush=True)


def burst(panel: CosmosPanel) -> None:
    """20,000 lines into the log that is shown."""
    running = next(job["id"] for job in panel.session.store.jobs.values() if job["state"] == "running")
    panel.queue.choose(running)
    pump(lambda: "begin" in panel.log.view.text.toPlainText(), "the log")
    measure("burst", lambda: ask("burst"), lambda: "the last line" in panel.log.view.text.document().lastBlock().text())


def reconnect(panel: CosmosPanel) -> None:
    """The daemon goes and comes back with a thousand jobs more."""
    known = len(panel.session.store.jobs)
    measure("reconnect", lambda: ask("reconnect"), lambda: len(panel.session.store.jobs) >= known + 1000)


def send(houdini: Houdini) -> None:
    """From the shelf to the dialog, and from its button to the answer of the daemon, again and again."""
    from cosmos_bridge.dialog import opened

    node = karma(houdini, picture="$HIP/city/color.$F4.png", f2=SEND_FRAMES)
    for frame in range(1, SEND_FRAMES + 1):
        for name in PASSES:
            write_png(houdini.scene.hip.parent / "city" / f"{name}.{frame:04d}.png", size=(64, 48), value=frame % 250)
    houdini.select(node)
    measure("dialog", lambda: shelf.send_to_cosmos({}), lambda: opened.current_dialog() is not None)
    dialog = opened.current_dialog()
    assert dialog is not None
    pump(lambda: dialog.session.online, "the connection")
    sends = Sends(dialog)
    measure(f"{SENDS} sends", lambda: None, sends.are_over)


class Sends:
    """One after the other; a person opens the dialog in one moment and presses its button in another."""

    def __init__(self, dialog: SendDialog) -> None:
        self._dialog = dialog
        self._done = 0
        self._pressed = False

    def are_over(self) -> bool:
        """Take the next step, if it is time for one."""
        if not self._dialog.isVisible():
            self._done += 1
            self._pressed = False
            if self._done < SENDS:
                shelf.send_to_cosmos({})
        elif not self._pressed:
            self._pressed = True
            self._dialog.form.prompt.setPlainText(f"Rain, number {self._done}")
            self._dialog.send.click()
        return self._done == SENDS


if __name__ == "__main__":
    main()
