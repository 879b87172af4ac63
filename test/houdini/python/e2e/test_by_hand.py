"""The command line and a work item of PDG, against a real daemon."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import cosmos_bridge
from cosmos_bridge import __main__ as program
from cosmos_bridge import deliver, wait
from support.daemon import Daemon
from support.fake_hou import Houdini
from support.images import write_png
from support.limits import PATIENCE
from support.renders import SIZE, folder_of, karma

#: What a Python Script TOP runs out of process: it sees the work item and what it can import, and no `hou`.
COOK = """
import json, sys
from types import SimpleNamespace
from cosmos_bridge import deliver, pdg

deliver.PATIENCE = deliver.REACH = 180
outputs, attributes = [], {}
work_item = SimpleNamespace(
    name="cosmos1_7",
    inputFiles=[SimpleNamespace(local_path=path) for path in sys.argv[1:]],
    attribValue={"cosmos_prompt": "Rain", "cosmos_fps": 25}.get,
    addOutputFile=lambda path, tag: outputs.append((path, tag)),
    setStringAttrib=lambda name, value, index: attributes.update({name: value}),
)
pdg.submit(work_item, wait=True)
assert "hou" not in sys.modules
print(json.dumps([outputs, attributes]))
"""


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine that is busy makes no spooled clip of a send."""
    monkeypatch.setattr(deliver, "PATIENCE", PATIENCE)
    monkeypatch.setattr(deliver, "REACH", PATIENCE)
    monkeypatch.setattr(wait, "BETWEEN", 0.05)
    yield


def test_a_command_renders_sends_and_waits_for_the_video(
    houdini: Houdini, running: Daemon, capsys: pytest.CaptureFixture[str]
) -> None:
    karma(houdini)
    assert program.main(["send", "--rop", "/out/karma1", "--frames", "1-3", "--render", "--wait"]) == 0
    printed = capsys.readouterr()
    assert printed.err.startswith("city: sent as job-"), running.words()
    assert printed.out.strip() == str(folder_of(houdini) / "city_preview.mp4")
    assert Path(printed.out.strip()).stat().st_size > 0


def test_a_work_item_out_of_process_gets_its_video(tmp_path: Path, running: Daemon) -> None:
    files = [write_png(tmp_path / "town" / f"color.{frame:04}.png", SIZE, frame) for frame in (1, 2, 3)]
    package = str(Path(cosmos_bridge.__file__).parent.parent)
    script = f"import sys; sys.path.insert(0, {package!r})\n{COOK}"
    cooked = subprocess.run([sys.executable, "-c", script, *map(str, files)], capture_output=True, text=True)
    assert cooked.returncode == 0, cooked.stderr + running.words()
    outputs, attributes = json.loads(cooked.stdout)
    assert [tag for _, tag in outputs] == ["file/json", "file/video"]
    assert Path(outputs[1][0]).stat().st_size > 0
    [job] = [job for job in running.call("job.list")["jobs"] if job["id"] == attributes["cosmos_job"]]
    assert (job["state"], job["settings"]["prompt"]) == ("succeeded", "Rain")
