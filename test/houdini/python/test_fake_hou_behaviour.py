"""What the fake does as Houdini does, where the plugin depends on it."""

from __future__ import annotations

import pytest

from support.fake_hou import Houdini, RopNode


def test_render_tells_its_events_in_order(houdini: Houdini) -> None:
    rop = houdini.rop("/out/karma1", "karma", trange=1, f1=1, f2=2)
    seen: list[tuple[str, float]] = []
    rop.addRenderEventCallback(lambda node, event, time: seen.append((event.name(), time * 24 + 1)))
    rop.render()
    frame = ["PreFrame", "PostFrame", "PostWrite"]
    assert [name for name, _ in seen] == ["PreRender", *frame, *frame, "PostRender"]
    assert seen[4] == ("PreFrame", 2.0)


def test_the_same_callback_counts_once_and_does_not_survive_a_load(houdini: Houdini) -> None:
    hou = houdini.module
    rop = houdini.rop("/out/karma1", "karma", trange=1, f1=1, f2=1)
    seen: list[str] = []

    def told(node: RopNode, event: object, time: float) -> None:
        seen.append(node.path())

    rop.addRenderEventCallback(told)
    rop.addRenderEventCallback(told)
    rop.render()
    assert len(seen) == 5
    rop.setUserData("cosmos", "kept")
    hou.hipFile.save()
    hou.hipFile.load(hou.hipFile.path())
    with pytest.raises(hou.ObjectWasDeleted):
        rop.path()
    again = hou.node("/out/karma1")
    assert again.userData("cosmos") == "kept"
    again.render()
    assert len(seen) == 5


def test_events_of_opening_a_file(houdini: Houdini) -> None:
    hou = houdini.module
    hou.hipFile.save()
    seen: list[str] = []
    hou.hipFile.addEventCallback(lambda event: seen.append(event.name()))
    hou.hipFile.load(hou.hipFile.path())
    assert seen == ["BeforeLoad", "BeforeClear", "AfterClear", "AfterLoad"]


def test_images_come_after_the_render_by_default(houdini: Houdini) -> None:
    rop = houdini.rop("/out/karma1", "karma", trange=1, f1=1, f2=4)
    order: list[object] = []
    houdini.scene.writer = lambda node, frame: order.append(frame)
    rop.addRenderEventCallback(lambda node, event, time: order.append(event.name()))
    rop.render()
    assert order[-1] == "PostRender" and 1 not in order
    houdini.scene.late.arrive(3, 1)
    houdini.scene.late.die()
    houdini.scene.late.arrive()
    assert order[-2:] == [3, 1]


def test_cancelling_is_no_failure(houdini: Houdini) -> None:
    hou = houdini.module
    assert issubclass(hou.OperationInterrupted, hou.Error)
    assert not issubclass(hou.OperationInterrupted, hou.OperationFailed)


def test_rops_in_other_networks(houdini: Houdini) -> None:
    hou = houdini.module
    made = [
        ("/stage/a", "usdrender_rop"),
        ("/img/b", "rop_comp"),
        ("/stage/cops/c", "rop_image"),
        ("/stage/d", "karma"),
    ]
    assert [isinstance(houdini.add(*each), hou.RopNode) for each in made] == [True, True, True, False]


def test_scripts_of_the_node_run_even_where_callbacks_do_not_exist(houdini: Houdini) -> None:
    hou = houdini.module
    lop = houdini.lop("/stage/render", "karma", trange=1, f1=1, f2=1)
    lop._parms["tpostrender"].set(1)
    lop._parms["lpostrender"].set("python")
    lop._parms["postrender"].set("hou.session.seen = hou.pwd().path()")
    lop._parms["execute"].pressButton()
    assert hou.session.seen == "/stage/render"


def test_an_error_of_a_callback_stops_no_render(houdini: Houdini) -> None:
    rop = houdini.rop("/out/karma1", "karma", trange=1, f1=1, f2=3, soho_foreground=1)
    written: list[int] = []
    houdini.scene.writer = lambda node, frame: written.append(frame)

    def fails(node: RopNode, event: object, time: float) -> None:
        raise ZeroDivisionError

    rop.addRenderEventCallback(fails)
    rop.render()
    assert written == [1, 2, 3]
    assert isinstance(houdini.scene.callback_errors[0], ZeroDivisionError)


def test_user_data_is_text_only(houdini: Houdini) -> None:
    with pytest.raises(TypeError):
        houdini.add("/out/karma1", "karma").setUserData("cosmos", 1)


def test_os_is_known_on_the_node_only(houdini: Houdini) -> None:
    hou = houdini.module
    rop = houdini.add("/out/karma1", "karma", picture="$HIP/$OS.${F3}.exr")
    assert rop.evalParm("picture") == f"{houdini.scene.hip.parent}/karma1.001.exr"
    assert hou.text.expandString("$OS") == "$OS"


def test_text_of_a_parameter_with_an_expression_is_not_to_be_had(houdini: Houdini) -> None:
    hou = houdini.module
    parm = houdini.add("/out/karma1", "karma")._parms["picture"]
    parm.setExpression("'/a/b.%d.exr' % hou.frame()", hou.exprLanguage.Python)
    assert parm.eval() == "/a/b.1.exr"
    with pytest.raises(hou.OperationFailed):
        parm.unexpandedString()


def test_undo_takes_a_whole_group_back(houdini: Houdini) -> None:
    hou = houdini.module
    rop = houdini.add("/out/mantra1", "ifd")
    with hou.undos.group("Set up"):
        rop._parms["vm_numaux"].set(2)
        rop._parms["vm_variable_plane2"].set("Pz")
    assert hou.undos.undoLabels() == ("Set up",)
    hou.undos.performUndo()
    assert rop.evalParm("vm_numaux") == 0
    assert rop.parm("vm_variable_plane2") is None
