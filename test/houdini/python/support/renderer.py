"""A renderer of the stand-in: EXR files whose layers are those that the node, or its stage, says."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from cosmos_bridge.rop.output import rop_output

from .fake_hou import Houdini
from .images import write_exr

COLOUR = ("R", "G", "B", "A")


def render_exr(houdini: Houdini, now: Callable[[], float]) -> None:
    """From now on renders write what they are set up for, at a time in seconds since 1970."""

    def write(node: Any, frame: int) -> None:
        file = rop_output(node).pattern.file(frame)
        write_exr(file, {"": [*COLOUR, *_channels(node)]}, (64, 36))
        os.utime(file, (now(), now()))

    houdini.scene.writer = write


def _channels(node: Any) -> Sequence[str]:
    return [channel for name in _layers(node) for channel in _of(name)]


def _of(name: str) -> Sequence[str]:
    return [f"{name}.Z"] if name == "depth" else [f"{name}.{each}" for each in "rgb"]


def _layers(node: Any) -> Iterator[str]:
    """Vars of Karma's own nodes, planes of Mantra, else the render vars of the stage that is rendered."""
    if node.parm("extrarendervars") is not None:
        yield from ["depth"] if node.evalParm("hitPz") else []
        yield from (str(node.evalParm(f"name{i}")) for i in _entries(node, "extrarendervars"))
    elif node.parm("vm_numaux") is not None:
        yield from (str(node.evalParm(f"vm_channel_plane{i}")) for i in _entries(node, "vm_numaux"))
    elif node.parm("outputimage") is not None:
        before = node.node(str(node.evalParm("loppath"))) if node.input(0) is None else node.input(0)
        stage = before.stage()  # its prims are gone with it
        for prim in stage.Traverse():
            if prim.GetTypeName() == "RenderVar":
                yield str(prim.GetAttribute("driver:parameters:aov:name").Get())


def _entries(node: Any, count: str) -> range:
    return range(1, int(node.evalParm(count)) + 1)
