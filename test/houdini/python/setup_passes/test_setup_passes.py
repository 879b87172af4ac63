"""Set up Cosmos passes: what it adds, that it adds it once, that it is undone in one step, and what it says."""

from __future__ import annotations

from typing import Any

from cosmos_bridge.clip.passes import find_passes
from cosmos_bridge.rop.output import rop_output
from cosmos_bridge.setup_passes import UNDO_LABEL, set_up_passes
from support.fake_hou import Houdini
from support.images import write_exr


def entry(node: Any, index: int, *names: str) -> list[object]:
    return [node.evalParm(f"{name}{index}") for name in names]


PLANE = ("vm_variable_plane", "vm_channel_plane", "vm_vextype_plane", "vm_quantize_plane", "vm_sfilter_plane")
VAR = ("name", "sourceName", "sourceType", "dataType", "format", "enable")


def test_mantra(houdini: Houdini) -> None:
    node = houdini.add("/out/mantra1", "ifd")
    assert set_up_passes([node]) == (
        "/out/mantra1 renders camera depth (Pz, the closest sample) as layer depth now.",
        "/out/mantra1 renders one flat number an object (Op_Id, unfiltered) as layer seg now.",
    )
    assert entry(node, 1, *PLANE) == ["Pz", "depth", "float", "float", "closest"]
    assert entry(node, 2, *PLANE) == ["Op_Id", "seg", "float", "float", "closest"]
    assert [node.evalParm(f"vm_pfilter_plane{i}") for i in (1, 2)] == ["minmax min", "minmax idcover"]


def test_karma_of_out(houdini: Houdini) -> None:
    node = houdini.add("/out/karma1", "karma", extrarendervars=1)
    said = set_up_passes([node])
    assert entry(node, 2, *VAR) == ["depth", "ray:hitPz", "raw", "float", "float", 1]
    assert entry(node, 3, *VAR) == ["seg", "cosmos_id", "primvar", "color3f", "float", 1]
    assert "ubox" not in node.evalParm("filter2") + node.evalParm("filter3")
    assert said[2].startswith("The id pass shows the colour cosmos_id of your objects")


def solaris(houdini: Houdini) -> tuple[Any, Any, Any]:
    scene = houdini.lop("/stage/scene", "sopcreate")
    settings = houdini.lop("/stage/karmarendersettings1", "karmarendersettings")
    render = houdini.lop("/stage/usdrender_rop1", "usdrender_rop")
    settings.setInput(0, scene)
    render.setInput(0, settings)
    houdini.scene.undos.blocks.clear()
    return scene, settings, render


def test_karma_in_solaris_by_its_render_node(houdini: Houdini) -> None:
    scene, settings, render = solaris(houdini)
    said = set_up_passes([render])
    assert [sentence.split()[0] for sentence in said] == [settings.path(), settings.path(), "/stage/cosmos_id"]
    wrangle = settings.input(0)
    assert (wrangle.path(), wrangle.input(0)) == ("/stage/cosmos_id", scene)
    assert wrangle.evalParm("primpattern") == "%type:Boundable"
    assert "v@primvars:cosmos_id = " in wrangle.parm("vexsnippet").unexpandedString()


def test_twice_is_once(houdini: Houdini) -> None:
    _, settings, render = solaris(houdini)
    mantra = houdini.add("/out/mantra1", "ifd")
    set_up_passes([render, mantra])
    nodes = set(houdini.scene.nodes)
    again = set_up_passes([settings, mantra])
    assert len(again) == 4
    assert all("already" in sentence for sentence in again)
    assert (settings.evalParm("extrarendervars"), mantra.evalParm("vm_numaux")) == (2, 2)
    assert set(houdini.scene.nodes) == nodes


def test_one_undo_takes_all_of_it_back(houdini: Houdini) -> None:
    scene, settings, render = solaris(houdini)
    mantra = houdini.add("/out/mantra1", "ifd")
    houdini.scene.undos.blocks.clear()
    hou = houdini.module
    set_up_passes([render, mantra])
    assert hou.undos.undoLabels() == (UNDO_LABEL,)
    hou.undos.performUndo()
    assert (settings.evalParm("extrarendervars"), mantra.evalParm("vm_numaux")) == (0, 0)
    assert settings.input(0) == scene
    assert hou.node("/stage/cosmos_id") is None


def test_passes_of_ones_own_are_left_alone(houdini: Houdini) -> None:
    node = houdini.add("/out/mantra1", "ifd", vm_numaux=1)
    node.parm("vm_variable_plane1").set("Pz")
    said = set_up_passes([node])
    assert said[0] == "/out/mantra1 has a depth pass already (Pz), which is left as it is."
    assert node.evalParm("vm_pfilter_plane1") == ""


def test_nodes_that_are_neither(houdini: Houdini) -> None:
    said = set_up_passes([houdini.add("/out/opengl1", "opengl")])
    assert said == (
        "/out/opengl1 is neither Karma nor Mantra, and no Karma Render Settings stands before it: "
        "select one of those nodes.",
    )
    assert set_up_passes([]) == ("Nothing is selected: select a Karma or Mantra node.",)


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
    assert (nearer.evalParm("extrarendervars"), settings.evalParm("extrarendervars")) == (2, 0)


def test_a_version_that_lacks_a_parameter_is_told(houdini: Houdini) -> None:
    node = houdini.add("/out/mantra1", "ifd")
    resize = node._resize

    def forgetful(block: Any, count: int) -> None:
        resize(block, count)
        node._parms.pop(f"vm_sfilter_plane{count}", None)

    node._resize = forgetful
    assert "this version has no vm_sfilter_plane1: check that pass" in set_up_passes([node])[0]


def test_what_it_sets_up_is_what_is_found_afterwards(houdini: Houdini) -> None:
    node = houdini.add("/out/mantra1", "ifd", vm_picture="$HIP/r/a.$F4.exr")
    set_up_passes([node])
    channels = [node.evalParm(f"vm_channel_plane{i}") for i in (1, 2)]
    write_exr(rop_output(node).pattern.file(1), {"": ["R", "G", "B", *(f"{channel}.Z" for channel in channels)]})
    assert list(find_passes([rop_output(node)]).sources) == ["color", "depth", "seg"]
