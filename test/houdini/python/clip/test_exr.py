"""Headers of EXR files: hand-made ones for every shape, one that ffmpeg wrote, and broken ones."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from cosmos_bridge.clip.exr import ExrError, parse_exr, read_exr
from support.images import exr_bytes, write_exr


def test_layers_of_one_part(tmp_path: Path) -> None:
    """What Mantra writes: all planes in one part, their layer before the dot."""
    file = write_exr(tmp_path / "a.exr", {"": ["R", "G", "B", "A", "Pz", "seg.R", "seg.G", "seg.B", "main.depth.Z"]})
    image = read_exr(file)
    assert sorted(image.layers) == ["", "Pz", "main.depth", "seg"]
    assert image.parts[0].name == ""


def test_layers_of_many_parts(tmp_path: Path) -> None:
    """What Karma writes: one part a render var, channels without a dot."""
    file = write_exr(tmp_path / "a.exr", {"C": ["R", "G", "B", "A"], "depth": ["Z"], "seg": ["R", "G", "B"]})
    image = read_exr(file)
    assert image.layers == ("C", "depth", "seg")
    assert [part.channels for part in image.parts] == [("A", "B", "G", "R"), ("Z",), ("B", "G", "R")]


@pytest.mark.parametrize("name", ["rgba", "Beauty", "main"])
def test_a_part_called_after_the_picture_is_the_picture(name: str) -> None:
    assert parse_exr(exr_bytes({name: ["R", "G", "B"], "Z": ["Z"]})).layers == ("", "Z")


def test_the_size_is_that_of_the_display_window(tmp_path: Path) -> None:
    image = read_exr(write_exr(tmp_path / "a.exr", {"": ["R", "G", "B"]}, size=(64, 32), window=(8, 4)))
    assert image.size == (64, 32)
    assert image.parts[0].data == (0, 0, 7, 3)


def test_headers_longer_than_the_first_read(tmp_path: Path) -> None:
    many = [f"layer{i:04}.R" for i in range(4000)]
    file = write_exr(tmp_path / "a.exr", {"": many}, size=(1, 1))
    assert len(read_exr(file).layers) == 4000


def test_an_image_that_ffmpeg_wrote(tmp_path: Path) -> None:
    ffmpeg = shutil.which("ffmpeg")
    assert ffmpeg is not None, "the tests need ffmpeg, as the daemon does"
    file = tmp_path / "a.exr"
    source = ["-f", "lavfi", "-i", "color=red:size=32x18", "-frames:v", "1"]
    subprocess.run([ffmpeg, "-v", "error", *source, "-pix_fmt", "gbrpf32le", str(file)], check=True)
    assert (read_exr(file).layers, read_exr(file).size) == (("",), (32, 18))


def test_what_is_no_exr(tmp_path: Path) -> None:
    for data, words in (
        (b"\x89PNG....", "is no EXR"),
        (b"", "is no EXR"),
        (exr_bytes({"": ["R"]})[:60], "ends within"),
    ):
        (tmp_path / "a.exr").write_bytes(data)
        with pytest.raises(ExrError, match=words):
            read_exr(tmp_path / "a.exr")
