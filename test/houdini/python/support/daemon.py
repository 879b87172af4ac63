"""A whole daemon of dist/ with a state folder of its own. Only the preview engine can run: it has no other host."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cosmos_bridge.client import Client
from cosmos_bridge.discovery import Discovery, find_daemon
from support.limits import PATIENCE

ROOT = Path(__file__).parents[4]
MAIN = ROOT / "dist" / "daemon" / "main.js"
# No event tells this process that a file came: it is looked for this often.
LOOK_EVERY = 0.02


class Daemon:
    """Starts with `start()`; `stop()` is gentle, `kill()` is as a power cut. The port stays the same over restarts."""

    def __init__(self, folder: Path, config: str = "") -> None:
        self.state = folder / "state"
        self.exports = folder / "exports"
        self.exports.mkdir(parents=True)
        self.config = folder / "cosmos.toml"
        self.config.write_text(config.replace("EXPORTS", json.dumps(str(self.exports))), encoding="utf-8")
        self._output = folder / "daemon.out"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def env(self) -> Mapping[str, str]:
        """Variables by which the plugin finds this daemon and no other."""
        return {"COSMOS_STATE_DIR": str(self.state), "COSMOS_CONFIG": str(self.config)}

    @property
    def argv(self) -> list[str]:
        """Command line of this daemon in the foreground."""
        return ["node", str(MAIN), "--state-dir", str(self.state), "--config", str(self.config)]

    def start(self) -> Discovery:
        """Starts it, and returns once it answers."""
        with self._output.open("ab") as output:
            self._process = subprocess.Popen(
                self.argv, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env={**os.environ, **self.env}
            )
        return self._arrival(self._process)

    def client(self, timeout: float = 10.0) -> Client:
        """A connected client."""
        found = find_daemon(self.state)
        assert found is not None, self.words()
        client = Client(found, timeout)
        client.connect()
        return client

    def call(self, method: str, **params: object) -> dict[str, Any]:
        """One call on a connection of its own."""
        with self.client() as client:
            return client.call(method, params)

    def kill(self) -> None:
        """No handler of it runs."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(PATIENCE)

    def stop(self) -> None:
        """It takes its leave of its clients, and its daemon.json away."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def words(self) -> str:
        """What it said, for the message of a test that fails."""
        log = self.state / "daemon.log"
        texts = [file.read_text(encoding="utf-8", errors="replace") for file in (self._output, log) if file.exists()]
        return "\n".join(texts)[-4000:]

    def _arrival(self, process: subprocess.Popen[bytes]) -> Discovery:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and process.poll() is None:
            found = find_daemon(self.state)
            if found is not None and found.pid == process.pid:
                return found
            time.sleep(LOOK_EVERY)
        raise AssertionError(f"the daemon did not start: {self.words()}")
