"""Starts the daemon with the command that `cosmos daemon install` stored, and waits until it answers."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from . import paths, transport
from .discovery import URL_VARIABLE, Discovery, find_daemon
from .errors import CosmosError

# Seconds a daemon may take until it answers; migrations of a big database take a while.
PATIENCE = 30.0
# Seconds to wait for another daemon, after ours ended because that one was started at the same time.
GRACE = 1.5
# Seconds between two looks for daemon.json, because there is no event for a new file.
LOOK_EVERY = 0.05
# Variables from which Houdini's folders are removed, because the daemon's programs must not use them.
_LISTS = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PATH")
_HOUDINI_ONLY = ("PYTHONHOME", "PYTHONPATH", "QT_PLUGIN_PATH")


def start_daemon(patience: float = PATIENCE) -> Discovery:
    """Starts a daemon that outlives this process, and returns when it answers. Starts none if one answers already.

    Raises CosmosError not_installed, config_invalid, or daemon_away with the last words of its log.
    """
    if os.environ.get(URL_VARIABLE):
        raise CosmosError("config_invalid", f"{URL_VARIABLE} names a daemon elsewhere: start it there, or unset it.")
    state = paths.state_dir()
    command = _command(paths.install_file(), state)
    there = find_daemon(state)
    if there is not None and transport.answers(there):
        return there  # a second one would end itself, but might take over if the first is stopped at that moment
    process = _launch(command)
    deadline = time.monotonic() + patience
    while (now := time.monotonic()) < deadline:
        found = find_daemon(state)
        if found is not None and transport.answers(found):
            _running.append(process)
            return found
        if process.poll() not in (None, 0):  # code 0 means that the command started the daemon and ended
            deadline = min(deadline, now + GRACE)
        time.sleep(LOOK_EVERY)
    raise CosmosError("daemon_away", f"The daemon did not start{_last_words(state)}.", {"log": str(_log(state))})


# Kept, because Python warns when the object of a running child process is deleted.
_running: list[subprocess.Popen[bytes]] = []


def _command(file: Path, state: Path) -> list[str]:
    """The command line of install.json, when it is for this state folder."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        argv, its_state = [str(part) for part in found["argv"]], Path(found["stateDir"])
    except FileNotFoundError as error:
        sentence = "Cosmos Bridge is not set up on this computer yet. Run once: cosmos daemon install"
        raise CosmosError("not_installed", sentence, {"file": str(file)}) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        sentence = f"{file} is damaged; write it again with: cosmos daemon install."
        raise CosmosError("config_invalid", sentence, {"file": str(file)}) from error
    if its_state == state and argv:
        return argv
    sentence = f"The installed daemon uses the folder {its_state}, and Houdini looks in {state}: set COSMOS_STATE_DIR."
    raise CosmosError("config_invalid", sentence, {"file": str(file)})


def _launch(argv: list[str]) -> subprocess.Popen[bytes]:
    hidden = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) | getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        return subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=without_houdini(os.environ),
            start_new_session=os.name != "nt",
            creationflags=hidden,  # 0, except on Windows
        )
    except OSError as error:
        sentence = f"The daemon could not be started ({argv[0]}: {error.strerror}); run: cosmos daemon install."
        raise CosmosError("daemon_away", sentence) from error


def without_houdini(env: Mapping[str, str]) -> dict[str, str]:
    """The environment without Houdini's own folders: its libraries break other programs."""
    houdini = env.get("HFS")
    kept = {name: value for name, value in env.items() if name not in _HOUDINI_ONLY}
    if houdini:
        for name in kept.keys() & set(_LISTS):
            parts = kept[name].split(os.pathsep)
            kept[name] = os.pathsep.join(part for part in parts if not Path(part).is_relative_to(houdini))
    return kept


def _log(state: Path) -> Path:
    return state / "daemon.log"


def _last_words(state: Path) -> str:
    """The last sentence of the log, to be added to an error sentence."""
    try:
        last = json.loads(_log(state).read_text(encoding="utf-8").splitlines()[-1])["msg"]
    except (OSError, ValueError, LookupError, TypeError):
        return f"; {_log(state)} may say why"  # there is no log, or its last line is not from the daemon
    return f" ({str(last).rstrip('.')}); see {_log(state)}"
