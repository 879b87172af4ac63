"""Where the daemon of this user keeps its files: the folders of daemon/state-dir.ts (env-paths), on every system."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_NAME = "cosmos-bridge"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The system and environment that decide where the folders are. Tests use values of their own."""

    platform: str = sys.platform
    home: Path = field(default_factory=Path.home)
    env: Mapping[str, str] = field(default_factory=lambda: os.environ)

    def folder(self, variable: str, *standard: str) -> Path:
        """The folder that a variable names; an empty one counts as none, as in JavaScript."""
        named = self.env.get(variable)
        return Path(named) if named else self.home.joinpath(*standard)


def state_dir(here: Surroundings | None = None) -> Path:
    """Folder of the daemon's state: daemon.json, daemon.log, spool."""
    here = here or Surroundings()
    named = here.env.get("COSMOS_STATE_DIR")
    if named:
        return Path(named).absolute()
    if here.platform == "darwin":
        return here.home / "Library" / "Application Support" / _NAME
    if here.platform == "win32":
        return here.folder("LOCALAPPDATA", "AppData", "Local") / _NAME / "Data"
    return here.folder("XDG_DATA_HOME", ".local", "share") / _NAME


def config_dir(here: Surroundings | None = None) -> Path:
    """Folder of cosmos.toml and install.json."""
    here = here or Surroundings()
    named = here.env.get("COSMOS_CONFIG")
    if named:
        return Path(named).absolute().parent
    if here.platform == "darwin":
        return here.home / "Library" / "Preferences" / _NAME
    if here.platform == "win32":
        return here.folder("APPDATA", "AppData", "Roaming") / _NAME / "Config"
    return here.folder("XDG_CONFIG_HOME", ".config") / _NAME


def discovery_file(state: Path) -> Path:
    """The file with the address of a running daemon."""
    return state / "daemon.json"


def install_file() -> Path:
    """The file that says how a daemon is started; `cosmos daemon install` writes it."""
    return config_dir() / "install.json"


def spool_dir(state: Path) -> Path:
    """The folder of clips that wait for a daemon."""
    return state / "spool"
