"""The folders are those of the daemon, which asks the library env-paths."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from cosmos_bridge import paths
from cosmos_bridge.paths import Surroundings
from support.daemon import ROOT

HOME = "/home/ada"
CASES = {
    "linux": ("linux", {}),
    "linux, moved": ("linux", {"XDG_DATA_HOME": "/data", "XDG_CONFIG_HOME": "/etc/ada"}),
    "linux, empty variable": ("linux", {"XDG_DATA_HOME": ""}),
    "macos": ("darwin", {"XDG_DATA_HOME": "/data"}),
    "windows": ("win32", {"APPDATA": "/Users/ada/AppData/Roaming", "LOCALAPPDATA": "/Users/ada/AppData/Local"}),
    "windows, bare": ("win32", {}),
}
SCRIPT = """
Object.defineProperty(process, 'platform', { value: process.argv[1] });
const { default: envPaths } = await import('env-paths');
const { data, config } = envPaths('cosmos-bridge', { suffix: '' });
process.stdout.write(JSON.stringify([data, config]));
"""


@pytest.mark.parametrize("case", CASES)
def test_the_folders_are_those_of_the_daemon(case: str) -> None:
    platform, env = CASES[case]
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", SCRIPT, platform],
        cwd=ROOT,
        env={"HOME": HOME, "PATH": os.environ["PATH"], **env},
        capture_output=True,
        text=True,
        check=True,
    )
    here = Surroundings(platform, Path(HOME), env)
    assert [str(paths.state_dir(here)), str(paths.config_dir(here))] == json.loads(done.stdout)


def test_a_variable_names_another_place() -> None:
    here = Surroundings(
        "linux", Path(HOME), {"COSMOS_STATE_DIR": "/fast/state", "COSMOS_CONFIG": "/studio/cosmos.toml"}
    )
    assert paths.state_dir(here) == Path("/fast/state")
    assert paths.config_dir(here) == Path("/studio")
