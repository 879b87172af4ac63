"""Scenes of the fake Houdini that render real files."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from cosmos_bridge.rop.output import rop_output

from .fake_hou import Houdini
from .images import write_png

SIZE = (64, 48)
#: A fake node, which stands for Houdini's.
Node = Any


def karma(houdini: Houdini, path: str = "/out/karma1", picture: str = "$HIP/city/color.$F4.png", **parms: Any) -> Node:
    """A Karma ROP of frames 1 to 4, 64x48, which waits for its images, as none does by default; they are PNG files."""
    set_up(houdini)
    named = {"trange": 1, "soho_foreground": 1, "f1": 1, "f2": 4, "resolutionx": SIZE[0], "resolutiony": SIZE[1]}
    return houdini.rop(path, "karma", picture=picture, **{**named, **parms})


def set_up(houdini: Houdini, grey: int = 100, pause: float = 0) -> None:
    """From now on renders write files: frame N is of grey `grey` + N, and takes `pause` seconds."""

    def write(node: Node, frame: int) -> None:
        time.sleep(pause)
        file = rop_output(node).pattern.file(frame)
        before = file.stat().st_mtime_ns if file.exists() else 0
        write_png(file, SIZE, (grey + frame) % 256)
        if file.stat().st_mtime_ns == before:  # no renderer writes a frame twice within a tick of the disk's clock
            os.utime(file, ns=(before + 1_000_000, before + 1_000_000))

    houdini.scene.writer = write


def folder_of(houdini: Houdini, name: str = "city") -> Path:
    """A clip folder beside the scene."""
    return houdini.scene.hip.parent / name
