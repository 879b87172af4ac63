"""Set up Cosmos passes: what it adds, that it adds it once, that it is undone in one step, and what it says."""

from __future__ import annotations

from typing import Any

import pytest
from pxr import Usd, UsdGeom

from cosmos_bridge.clip.passes import find_passes
from cosmos_bridge.rop.output import rop_output
from cosmos_bridge.setup_passes import UNDO_LABEL, set_up_passes
from cosmos_bridge.setup_passes.stage_check import look
from support.fake_hou import Houdini
from support.fake_hou.lops import CHANGES
from support.images import write_exr
from support.usd import new_stage

PLANE = ("vm_variable_plane", "vm_channel_plane", "vm_vextype_plane", "vm_quantize_plane", "vm_sfilter_plane")
VAR = ("name", "sourceName", "sourceType", "dataType", "format", "enable")


def entry(node: Any, index: int, *names: str) -> list[object]:
    return [node.evalParm(f"{name}{index}") for name in names]


def scene_stage() -> Usd.Stage:
    """Two objects and a light."""
    stage = new_stage()
    for path in ("/world/tower", "/world/street"):
        UsdGeom.Mesh.Define(stage, path)
    UsdGeom.Camera.Define(stage, "/cameras/camera1")
    return stage


def solaris(houdini: Houdini, stage: Usd.Stage | None = None) -> tuple[Any, Any, Any]:
    scene = houdini.lop("/stage/scene", "null", stage=stage or scene_stage())
    settings = houdini.lop("/stage/karmarendersettings1", "karmarendersettings")
    render = houdini.lop("/stage/usdrender_rop1", "usdrender_rop")
    settings.setInput(0, scene)
    render.setInput(0, settings)
    houdini.scene.undos.blocks.clear()
    return scene, settings, render


def test_mantra(houdini: Houdini) -> None:
    node = houdini.add("/out/mantra1", "ifd")
    assert set_up_passes([node]) == (
        "Camera depth (Pz, the closest sample) was added to the image planes of /out/mantra1 as depth.",
        "One flat number an object (Op_Id, unfiltered) was added to the image planes of /out/mantra1 as seg.",
    )
    assert entry(node, 1, *PLANE) == ["Pz", "depth", "float", "float", "closest"]
    assert entry(node, 2, *PLANE) == ["Op_Id", "seg", "float", "float", "closest"]
    assert [node.evalParm(f"vm_pfilter_plane{i}") for i in (1, 2)] == ["minmax min", "minmax idcover"]


def test_mantra_that_a_script_made_has_no_image_planes(houdini: Houdini) -> None:
    node = houdini.module.node("/out").createNode("ifd", "mantra1", run_init_scripts=False)
    said = set_up_passes([node])
    assert said[0] == (
        "Camera depth (Pz, the closest sample) could not be added: /out/mantra1 has no vm_numaux in this version of "
        "Houdini."
    )
    assert len(said) == 2 and "could not be added" in said[1]


def test_karma_of_out_has_a_depth_of_its_own(houdini: Houdini) -> None:
    node = houdini.add("/out/karma1", "karma", extrarendervars=1)
    said = set_up_passes([node])
    assert node.evalParm("hitPz") == 1
    assert entry(node, 2, *VAR) == ["seg", "cosmos_id", "primvar", "color3f", "float", 1]
    assert node.evalParm("extrarendervars") == 2, "no second depth of the same name"
    assert "ubox" not in node.evalParm("filter2")
    assert said[0] == "Karma's own depth was switched on at /out/karma1; the file calls it depth."
    assert said[2].startswith("The id pass shows the colour cosmos_id of your objects")


def test_karma_in_solaris_by_its_render_node(houdini: Houdini) -> None:
    scene, settings, render = solaris(houdini)
    said = set_up_passes([render])
    assert said == (
        "Karma's own depth was switched on at /stage/karmarendersettings1; the file calls it depth.",
        "One flat colour an object was added to /stage/karmarendersettings1 as layer seg.",
        "/stage/cosmos_id was put before it: it gives every object a colour made from its path.",
    )
    wrangle = settings.input(0)
    assert (wrangle.path(), wrangle.input(0)) == ("/stage/cosmos_id", scene)
    assert wrangle.evalParm("primpattern") == "%type:Boundable"
    assert "v@primvars:cosmos_id = " in wrangle.parm("snippet").unexpandedString()
    found = look(settings, "cosmos_id")
    assert found is not None
    assert (found.objects, found.coloured, sorted(found.sources)) == (2, 2, ["cosmos_id", "ray:hitPz"])


def test_the_settings_of_houdini_21_are_called_otherwise(houdini: Houdini) -> None:
    scene = houdini.lop("/stage/scene", "null", stage=scene_stage())
    settings = houdini.lop("/stage/settings", "karmarenderproperties")
    settings.setInput(0, scene)
    assert len(set_up_passes([settings])) == 3
    found = look(settings, "cosmos_id")
    assert found is not None and found.has("ray:hitPz") and found.coloured == 2


def test_a_depth_that_is_averaged_is_mended(houdini: Houdini) -> None:
    _, settings, render = solaris(houdini)
    settings.parm("hitPz").set(1)
    settings.parm("hitPzfilter").set('["ubox",{}]')
    settings.parm("hitPzprecision").set("half")
    assert set_up_passes([render])[0] == (
        "/stage/karmarendersettings1 has Karma's own depth on already. Its filter averaged samples; it now uses the "
        "nearest sample. It had half precision; it now has full precision."
    )
    assert settings.evalParm("hitPzprecision") == "float"
    assert settings.evalParm("hitPzfilter") == '["minmax",{"mode":"zmin"}]'


def test_a_depth_of_another_node_is_seen_on_the_stage(houdini: Houdini) -> None:
    scene, settings, render = solaris(houdini)
    standard = houdini.lop("/stage/vars", "karmastandardrendervars::2.0")
    standard.setInput(0, scene)
    settings.setInput(0, standard)
    said = set_up_passes([render])
    assert said[0].startswith("A depth pass is on the stage of /stage/karmarendersettings1 already")
    assert settings.evalParm("hitPz") == 0


def test_out_finds_the_settings_by_its_lop_path_and_by_fetch(houdini: Houdini) -> None:
    _, settings, _ = solaris(houdini)
    render = houdini.add("/out/usdrender1", "usdrender", loppath=settings.path())
    fetch = houdini.add("/out/fetch1", "fetch", source=render.path())
    assert set_up_passes([fetch])[0].startswith("Karma's own depth was switched on at /stage/karmarendersettings1")
    empty = houdini.add("/out/fetch2", "fetch", source="/out/fetch2")
    assert set_up_passes([empty]) == ("/out/fetch2 fetches no render node: fill in its Source.",)


def test_twice_is_once(houdini: Houdini) -> None:
    _, settings, render = solaris(houdini)
    mantra = houdini.add("/out/mantra1", "ifd")
    set_up_passes([render, mantra])
    nodes = set(houdini.scene.nodes)
    again = set_up_passes([settings, mantra])
    assert len(again) == 4
    assert all("already" in sentence for sentence in again)
    assert (settings.evalParm("extrarendervars"), mantra.evalParm("vm_numaux")) == (1, 2)
    assert set(houdini.scene.nodes) == nodes


def test_an_empty_wrangle_of_an_earlier_version_is_filled(houdini: Houdini) -> None:
    _, settings, render = solaris(houdini)
    set_up_passes([render])
    wrangle = settings.input(0)
    wrangle.parm("snippet").set("")
    nodes = set(houdini.scene.nodes)
    assert set_up_passes([render])[1] == "/stage/cosmos_id was empty and has been filled: it colours objects."
    assert "v@primvars:cosmos_id = " in wrangle.evalParm("snippet")
    assert set(houdini.scene.nodes) == nodes
    found = look(settings, "cosmos_id")
    assert found is not None and found.coloured == 2


def test_a_wrangle_that_cannot_be_filled_is_not_wired_in(houdini: Houdini, monkeypatch: pytest.MonkeyPatch) -> None:
    scene, settings, render = solaris(houdini)
    monkeypatch.setattr(
        "cosmos_bridge.setup_passes.colours.VALUES", {"primpattern": "%type:Boundable", "vexsnippet": ""}
    )
    said = set_up_passes([render])
    assert "The colours of the id pass could not be added: /stage/cosmos_id has no vexsnippet" in said[2]
    assert said[3] == "2 of the 2 objects on the stage have no colour cosmos_id and are black in the id pass."
    assert settings.input(0) == scene
    assert houdini.module.node("/stage/cosmos_id") is None


def test_what_the_stage_lacks_is_told(houdini: Houdini) -> None:
    _, settings, render = solaris(houdini)
    wrangle = houdini.lop("/stage/cosmos_id", "attribwrangle", snippet="v@primvars:other = 0;", primpattern="/world/*")
    wrangle.setInput(0, settings.input(0))
    settings.setInput(0, wrangle)
    assert set_up_passes([render])[-1] == (
        "2 of the 2 objects on the stage have no colour cosmos_id and are black in the id pass."
    )


def test_instances_are_told(houdini: Houdini) -> None:
    stage = scene_stage()
    UsdGeom.Mesh.Define(stage, "/tree/leaf")
    for path in ("/world/tree1", "/world/tree2"):
        prim = stage.DefinePrim(path)
        prim.GetReferences().AddInternalReference("/tree")
        prim.SetInstanceable(True)
    UsdGeom.PointInstancer.Define(stage, "/world/grass")
    _, _, render = solaris(houdini, stage)
    assert set_up_passes([render])[-1] == (
        "The stage has 3 instances or point instancers: all parts within one have one colour. Make them "
        "editable (uninstanceable) if their parts need different colours."
    )


def test_a_stage_without_objects_is_told(houdini: Houdini) -> None:
    _, _, render = solaris(houdini, new_stage())
    assert set_up_passes([render])[-1].endswith("has no objects yet, so none has a colour.")


def test_one_undo_takes_all_of_it_back(houdini: Houdini) -> None:
    scene, settings, render = solaris(houdini)
    mantra = houdini.add("/out/mantra1", "ifd")
    houdini.scene.undos.blocks.clear()
    hou = houdini.module
    set_up_passes([render, mantra])
    assert hou.undos.undoLabels() == (UNDO_LABEL,)
    hou.undos.performUndo()
    assert (settings.evalParm("extrarendervars"), settings.evalParm("hitPz"), mantra.evalParm("vm_numaux")) == (0, 0, 0)
    assert settings.input(0) == scene
    assert hou.node("/stage/cosmos_id") is None


def test_passes_of_ones_own_are_left_alone(houdini: Houdini) -> None:
    node = houdini.add("/out/mantra1", "ifd", vm_numaux=1)
    node.parm("vm_variable_plane1").set("Pz")
    said = set_up_passes([node])
    assert said[0] == "/out/mantra1 has a depth pass already (Pz), which is left as it is."
    assert node.evalParm("vm_pfilter_plane1") == ""
    _, settings, render = solaris(houdini)
    settings.parm("extrarendervars").set(2)
    for index, name in enumerate(("depth", "segmentation"), 1):
        settings.parm(f"name{index}").set(name)
    assert [sentence.split(" already ")[-1] for sentence in set_up_passes([render])] == [
        "(depth), which is left as it is.",
        "(segmentation), which is left as it is.",
    ]


def test_a_pass_that_is_switched_off_is_said_to_be(houdini: Houdini) -> None:
    node = houdini.add("/out/mantra1", "ifd", vm_numaux=1)
    node.parm("vm_variable_plane1").set("Pz")
    node.parm("vm_disable_plane1").set(1)
    assert set_up_passes([node])[0].endswith("(Pz), which is switched off and is left as it is.")
    karma = houdini.add("/out/karma1", "karma", extrarendervars=1)
    karma.parm("name1").set("depth")
    karma.parm("enable1").set(0)
    assert set_up_passes([karma])[0].endswith("(depth), which is switched off and is left as it is.")


def test_a_background_at_the_far_clip_is_none(houdini: Houdini) -> None:
    node = houdini.add("/out/karma1", "karmarendersettings", hitPz=1, hitPzfarclip=1)
    said = set_up_passes([node])[0]
    assert said.endswith("on already. The empty background had the distance of the far clip; it is now empty.")
    assert node.evalParm("hitPzfarclip") == 0


def test_the_karma_lop_keeps_its_vars_to_itself(houdini: Houdini) -> None:
    scene = houdini.lop("/stage/scene", "null", stage=scene_stage())
    node = houdini.lop("/stage/karma1", "karma")
    node.setInput(0, scene)
    assert set_up_passes([node]) == (
        "Karma's own depth was switched on at /stage/karma1; the file calls it depth.",
        "One flat colour an object was added to /stage/karma1 as layer seg.",
        "/stage/cosmos_id was put before it: it gives every object a colour made from its path.",
    )


def test_a_stage_that_lacks_what_the_node_says_is_told(houdini: Houdini, monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, render = solaris(houdini)
    monkeypatch.setitem(CHANGES, "karmarendersettings", lambda node, stage: None)
    assert set_up_passes([render])[-2:] == (
        "The stage of /stage/karmarendersettings1 still has no depth pass: look for an error on the node.",
        "The stage of /stage/karmarendersettings1 still has no id pass: look for an error on the node.",
    )


def test_nodes_that_are_neither(houdini: Houdini) -> None:
    said = set_up_passes([houdini.add("/out/opengl1", "opengl")])
    assert said == (
        "/out/opengl1 is neither Karma nor Mantra, and no Karma Render Settings stands before it: "
        "select one of those nodes.",
    )
    assert set_up_passes([]) == ("Nothing is selected: select a Karma or Mantra node.",)
    labs = houdini.add("/out/ml", "labs::ml_cv_synthetics_karma_rop::1.0")
    assert "writes ids of its own and nothing was added" in set_up_passes([labs])[0]


def test_a_locked_asset_is_told_and_stops_nobody_else(houdini: Houdini) -> None:
    locked, free = houdini.add("/out/asset/mantra1", "ifd"), houdini.add("/out/mantra2", "ifd")
    locked._locked = True
    said = set_up_passes([locked, free])
    assert said[0].startswith("/out/asset/mantra1 cannot be changed (")
    assert (len(said), free.evalParm("vm_numaux")) == (3, 2)


def test_the_nearest_settings_count(houdini: Houdini) -> None:
    _, settings, render = solaris(houdini)
    nearer = houdini.lop("/stage/nearer", "karmarendersettings")
    nearer.setInput(0, settings)
    render.setInput(0, nearer)
    set_up_passes([render])
    assert (nearer.evalParm("extrarendervars"), settings.evalParm("extrarendervars")) == (1, 0)


def test_a_version_that_lacks_a_parameter_gets_no_half_pass(houdini: Houdini) -> None:
    node = houdini.add("/out/mantra1", "ifd")
    resize = node._resize

    def forgetful(block: Any, count: int) -> None:
        resize(block, count)
        node._parms.pop(f"vm_sfilter_plane{count}", None)

    node._resize = forgetful
    assert "could not be added: /out/mantra1 has no vm_sfilter_plane1" in set_up_passes([node])[0]
    assert node.evalParm("vm_numaux") == 0


def test_what_it_sets_up_is_what_is_found_afterwards(houdini: Houdini) -> None:
    node = houdini.add("/out/mantra1", "ifd", vm_picture="$HIP/r/a.$F4.exr")
    set_up_passes([node])
    channels = [node.evalParm(f"vm_channel_plane{i}") for i in (1, 2)]
    write_exr(rop_output(node).pattern.file(1), {"": ["R", "G", "B", *(f"{channel}.Z" for channel in channels)]})
    assert list(find_passes([rop_output(node)]).sources) == ["color", "depth", "seg"]
