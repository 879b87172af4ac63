"""Asks the built daemon's own code, by Node."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from support.limits import PATIENCE

ROOT = Path(__file__).parents[4]


def ask(script: str, *args: str) -> Any:
    """Runs an ES module at the repository's root with `args` as process.argv.slice(2); what it prints is JSON."""
    command = ["node", "--input-type=module", "-", *args]
    done = subprocess.run(command, input=script, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
