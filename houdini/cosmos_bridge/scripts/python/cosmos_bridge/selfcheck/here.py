"""The facts about this Houdini and computer in the report, and the private words that are removed from it."""

from __future__ import annotations

import getpass
import os
import platform
import socket
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from .. import __version__
from .private import Private


def here() -> Mapping[str, str]:
    """Versions, licence and system, by label."""
    import hou

    return {
        "Plugin": __version__,
        "Houdini": hou.applicationVersionString(),
        "Licence": hou.licenseCategory().name(),
        "Windows": "yes" if hou.isUIAvailable() else "no (hython)",
        "System": f"{platform.system()} {platform.release()} {platform.machine()}",
        "Python": platform.python_version(),
        "Processors": str(os.cpu_count()),
    }


def private(folder: Path) -> Private:
    """The private words of this user and computer; `folder` holds the check's own scene."""
    words = {
        str(folder): "$HIP",
        str(folder.resolve()): "$HIP",
        str(Path.home()): "~",
        socket.gethostname(): "COMPUTER",
    }
    for variable in ("HFS", "HOUDINI_USER_PREF_DIR", "COSMOS_BRIDGE_HOUDINI"):
        words[os.environ.get(variable, "")] = f"${variable}"
    with suppress(OSError, KeyError, ImportError):  # some systems have no name for the user
        words[getpass.getuser()] = "USER"
    return Private({word: to for word, to in words.items() if len(word) > 1})
