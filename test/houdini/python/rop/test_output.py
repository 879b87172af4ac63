"""What each kind of node would write."""

from __future__ import annotations

import pytest

from cosmos_bridge.errors import CosmosError
from cosmos_bridge.rop.output import is_rop, rop_output, rop_outputs
from support.fake_hou import Houdini, Stage
from support.images import write_exr

PARM_OF = {
    "karma": ("picture", "karma"),
    "ifd": ("vm_picture", "mantra"),
    "opengl": ("picture", "opengl"),
    "flipbook": ("picture", "flipbook"),
    "comp": ("copoutput", "copnet"),
    "image": ("copoutput", "copnet"),
    "rop_comp": ("copoutput", "copnet"),
    "rop_image": ("copoutput", "copnet"),
    "arnold": ("ar_picture", "arnold"),
    "Redshift_ROP": ("RS_outputFileNamePrefix", "redshift"),
    "vray_renderer": ("SettingsOutput_img_file_path", "vray"),
    "usdrender": ("outputimage", "usdrender"),
    "usdrender_rop": ("outputimage", "usdrender"),
}


@pytest.mark.parametrize("type_name", PARM_OF)
def test_every_kind_of_node(houdini: Houdini, type_name: str) -> None:
    parm, kind = PARM_OF[type_name]
    node = houdini.add("/net/node1", type_name, **{parm: "$HIP/r/x.$F4.exr"})
    output = rop_output(node)
    assert (output.kind, output.pattern.hashes(), output.node) == (kind, "x.####.exr", "/net/node1")
    assert is_rop(node)


def test_a_version_or_namespace_is_no_other_type(houdini: Houdini) -> None:
    assert rop_output(houdini.add("/out/k", "studio::karma::2.0", picture="$HIP/x.$F4.exr")).kind == "karma"


def test_a_node_that_writes_no_images(houdini: Houdini) -> None:
    node = houdini.add("/out/geometry1", "geometry")
    assert not is_rop(node)
    with pytest.raises(CosmosError, match="select a render node") as raised:
        rop_output(node)
    assert raised.value.code == "rop_unknown"


def test_mantra_that_writes_scene_descriptions_is_not_done_when_it_says_so(houdini: Houdini) -> None:
    node = houdini.add("/out/mantra1", "ifd", vm_picture="$HIP/x.$F4.exr")
    assert not rop_output(node).deferred
    node._parms["soho_outputmode"].set(1)
    assert rop_output(node).deferred
    assert rop_output(node).pattern.hashes() == "x.####.exr"


def test_sizes(houdini: Houdini) -> None:
    houdini.add("/obj/cam1", "cam", resx=1920, resy=1080)
    karma = houdini.add("/out/karma1", "karma", resolutionx=1280, resolutiony=704)
    mantra = houdini.add("/out/mantra1", "ifd")
    opengl = houdini.add("/out/opengl1", "opengl", camera="/obj/cam1")
    assert [rop_output(node).size for node in (karma, mantra, opengl)] == [(1280, 704), (1920, 1080), (1920, 1080)]
    mantra._parms["override_camerares"].set(1)
    assert rop_output(mantra).size == (960, 540)
    mantra._parms["res_fraction"].set("specific")
    assert rop_output(mantra).size == (1280, 720)
    opengl._parms["tres"].set(1)
    assert rop_output(opengl).size == (320, 243)
    redshift = houdini.add(
        "/out/rs", "Redshift_ROP", RS_overrideCameraRes=1, RS_overrideResScale=7, RS_overrideRes1=640
    )
    assert rop_output(redshift).size == (640, 720)
    assert rop_output(houdini.add("/out/comp1", "comp")).size is None


def test_lop_nodes_without_render(houdini: Houdini) -> None:
    lop = houdini.lop("/stage/usdrender_rop1", "usdrender_rop", trange=1, f1=1, f2=5, outputimage="$HIP/$OS.$F4.exr")
    assert not hasattr(lop, "render")
    output = rop_output(lop)
    assert (output.kind, output.pattern.prefix, len(output.frames)) == ("usdrender", "usdrender_rop1.", 5)


def stage_with(name: object, settings: str = "/Render/rendersettings") -> Stage:
    stage = Stage(start=1001, end=1010, settings=settings)
    stage.add("/Render/Products/old", "RenderProduct", productName="/old/old.0001.exr")
    stage.add("/Render/Products/main", "RenderProduct", productName=name, resolution=(1280, 704), camera=["/cameras/a"])
    stage.add("/Render/rendersettings", "RenderSettings", products=["/Render/Products/main"])
    return stage


def test_an_empty_output_image_is_looked_up_on_the_stage(houdini: Houdini) -> None:
    before = houdini.lop("/stage/karma_settings", "sopcreate", stage=stage_with("/job/r/tower.0001.exr"))
    lop = houdini.lop("/stage/render", "usdrender_rop", trange=1, f1=1, f2=5)
    lop.setInput(0, before)
    output = rop_output(lop)
    assert str(output.pattern.file(3)) == "/job/r/tower.0003.exr"
    assert (output.size, output.camera) == ((1280, 704), "/cameras/a")
    assert before._cooked == [None], "other frames of the stage must not be cooked"


def test_the_stage_is_at_another_frame_than_the_render_begins_with(houdini: Houdini) -> None:
    houdini.scene.frame = 50
    before = houdini.lop("/stage/a", "sopcreate", stage=stage_with("/job/r/tower.0050.exr"))
    lop = houdini.lop("/stage/render", "usdrender_rop", trange=1, f1=1, f2=5)
    lop.setInput(0, before)
    assert rop_output(lop).pattern.name(3) == "tower.0003.exr"


def test_out_usdrender_finds_its_stage_by_path(houdini: Houdini) -> None:
    houdini.lop("/stage/last", "sopcreate", stage=stage_with("/job/r/tower.%04d.exr", settings=""))
    node = houdini.add("/out/usdrender1", "usdrender", loppath="/stage/last", trange=1, f1=1, f2=5)
    outputs = rop_outputs(node)
    assert [output.pattern.prefix for output in outputs if "tower" in output.pattern.prefix] == ["tower."]


def test_range_of_the_stage(houdini: Houdini) -> None:
    before = houdini.lop("/stage/a", "sopcreate", stage=stage_with(""))
    lop = houdini.lop("/stage/render", "usdrender_rop", trange="stage", foffset1=1, outputimage="/job/x.$F4.exr")
    lop.setInput(0, before)
    assert rop_output(lop).frames.numbers() == range(1000, 1011)


def test_size_of_husk(houdini: Houdini) -> None:
    before = houdini.lop("/stage/a", "sopcreate", stage=stage_with("/job/r/x.0001.exr"))
    lop = houdini.lop("/stage/render", "usdrender_rop", override_res="scale", res_scale=50)
    lop.setInput(0, before)
    assert rop_output(lop).size == (640, 352)
    lop._parms["override_res"].set("specific")
    assert rop_output(lop).size == (1280, 720)


def test_no_output_anywhere(houdini: Houdini) -> None:
    lop = houdini.lop("/stage/render", "usdrender_rop")
    with pytest.raises(CosmosError, match="connect it to a LOP node") as raised:
        rop_output(lop)
    lop.setInput(0, houdini.lop("/stage/a", "sopcreate", stage=stage_with("")))
    with pytest.raises(CosmosError, match="no render product") as again:
        rop_output(lop)
    assert (raised.value.code, again.value.code) == ("output_missing", "output_missing")


def test_layers_of_what_is_on_disk(houdini: Houdini) -> None:
    node = houdini.add("/out/karma1", "karma", picture="$HIP/r/x.$F4.exr", trange=1, f1=1, f2=3)
    assert rop_output(node).layers is None
    write_exr(houdini.scene.hip.parent / "r" / "x.0002.exr", {"": ["R", "G", "B", "depth.Z"]})
    assert rop_output(node).layers == ("", "depth")
