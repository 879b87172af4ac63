"""What each kind of node would write."""

from __future__ import annotations

import pytest

from cosmos_bridge.errors import CosmosError
from cosmos_bridge.rop.output import is_rop, rop_output
from support.fake_hou import Houdini
from support.images import write_exr
from support.usd import new_stage

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


def test_a_version_is_no_other_type_and_a_namespace_is_one(houdini: Houdini) -> None:
    assert rop_output(houdini.add("/out/k", "karma::2.0", picture="$HIP/x.$F4.exr")).kind == "karma"
    assert not is_rop(houdini.add("/out/s", "studio::karma::2.0", picture="$HIP/x.$F4.exr"))


def test_karma_of_labs_has_a_range_of_its_own(houdini: Houdini) -> None:
    houdini.scene.frame = 7
    lop = houdini.lop("/stage/k", "labs::karma::2.0", picture="$HIP/x.$F4.exr", f1=1, f2=5)
    assert (rop_output(lop).kind, rop_output(lop).frames.numbers()) == ("karma", range(1, 6))
    lop.parm("trange").set(0)
    assert rop_output(lop).frames.numbers() == range(7, 8)
    for trange, wedges in ((2, 0), (1, 1)):
        lop.parm("trange").set(trange)
        lop.parm("enablewedging").set(wedges)
        with pytest.raises(CosmosError, match="a list of frames or wedges"):
            rop_output(lop)


def test_the_training_node_of_labs_writes_images(houdini: Houdini) -> None:
    node = houdini.add("/out/ml", "labs::ml_cv_synthetics_karma_rop::1.0", outputimage="$HIP/x.$F4.exr")
    assert rop_output(node).kind == "usdrender"


def test_a_node_is_read_in_its_own_take(houdini: Houdini) -> None:
    node = houdini.add("/out/karma1", "karma", picture="$HIP/x.$F4.exr", take="night")
    houdini.scene.takes["night"] = {"/out/karma1/picture": "$HIP/night.$F4.exr"}
    houdini.scene.undos.blocks.clear()
    assert rop_output(node).pattern.hashes() == "night.####.exr"
    assert (houdini.scene.take, node.evalParm("picture")[-10:]) == ("Main", "x.0001.exr")
    assert houdini.scene.undos.blocks == [], "looking at a node is no step of the undo history"
    node.parm("take").set("gone")
    with pytest.raises(CosmosError, match="the take gone, which is not in this scene"):
        rop_output(node)


def test_tiles_are_no_images(houdini: Houdini) -> None:
    node = houdini.add("/out/usdrender1", "usdrender", outputimage="$HIP/x.$F4.exr", husk_tile=1)
    with pytest.raises(CosmosError, match="one tile of each image"):
        rop_output(node)


@pytest.mark.parametrize(
    ("type_name", "toggle", "waits"),
    [
        ("karma", "soho_foreground", 1),
        ("ifd", "soho_foreground", 1),
        ("usdrender", "soho_foreground", 1),
        ("image", "savebackground", 0),
    ],
)
def test_by_default_the_images_come_after_the_render(houdini: Houdini, type_name: str, toggle: str, waits: int) -> None:
    kind = PARM_OF[type_name][0]
    node = houdini.add("/out/node1", type_name, **{kind: "$HIP/x.$F4.exr"})
    assert rop_output(node).deferred
    node.parm(toggle).set(waits)
    assert not rop_output(node).deferred


def test_a_node_that_writes_no_images(houdini: Houdini) -> None:
    node = houdini.add("/out/geometry1", "geometry")
    assert not is_rop(node)
    with pytest.raises(CosmosError, match="select a render node") as raised:
        rop_output(node)
    assert raised.value.code == "rop_unknown"


def test_mantra_that_writes_scene_descriptions_is_not_done_when_it_says_so(houdini: Houdini) -> None:
    node = houdini.add("/out/mantra1", "ifd", vm_picture="$HIP/x.$F4.exr", soho_foreground=1)
    assert not rop_output(node).deferred
    node._parms["soho_outputmode"].set(1)
    assert rop_output(node).deferred
    assert rop_output(node).pattern.hashes() == "x.####.exr"


def test_settings_that_keep_frames_from_being_rendered_again(houdini: Houdini) -> None:
    mantra = houdini.add("/out/mantra1", "ifd", vm_picture="$HIP/x.$F4.exr")
    usd = houdini.add("/out/usdrender1", "usdrender", outputimage="$HIP/x.$F4.exr")
    assert [rop_output(node).keeps for node in (mantra, usd)] == [False, False]
    mantra.parm("soho_skip_frame").set("exist:vm_picture")
    usd.parm("husk_skip_existing_frames").set(1)
    assert [rop_output(node).keeps for node in (mantra, usd)] == [True, True]


def test_sizes(houdini: Houdini) -> None:
    houdini.add("/obj/cam1", "cam", resx=1920, resy=1080)
    karma = houdini.add("/out/karma1", "karma", resolutionx=1280, resolutiony=704)
    mantra = houdini.add("/out/mantra1", "ifd")
    opengl = houdini.add("/out/opengl1", "opengl", camera="/obj/cam1")
    assert [rop_output(node).size for node in (karma, mantra, opengl)] == [(1280, 704), (1920, 1080), (1920, 1080)]
    for node in (mantra, karma):
        node._parms["override_camerares"].set(1)
    assert rop_output(karma).size == (640, 352), "the Karma ROP of /out can override its own size"
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


def test_lop_nodes(houdini: Houdini) -> None:
    lop = houdini.lop("/stage/karma1", "karma", trange=1, f1=1, f2=5, picture="$HIP/$OS.$F4.exr", resolutionx=640)
    assert not hasattr(lop, "render")
    assert (rop_output(lop).kind, rop_output(lop).size, len(rop_output(lop).frames)) == ("karma", (640, 720), 5)
    rop = houdini.lop("/stage/usdrender_rop1", "usdrender_rop", trange=1, f1=1, f2=5, outputimage="$HIP/$OS.$F4.exr")
    output = rop_output(rop)
    assert (output.kind, output.pattern.prefix, len(output.frames)) == ("usdrender", "usdrender_rop1.", 5)


def test_no_output_anywhere(houdini: Houdini) -> None:
    lop = houdini.lop("/stage/render", "usdrender_rop")
    with pytest.raises(CosmosError, match="connect it to a LOP node") as raised:
        rop_output(lop)
    lop.setInput(0, houdini.lop("/stage/a", "sopcreate", stage=new_stage()))
    with pytest.raises(CosmosError, match="no render product") as again:
        rop_output(lop)
    assert (raised.value.code, again.value.code) == ("output_missing", "output_missing")


def test_layers_of_what_is_on_disk(houdini: Houdini) -> None:
    node = houdini.add("/out/karma1", "karma", picture="$HIP/r/x.$F4.exr", trange=1, f1=1, f2=3)
    assert rop_output(node).layers is None
    write_exr(houdini.scene.hip.parent / "r" / "x.0002.exr", {"": ["R", "G", "B", "depth.Z"]})
    assert rop_output(node).layers == ("", "depth")
