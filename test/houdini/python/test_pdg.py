"""A work item of PDG sends its input files, without any Houdini."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from cosmos_bridge import pdg
from cosmos_bridge.delivery import Delivery
from cosmos_bridge.errors import CosmosError
from cosmos_bridge.parcel import Parcel
from support.images import write_png
from support.renders import SIZE
from support.schemas import check

JOB: Any = {"id": "job-1", "name": "city", "state": "preparing", "settings": {}}


@dataclass
class File:
    local_path: str


@dataclass
class Item:
    """pdg.WorkItem as a script sees it."""

    inputFiles: Sequence[File]
    attributes: dict[str, object] = field(default_factory=dict)
    name: str = "pythonscript1_12"
    outputs: list[tuple[str, str]] = field(default_factory=list)

    def attribValue(self, name: str) -> object:
        return self.attributes.get(name)

    def addOutputFile(self, path: str, tag: str) -> None:
        self.outputs.append((path, tag))

    def setStringAttrib(self, name: str, value: str, index: int) -> None:
        self.attributes[name] = value


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Parcel]:
    monkeypatch.setitem(sys.modules, "hou", None)
    found: list[Parcel] = []

    def take(parcel: Parcel, connect: object) -> Delivery:
        found.append(parcel)
        return Delivery(parcel.name, parcel.folder, "sent", (JOB,))

    monkeypatch.setattr(pdg, "deliver", take)
    return found


def rendered(folder: Path, *names: str) -> list[File]:
    for name in names:
        for frame in (1, 2, 3):
            write_png(folder / f"{name}.{frame:04}.png", SIZE)
    return [File(str(file)) for file in sorted(folder.iterdir())]


def test_the_input_files_are_one_clip(tmp_path: Path, sent: list[Parcel]) -> None:
    item = Item(
        rendered(tmp_path / "city", "color", "depth"),
        {"cosmos_prompt": "Rain", "cosmos_seed": 7, "cosmos_fps": 23.976},
    )
    pdg.submit(item, engine="preview")
    manifest = json.loads((tmp_path / "city" / "cosmos-clip.json").read_text())
    check("clip-manifest", manifest)
    assert (list(manifest["passes"]), manifest["fps"], manifest["width"]) == (["color", "depth"], "24000/1001", SIZE[0])
    assert manifest["houdini"] == {"node": item.name}
    assert sent[0].options == {"prompt": "Rain", "seed": 7, "engine": "preview"}
    assert item.outputs == [(str(tmp_path / "city" / "cosmos-clip.json"), "file/json")]
    assert item.attributes["cosmos_job"] == "job-1"


def test_cooked_again_it_is_the_same_job(tmp_path: Path, sent: list[Parcel]) -> None:
    files = rendered(tmp_path / "city", "color")
    for _ in range(2):
        pdg.submit(Item(files))
    assert sent[0] == sent[1]


def test_waiting_adds_the_video_or_fails_the_work_item(
    tmp_path: Path, sent: list[Parcel], monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = {**JOB, "state": "succeeded", "output": "/job/city_preview.mp4", "reason": ""}
    monkeypatch.setattr(pdg, "wait_for", lambda job, connect: ended)
    item = Item(rendered(tmp_path / "city", "color"))
    pdg.submit(item, wait=True)
    assert item.outputs[-1] == ("/job/city_preview.mp4", "file/video")
    ended.update(state="failed", output=None, reason="No GPU.")
    with pytest.raises(CosmosError, match="job-1 is failed"):
        pdg.submit(item, wait=True)


def test_one_frame_of_many_is_refused(tmp_path: Path, sent: list[Parcel]) -> None:
    files = rendered(tmp_path / "city", "color")
    with pytest.raises(CosmosError, match="Wait for All"):
        pdg.submit(Item(files[:1]))
    assert sent == []


@pytest.mark.parametrize(
    ("names", "attributes", "code"),
    [((), {}, "pdg_no_images"), (("color",), {"cosmos_seed": "many"}, "pdg_attribute")],
)
def test_what_cannot_be_sent_is_said(
    tmp_path: Path, sent: list[Parcel], names: tuple[str, ...], attributes: dict[str, object], code: str
) -> None:
    (tmp_path / "city").mkdir()
    with pytest.raises(CosmosError) as refused:
        pdg.submit(Item(rendered(tmp_path / "city", *names), attributes))
    assert refused.value.code == code
