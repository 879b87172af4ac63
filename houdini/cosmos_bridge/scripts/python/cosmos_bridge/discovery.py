"""Finds the daemon's address and token: from `<state>/daemon.json`, or from environment variables."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from . import paths
from .errors import CosmosError

# A daemon elsewhere, for example behind an SSH tunnel: ws://127.0.0.1:PORT/rpc, and the token of its daemon.json.
URL_VARIABLE = "COSMOS_DAEMON_URL"
TOKEN_VARIABLE = "COSMOS_DAEMON_TOKEN"


@dataclass(frozen=True, slots=True)
class Discovery:
    """Address and token of a daemon; `pid` is 0 and `start_id` empty when environment variables gave them."""

    url: str
    token: str = field(repr=False)
    pid: int = 0
    start_id: str = ""


def find_daemon(state: Path | None = None) -> Discovery | None:
    """The address of the daemon, or None when there is no daemon.json.

    The file may outlive its daemon; only connecting shows that it runs. Raises CosmosError discovery_refused for a file
    that is not this user's own or cannot be read, config_invalid for an address without a token.
    """
    return _given() or _read(paths.discovery_file(state or paths.state_dir()))


def _given() -> Discovery | None:
    url = os.environ.get(URL_VARIABLE)
    if not url:
        return None
    token = os.environ.get(TOKEN_VARIABLE)
    if not token:
        raise CosmosError(
            "config_invalid",
            f"{URL_VARIABLE} names a daemon, but {TOKEN_VARIABLE} is empty: set it to the token in its daemon.json.",
        )
    return Discovery(url=url, token=token)


def _read(file: Path) -> Discovery | None:
    try:
        with file.open(encoding="utf-8") as stream:
            _refuse_foreign(file, os.fstat(stream.fileno()).st_uid)
            found = json.load(stream)
        return Discovery(str(found["url"]), str(found["token"]), int(found["pid"]), str(found["startId"]))
    except FileNotFoundError:
        return None
    except OSError as error:
        sentence = f"{file} cannot be read ({error.strerror}): Houdini has to run as the user of the daemon."
        raise CosmosError("discovery_refused", sentence, {"file": str(file)}) from error
    except (ValueError, KeyError, TypeError):
        return None  # damaged, or from an older version; the daemon writes a new one when it starts


def _refuse_foreign(file: Path, owner: int) -> None:
    """Refuses another user's file: that user would get our paths and prompts. On Windows the folder's ACL does it."""
    if os.name == "nt" or owner == os.getuid():
        return
    sentence = (
        f"{file} belongs to another user, so the daemon it names is not used: "
        "start your own (cosmos daemon start), or set COSMOS_STATE_DIR to your own state folder."
    )
    raise CosmosError("discovery_refused", sentence, {"file": str(file)})
