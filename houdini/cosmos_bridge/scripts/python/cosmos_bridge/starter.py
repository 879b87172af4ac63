"""Starts the daemon of this user as `cosmos daemon install` wrote it down, and waits until it answers."""

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
# Seconds in which the other one shows itself, after ours gave way to a daemon that was started at the same time.
GRACE = 1.5
# No event tells that a file came: it is looked for this often, in seconds.
LOOK_EVERY = 0.05
# Folders in these variables that belong to Houdini are not for the daemon's own programs.
_LISTS = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PATH")
_HOUDINI_ONLY = ("PYTHONHOME", "PYTHONPATH", "QT_PLUGIN_PATH")


def start_daemon(patience: float = PATIENCE) -> Discovery:
    """Starts a daemon that outlives this process, and returns once it answers; one that answers already is enough.

    Raises CosmosError not_installed, config_invalid, or daemon_away with what its log says last.
    """
    if os.environ.get(URL_VARIABLE):
        raise CosmosError("config_invalid", f"{URL_VARIABLE} names a daemon elsewhere: start it there, or unset it.")
    state = paths.state_dir()
    command = _command(paths.install_file(), state)
    there = find_daemon(state)
    if there is not None and transport.answers(there):
        return there  # a second one would give way, but could take over if the first is stopped in that moment
    process = _launch(command)
    deadline = time.monotonic() + patience
    while (now := time.monotonic()) < deadline:
        found = find_daemon(state)
        if found is not None and transport.answers(found):
            _running.append(process)
            return found
        if process.poll() not in (None, 0):  # with 0 ends who has only started the daemon
            deadline = min(deadline, now + GRACE)
        time.sleep(LOOK_EVERY)
    raise CosmosError("daemon_away", f"The daemon did not start{_last_words(state)}.", {"log": str(_log(state))})


# Kept, so that Python does not complain of a child that it has lost sight of.
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
            creationflags=hidden,  # 0 but on Windows
        )
    except OSError as error:
        sentence = f"The daemon could not be started ({argv[0]}: {error.strerror}); run: cosmos daemon install."
        raise CosmosError("daemon_away", sentence) from error


def without_houdini(env: Mapping[str, str]) -> dict[str, str]:
    """The environment without what Houdini sets for itself: its libraries do not fit other programs."""
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
    """What the log says last, to stand behind a statement."""
    try:
        last = json.loads(_log(state).read_text(encoding="utf-8").splitlines()[-1])["msg"]
    except (OSError, ValueError, LookupError, TypeError):
        return f"; {_log(state)} may say why"  # no log, or no line of ours
    return f" ({str(last).rstrip('.')}); see {_log(state)}"
