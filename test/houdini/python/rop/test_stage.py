"""What husk writes when the node names no file: render products of real stages (usd-core)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from pxr import Sdf, Usd, UsdRender

from cosmos_bridge.errors import CosmosError
from cosmos_bridge.rop.output import rop_output, rop_outputs
from support.fake_hou import Houdini
from support.usd import new_stage, product, settings

SETTINGS = "/Render/settings"
MAIN = "/Render/Products/main"


def stage_with(name: str | dict[int, str], **shape: Any) -> Usd.Stage:
    """One product of the stage's own settings, and one that nobody renders."""
    stage = new_stage(SETTINGS, 1001, 1010)
    product(stage, "/Render/Products/old", "/old/old.0001.exr")
    product(stage, MAIN, name, **shape)
    settings(stage, SETTINGS, [MAIN], (1280, 720), "/cameras/a")
    return stage


def render_of(houdini: Houdini, stage: Any, **parms: Any) -> Any:
    lop = houdini.lop("/stage/before", "null", stage=stage)
    node = houdini.lop("/stage/render", "usdrender_rop", **{"trange": 1, "f1": 1, "f2": 5, **parms})
    node.setInput(0, lop)
    return node


def names(node: Any) -> list[str]:
    return [output.pattern.hashes() for output in rop_outputs(node)]


def test_what_a_product_does_not_say_its_settings_say(houdini: Houdini) -> None:
    node = render_of(houdini, stage_with("/job/r/tower.0001.exr"))
    output = rop_output(node)
    assert str(output.pattern.file(3)) == "/job/r/tower.0003.exr"
    assert (output.size, output.camera) == ((1280, 720), "/cameras/a")
    assert houdini.module.node("/stage/before")._cooked == [1], "a name beyond doubt needs no other frame"


def test_what_a_product_says_itself_counts(houdini: Houdini) -> None:
    stage = stage_with("/job/r/tower.0001.exr", size=(640, 352), camera="/cameras/b")
    output = rop_output(render_of(houdini, stage))
    assert (output.size, output.camera) == ((640, 352), "/cameras/b")


def test_what_nobody_says_is_not_the_schemas_fallback(houdini: Houdini) -> None:
    stage = new_stage(SETTINGS)
    product(stage, MAIN, "/job/r/tower.0001.exr")
    settings(stage, SETTINGS, [MAIN])
    output = rop_output(render_of(houdini, stage))
    assert (output.size, output.camera) == (None, None)


def test_deep_products_are_no_images(houdini: Houdini) -> None:
    stage = stage_with("/job/r/tower.0001.exr")
    product(stage, "/Render/Products/deep", "/job/r/tower.dcm.0001.exr", kind="deepRaster")
    settings(stage, SETTINGS, ["/Render/Products/deep", MAIN])
    assert names(render_of(houdini, stage)) == ["tower.####.exr"]


def test_patterns_of_settings(houdini: Houdini) -> None:
    stage = stage_with("/job/r/tower.0001.exr")
    product(stage, "/Render/Products/second", "/job/s/second.0001.exr")
    settings(stage, "/Render/settings2", ["/Render/Products/second", MAIN])
    assert names(render_of(houdini, stage, rendersettings="/Render/settings*")) == ["tower.####.exr", "second.####.exr"]
    assert names(render_of(houdini, stage, rendersettings="/Render/settings2")) == ["second.####.exr", "tower.####.exr"]
    with pytest.raises(CosmosError, match=r"names /Render/gone\* as its render settings, which is not on its stage"):
        names(render_of(houdini, stage, rendersettings="/Render/gone*"))


def test_a_render_pass_names_its_settings(houdini: Houdini) -> None:
    stage = stage_with("/job/r/tower.0001.exr")
    product(stage, "/Render/Products/second", "/job/s/second.0001.exr")
    settings(stage, "/Render/settings2", ["/Render/Products/second"])
    made = UsdRender.Pass.Define(stage, "/Render/Passes/fx")
    made.CreateRenderSourceRel().SetTargets([Sdf.Path("/Render/settings2")])
    assert names(render_of(houdini, stage, renderpass="/Render/Passes/fx")) == ["second.####.exr"]


def test_the_only_settings_of_a_stage_count(houdini: Houdini) -> None:
    stage = stage_with("/job/r/tower.0001.exr")
    stage.ClearMetadata("renderSettingsPrimPath")
    assert names(render_of(houdini, stage)) == ["tower.####.exr"]


def by_frame(name: str) -> Any:
    """As Karma's LOPs author it: the name of the frame that is cooked."""

    def cook(frame: float, options: Mapping[str, Any]) -> Usd.Stage:
        shown = name.format(frame=int(frame), rop=str(options.get("ropname", "")).rsplit("/", 1)[-1], **options)
        return stage_with(shown)

    return cook


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("/job/r/city.{frame:04}.exr", "city.####.exr"),
        ("/job/v3/city_v003.{frame}.exr", "city_v003.#.exr"),
        ("/job/r/shot3_{frame}_v3.exr", "shot3_#_v3.exr"),
        ("/job/r/{rop}.{frame:04}.exr", "render.####.exr"),
    ],
)
def test_the_number_is_found_by_a_second_frame_where_there_is_doubt(houdini: Houdini, name: str, found: str) -> None:
    node = render_of(houdini, by_frame(name), f1=3, f2=7)
    assert names(node) == [found]
    assert rop_output(node).pattern.name(5) == name.rsplit("/", 1)[-1].format(frame=5, rop="render")


def test_a_name_without_the_frame_is_told(houdini: Houdini) -> None:
    with pytest.raises(CosmosError, match=r"writes all its 5 frames into one file, city_v003\.exr"):
        names(render_of(houdini, by_frame("/job/r/city_v003.exr"), f1=3, f2=7))


def test_the_stage_is_cooked_as_the_render_cooks_it(houdini: Houdini) -> None:
    houdini.scene.frame = 50
    seen: list[tuple[float, dict[str, Any]]] = []

    def cook(frame: float, options: Mapping[str, Any]) -> Usd.Stage:
        seen.append((frame, dict(options)))
        return stage_with(f"/job/r/tower.{int(frame):04}.exr")

    node = render_of(houdini, cook, optioncount=1)
    node.parm("optionname1").set("shot")
    node.parm("optionstrvalue1").set("city")
    assert rop_output(node).pattern.name(3) == "tower.0003.exr"
    rop = {"ropcook": 1.0, "ropname": "/stage/render", "ropstart": 1.0, "ropend": 5.0, "ropinc": 1.0}
    frame, options = seen[0]
    assert (frame, options) == (1, {**rop, "shot": "city"})
    node.parm("setropcook").set(0)
    seen.clear()
    rop_output(node)
    assert [options for _, options in seen] == [{"shot": "city"}]


def test_out_finds_its_stage_by_path(houdini: Houdini) -> None:
    houdini.lop("/stage/last", "null", stage=stage_with("/job/r/tower.%04d.exr"))
    node = houdini.add("/out/usdrender1", "usdrender", loppath="/stage/last", trange=1, f1=1, f2=5)
    assert names(node) == ["tower.####.exr"]


def test_a_file_that_exists_already_cannot_be_told(houdini: Houdini) -> None:
    with pytest.raises(CosmosError, match="a USD file that is on disk already"):
        names(render_of(houdini, stage_with("/job/r/x.0001.exr"), dorenderexisting=1))


def test_a_stage_that_cannot_be_cooked_is_told(houdini: Houdini) -> None:
    def fail(frame: float, options: Mapping[str, Any]) -> Usd.Stage:
        raise houdini.module.OperationFailed("Cook error")

    with pytest.raises(CosmosError, match=r"The stage of /stage/before cannot be cooked at frame 1, .*: Cook error"):
        names(render_of(houdini, fail))


def test_range_of_the_stage(houdini: Houdini) -> None:
    node = render_of(houdini, stage_with(""), trange="stage", foffset1=1, outputimage="/job/x.$F4.exr")
    assert rop_output(node).frames.numbers() == range(1000, 1011)


def test_size_of_husk(houdini: Houdini) -> None:
    node = render_of(houdini, stage_with("/job/r/x.0001.exr"), override_res="scale", res_scale=50)
    assert rop_output(node).size == (640, 360)
    node.parm("override_res").set("specific")
    assert rop_output(node).size == (1280, 720)
