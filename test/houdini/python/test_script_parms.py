"""Our lines in a node's render scripts: added to what is there, gone without a trace."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from cosmos_bridge import script_parms
from cosmos_bridge.errors import CosmosError
from cosmos_bridge.script_text import lines
from support.fake_hou import Houdini

#: A fake node, which stands for Houdini's.
Node = Any

PATH = "/stage/usdrender_rop1"


@pytest.fixture
def node(houdini: Houdini) -> Node:
    return houdini.lop(PATH, "usdrender_rop", outputimage="$HIP/color.$F4.exr")


def scripts(node: Node) -> list[tuple[object, object, object]]:
    return [tuple(node.parm(f"{kind}{name}").eval() for kind in ("t", "l", "")) for name in ("prerender", "postrender")]


def test_empty_scripts_become_ours_and_empty_again(node: Node) -> None:
    before = scripts(node)
    script_parms.install(node)
    assert scripts(node) == [(1, "python", lines("prerender")), (1, "python", lines("postrender"))]
    assert script_parms.is_installed(node)
    script_parms.install(node)
    assert node.parm("postrender").eval() == lines("postrender")
    script_parms.remove(node)
    assert scripts(node) == before
    assert node.userDataDict() == {}


@pytest.mark.parametrize("own", ["print('done')", "print('done')\n", "if True:\n    print('done')\n\n\n"])
def test_the_artists_own_script_is_added_to_and_left_to_the_letter(node: Node, own: str) -> None:
    for name, value in (("postrender", own), ("lpostrender", "python"), ("tpostrender", 1)):
        node.parm(name).set(value)
    before = scripts(node)
    script_parms.install(node)
    assert node.parm("postrender").eval() == f"{own}\n{lines('postrender')}"
    compile(node.parm("postrender").eval(), "postrender", "exec")
    script_parms.remove(node)
    assert scripts(node) == before


def test_what_the_artist_added_afterwards_stays_and_runs(node: Node) -> None:
    script_parms.install(node)
    node.parm("postrender").set(lines("postrender") + "print('mine')\n")
    script_parms.remove(node)
    assert scripts(node)[1] == (1, "python", "print('mine')\n")
    node.parm("postrender").set("")
    script_parms.install(node)
    node.parm("postrender").set(lines("postrender").replace("    pass", "    print('no plugin'); pass") + "print(1)\n")
    script_parms.remove(node)
    assert node.parm("postrender").eval() == "print(1)\n"


@pytest.mark.parametrize(
    ("own", "language", "toggle", "why"),
    [
        ("opparm . f1 1", "hscript", 1, "HScript"),
        ("print('off')", "python", 0, "switched off"),
        ("$HIP/scripts/notify.py --shot 10", "python", 1, "is a file"),
    ],
)
def test_a_script_that_cannot_be_added_to_is_left_alone(
    node: Node,
    own: str,
    language: str,
    toggle: int,
    why: str,
) -> None:
    for name, value in (("postrender", own), ("lpostrender", language), ("tpostrender", toggle)):
        node.parm(name).set(value)
    before = scripts(node)
    with pytest.raises(CosmosError, match=why) as refused:
        script_parms.install(node)
    assert refused.value.code == "scripts_in_use"
    assert 'on_script("postrender")' in refused.value.sentence
    assert scripts(node) == before
    assert node.userDataDict() == {}


def test_what_it_was_before_is_not_taken_from_anybody(node: Node) -> None:
    script_parms.install(node)
    node.setUserData(script_parms.BEFORE, '{"postrender": 3, "x"')
    script_parms.remove(node)
    assert scripts(node) == [(1, "hscript", ""), (1, "hscript", "")]


def test_an_expression_is_left_alone(node: Node) -> None:
    node.parm("prerender").setExpression('chs("postrender")')
    with pytest.raises(CosmosError, match="expression"):
        script_parms.install(node)


def test_a_node_without_scripts_says_so(houdini: Houdini) -> None:
    node: Node = houdini.add("/out/merge1", "merge")
    with pytest.raises(CosmosError) as refused:
        script_parms.install(node)
    assert refused.value.code == "scripts_missing"
    script_parms.remove(node)


def test_where_the_plugin_is_not_installed_a_render_goes_on(
    houdini: Houdini,
    node: Node,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    script_parms.install(node)
    monkeypatch.setitem(sys.modules, "cosmos_bridge.hooks", None)
    node.parm("execute").pressButton()
    assert houdini.scene.callback_errors == []
