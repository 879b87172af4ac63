"""The manifest: what it says, that it fits the schema, and that the daemon takes it for a ready clip."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cosmos_bridge.choices_format import Choices
from cosmos_bridge.clip.camera import MOST_INLINE, SIDECAR
from cosmos_bridge.clip.manifest import build_manifest, scene_facts, write_manifest
from cosmos_bridge.clip.passes import find_passes
from cosmos_bridge.errors import CosmosError
from cosmos_bridge.rop.output import rop_output
from cosmos_bridge.wire import ClipManifest
from support.fake_hou import Houdini
from support.images import write_exr, write_png
from support.node import ROOT, ask

SCHEMA = json.loads((ROOT / "schemas" / "json" / "clip-manifest.schema.json").read_text("utf-8"))

#: The daemon's own look at a folder, without its loop: list, read the manifest, settle.
VERDICT = """
import { listBelow, listFolder } from './dist/daemon/watch/listing.js';
import { parseManifest } from './dist/daemon/watch/manifest.js';
import { settle } from './dist/daemon/watch/settle.js';
import { NameReader } from './dist/daemon/watch/names.js';
import { Config } from './dist/schemas/index.js';
import { readFileSync } from 'node:fs';
const folder = process.argv[2];
const manifest = parseManifest(readFileSync(`${folder}/cosmos-clip.json`, 'utf8'));
const below = (await listBelow(folder, folder, manifest.below ?? [])).files;
const files = [...(await listFolder(folder, folder)).files, ...below];
const isManifest = ({ name }) => name === 'cosmos-clip.json';
const verdict = settle({
  files: files.filter((file) => !isManifest(file)), manifest, manifestFile: files.find(isManifest) ?? null, movie: null,
  renders: { notes: [], problem: null, at: String },
  previous: null, known: null, probes: { header: () => undefined, decoded: () => undefined, isHeld: () => false },
  reader: new NameReader(Config.parse({}).aliases), now: 0, settle: 60, age: 0,
});
const { state, reason, warnings, shape } = verdict;
console.log(JSON.stringify({ kind: manifest.kind, problem: manifest.problem, state, reason, warnings,
  passes: shape.passes.map(({ pass, frames }) => [pass, frames.size]) }));
"""

Made = Callable[..., ClipManifest]


@pytest.fixture
def made(houdini: Houdini) -> Made:
    """Builds the manifest of nodes, and checks it against the schema."""

    def build(*nodes: object, choices: Choices | None = None) -> ClipManifest:
        passes = find_passes([rop_output(node) for node in nodes])  # type: ignore[arg-type]
        manifest = build_manifest(passes, choices or Choices(), scene_facts(nodes[0]))  # type: ignore[arg-type]
        jsonschema.validate(json.loads(json.dumps(manifest)), SCHEMA)
        return manifest

    return build


def rendered(houdini: Houdini, picture: str = "$HIP/r/color.$F4.png", **parms: Any) -> Any:
    """A Karma node whose frames are on disk."""
    node = houdini.add("/out/karma1", "karma", **{"picture": picture, "trange": 1, "f1": 1, "f2": 3, **parms})
    output = rop_output(node)
    for frame in output.frames.numbers():
        write_png(output.pattern.file(frame))
    return node


def verdict(folder: Path) -> Any:
    return ask(VERDICT, str(folder))


def test_all_of_it(houdini: Houdini, made: Made) -> None:
    houdini.scene.fps, houdini.scene.take = 24000 / 1001, "night"
    houdini.module.hipFile.save()
    node = houdini.add("/out/karma1", "karma", picture="$HIP/r/city.$F4.exr", trange=1, f1=-2, f2=2, f3=2)
    for frame in (-2, 0, 2):
        write_exr(rop_output(node).pattern.file(frame), {"": ["R", "G", "B", "Pz", "seg.R", "seg.G", "seg.B"]})
    choices = Choices(
        preset="night", prompt="a rainy city", weights={"depth": 0.5}, near=1.5, far=80, project="show", tags=("a",)
    )
    manifest = made(node, choices=choices)
    assert manifest["passes"] == {
        "color": {"pattern": "city.####.exr"},
        "depth": {"pattern": "city.####.exr", "layer": "Pz"},
        "seg": {"pattern": "city.####.exr", "layer": "seg"},
    }
    assert manifest["frames"] == {"first": -2, "last": 2, "step": 2}
    assert (manifest["fps"], manifest["width"], manifest["height"]) == ("24000/1001", 4, 2)
    assert manifest["depth"] == {"near": 1.5, "far": 80.0, "polarity": "near-dark", "projection": "planar"}
    assert manifest["color"] == {"space": "linear"}
    assert manifest["wanted"] == {"preset": "night", "prompt": "a rainy city", "weights": {"depth": 0.5}}
    assert (manifest["name"], manifest["project"], manifest["tags"]) == ("city", "show", ["a"])
    hip = houdini.scene.hip
    source = manifest["houdini"]
    assert (source["hip"], source["node"], source["houdiniTake"]) == (str(hip), "/out/karma1", "night")
    assert source["version"] == "21.0.512"
    assert source["hipHash"].startswith("sha256:")
    assert [file["path"] for file in manifest["files"]] == ["city.-002.exr", "city.0000.exr", "city.0002.exr"]


def test_what_nobody_chose_is_left_out(houdini: Houdini, made: Made) -> None:
    manifest = made(rendered(houdini))
    assert not {"wanted", "project", "tags", "camera", "depth"} & manifest.keys()
    assert manifest["color"] == {"space": "sRGB"}
    assert "hipHash" not in manifest["houdini"], "this scene was never saved"


def test_the_daemon_takes_it_for_ready(houdini: Houdini, made: Made) -> None:
    houdini.add("/obj/cam1", "cam")
    node = houdini.add("/out/karma1", "karma", picture="$HIP/r/city.$F4.exr", trange=1, f1=-2, f2=2, f3=2)
    output = rop_output(node)
    for frame in (-2, 0, 2):
        write_exr(output.pattern.file(frame), {"": ["R", "G", "B", "Pz"]})
        write_png(output.pattern.folder / "below" / f"seg.{frame}.png")
    seg = houdini.add("/out/seg", "karma", picture="$HIP/r/below/seg.$F.png", trange=1, f1=-2, f2=2, f3=2)
    manifest = made(node, seg)
    write_manifest(output.pattern.folder, manifest)
    assert verdict(output.pattern.folder) == {
        "kind": "read",
        "state": "ready",
        "reason": "",
        "warnings": [],
        "passes": [["color", 3], ["depth", 3], ["seg", 3]],
    }
    os.utime(output.pattern.file(0))
    assert verdict(output.pattern.folder)["state"] != "ready"


def test_numbers_are_those_of_the_files(houdini: Houdini, made: Made) -> None:
    houdini.add("/obj/cam1", "cam", focal=41.4214)
    node = rendered(houdini, "$HIP/r/color.`padzero(4, $F+1000)`.png")
    manifest = made(node)
    assert manifest["frames"] == {"first": 1001, "last": 1003, "step": 1}
    camera: Any = manifest["camera"]
    assert [frame["frame"] for frame in camera["frames"]] == [1001, 1002, 1003]
    write_manifest(rop_output(node).pattern.folder, manifest)
    assert verdict(rop_output(node).pattern.folder)["state"] == "ready"


def test_a_long_camera_lies_beside_it_and_is_written_once(houdini: Houdini, made: Made) -> None:
    houdini.add("/obj/cam1", "cam")
    node = rendered(houdini, f2=MOST_INLINE + 1)
    folder = rop_output(node).pattern.folder
    manifest = made(node)
    assert manifest["camera"] == {"file": SIDECAR}
    frames = json.loads((folder / SIDECAR).read_text("utf-8"))["frames"]
    assert len(frames) == MOST_INLINE + 1
    assert made(node) == manifest
    write_manifest(folder, manifest)
    assert verdict(folder)["state"] == "ready"


def test_missing_frames_make_no_manifest(houdini: Houdini, made: Made) -> None:
    node = rendered(houdini)
    rop_output(node).pattern.file(2).unlink()
    with pytest.raises(CosmosError, match="frame 2 missing") as raised:
        made(node)
    assert raised.value.data["frames"] == [2]


def test_passes_of_different_sizes_make_no_manifest(houdini: Houdini, made: Made) -> None:
    node = rendered(houdini)
    for frame in (1, 2, 3):
        write_png(rop_output(node).pattern.folder / f"depth.{frame:04}.png", size=(8, 8))
    with pytest.raises(CosmosError, match="depth is 8x8 and color 4x2"):
        made(node)


def test_it_is_written_by_rename(houdini: Houdini, made: Made) -> None:
    node = rendered(houdini)
    folder = rop_output(node).pattern.folder
    file = write_manifest(folder, made(node))
    assert sorted(each.name for each in folder.iterdir() if "color" not in each.name) == ["cosmos-clip.json"]
    assert json.loads(file.read_text("utf-8"))["schema"] == "cosmos-clip/1"


def test_a_movie(houdini: Houdini, made: Made) -> None:
    node = houdini.add("/out/flip", "flipbook", picture="$HIP/r/flip.mp4", trange=1, f1=1, f2=9, tres=1)
    movie = rop_output(node).pattern.file(1)
    movie.parent.mkdir(parents=True)
    movie.write_bytes(b"as long as nobody looks inside")
    manifest = made(node)
    assert (manifest["passes"], manifest["name"]) == ({"color": {"file": "flip.mp4"}}, "flip")
    assert (manifest["width"], manifest["height"], manifest["color"]) == (320, 243, {"space": "sRGB"})
    write_manifest(movie.parent, manifest)
    assert verdict(movie.parent)["state"] == "ready"
    node.parm("tres").set(0)
    with pytest.raises(CosmosError, match="set a resolution on /out/flip"):
        made(node)


def test_one_image_without_a_number(houdini: Houdini, made: Made) -> None:
    node = rendered(houdini, "$HIP/r/still.png", trange=0)
    manifest = made(node)
    assert manifest["passes"] == {"color": {"file": "still.png"}}
    write_manifest(rop_output(node).pattern.folder, manifest)
    assert verdict(rop_output(node).pattern.folder)["state"] == "ready"


def test_display_and_view_are_told_where_houdini_says_them(houdini: Houdini, monkeypatch: pytest.MonkeyPatch) -> None:
    node = houdini.rop("/out/karma1", "karma", picture="$HIP/city/color.$F4.png", trange=0)
    source = scene_facts(node).source(node.path())
    assert (source["display"], source["view"]) == ("sRGB - Display", "ACES 1.0 - SDR Video")
    monkeypatch.delattr(houdini.module.Color, "ocio_defaultView")
    assert "display" not in scene_facts(node).source(node.path())
