"""Frames on disk, with the size and time that the daemon will compare."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from cosmos_bridge.rop.files import frames_on_disk, missing
from cosmos_bridge.rop.output import rop_output
from cosmos_bridge.rop.pattern import SequencePattern
from support.fake_hou import Houdini
from support.images import write_png


def test_missing_frames(houdini: Houdini) -> None:
    node = houdini.add("/out/karma1", "karma", picture="$HIP/r/a.$F4.png", trange=1, f1=-1, f2=9, f3=2)
    output = rop_output(node)
    assert missing(output) == (-1, 1, 3, 5, 7, 9)
    for frame in (-1, 3, 4, 9):
        write_png(output.pattern.file(frame))
    assert missing(output) == (1, 5, 7)
    assert list(frames_on_disk(output.pattern)) == [-1, 3, 4, 9]


def test_time_is_what_node_calls_mtime_ms(tmp_path: Path) -> None:
    file = write_png(tmp_path / "a.0001.png")
    os.utime(file, ns=(1_763_000_000_123_456_789, 1_763_000_000_123_456_789))
    fact = frames_on_disk(SequencePattern(tmp_path, "a.", 4, ".png"))[1]
    shown = subprocess.run(
        ["node", "-p", f"const s = fs.statSync({str(file)!r}); s.size + ' ' + s.mtimeMs"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert int(shown[0]) == fact.size
    assert abs(float(shown[1]) - fact.mtime_ms) < 0.01


def test_of_a_frame_that_is_there_twice_the_padding_decides(tmp_path: Path) -> None:
    write_png(tmp_path / "a.0001.png")
    write_png(tmp_path / "a.1.png")
    for padding, name in ((4, "a.0001.png"), (1, "a.1.png")):
        assert frames_on_disk(SequencePattern(tmp_path, "a.", padding, ".png"))[1].name == name


def test_a_folder_that_is_not_there_has_no_frames(tmp_path: Path) -> None:
    assert frames_on_disk(SequencePattern(tmp_path / "none", "a.", 4, ".png")) == {}
