"""Where the frame number stands in a file name: what the plugin finds must be what Houdini writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from cosmos_bridge.errors import CosmosError
from cosmos_bridge.rop.find_pattern import numbered_between, numbered_like
from cosmos_bridge.rop.output import RopOutput, rop_output
from cosmos_bridge.rop.pattern import SequencePattern
from support.fake_hou import Houdini
from support.fake_hou.catalogue import Value


def output_of(houdini: Houdini, picture: str, name: str = "karma1", **parms: Value) -> RopOutput:
    """The output of a Karma ROP with this picture, for frames 1 to 10 if nothing else is said."""
    wanted: dict[str, Value] = {"trange": 1, "f1": 1, "f2": 10, **parms}
    return rop_output(houdini.add(f"/out/{name}", "karma", picture=picture, **wanted))


def written(houdini: Houdini, output: RopOutput) -> list[str]:
    """The names that a render of the node would really write, as Houdini evaluates them."""
    node = houdini.scene.nodes[output.node]
    return [str(node._parms["picture"].evalAtFrame(frame)).rsplit("/", 1)[-1] for frame in output.frames.numbers()]


@pytest.mark.parametrize(
    ("picture", "hashes"),
    [
        ("$HIP/render/color.$F.exr", "color.#.exr"),
        ("$HIP/render/color.$F4.exr", "color.####.exr"),
        ("$HIP/render/color.${F3}.exr", "color.###.exr"),
        ("$HIP/render/color_${F}b.exr", "color_#b.exr"),
        ("$HIP/render/color.$F6.exr", "color.######.exr"),
        ("$HIP/render/$OS.$F4.exr", "karma1.####.exr"),
        ("$HIP/render/`padzero(5, $F)`.exr", "#####.exr"),
        ("$HIP/render/`chs('./name')`.$F4.exr", "tower.####.exr"),
        ("$HIP/render/$HIPNAME-v2-$F4.exr", "city_v003-v2-####.exr"),
        ("$HIP/render/100%/12_$F4.7.exr", "12_####.7.exr"),
        ("$HIP/render/v2$F4.exr", "v2####.exr"),
        ("$HIP/render/v2_`padzero(9, $F)`.exr", "v2_#########.exr"),
    ],
    ids=lambda value: value if "HIP" in value else "",
)
def test_names_are_those_that_houdini_writes(houdini: Houdini, picture: str, hashes: str) -> None:
    if "name" in picture:
        picture = picture.replace("./name", "/obj/names/camera_name")
        houdini.add("/obj/names", "pythonscript", script="tower")
        picture = picture.replace("camera_name", "script")
    output = output_of(houdini, picture)
    assert output.pattern.hashes() == hashes
    assert [output.pattern.name(frame) for frame in output.frames.numbers()] == written(houdini, output)
    assert [output.pattern.frame(name) for name in written(houdini, output)] == list(range(1, 11))


def test_f_alone_grows_with_the_number(houdini: Houdini) -> None:
    pattern = output_of(houdini, "$HIP/a.$F.png").pattern
    assert (pattern.padding, pattern.name(7), pattern.name(123)) == (1, "a.7.png", "a.123.png")


def test_f4_pads_to_four(houdini: Houdini) -> None:
    pattern = output_of(houdini, "$HIP/a.$F4.png").pattern
    assert pattern.file(7) == houdini.scene.hip.parent / "a.0007.png"


def test_braces_protect_the_digit(houdini: Houdini) -> None:
    pattern = output_of(houdini, "$HIP/a${F3}4.png").pattern
    assert (pattern.padding, pattern.suffix, pattern.name(7)) == (3, "4.png", "a0074.png")


def test_os_is_the_nodes_name(houdini: Houdini) -> None:
    output = output_of(houdini, "$HIP/render/$OS/$OS.$F4.exr", name="tower")
    assert output.pattern.folder == houdini.scene.hip.parent / "render" / "tower"
    assert output.pattern.prefix == "tower."


def test_expression_that_moves_the_number(houdini: Houdini) -> None:
    output = output_of(houdini, "$HIP/a.`padzero(4, $F + 1000)`.exr")
    assert output.pattern.offset == 1000
    assert output.pattern.name(1) == "a.1001.exr"
    assert output.pattern.frame("a.1001.exr") == 1


def test_expression_on_the_whole_parameter(houdini: Houdini) -> None:
    node = houdini.add("/out/karma1", "karma", trange=1, f1=1, f2=10)
    node._parms["picture"].setExpression("'/job/a.%05d.exr' % frame()", houdini.module.exprLanguage.Python)
    assert rop_output(node).pattern.hashes() == "a.#####.exr"


def test_expression_that_fails_is_told(houdini: Houdini) -> None:
    with pytest.raises(CosmosError, match="cannot be evaluated") as raised:
        output_of(houdini, "$HIP/`nonsense(1)`.$F4.exr")
    assert raised.value.code == "output_expression"


def test_padding_other_than_four(houdini: Houdini) -> None:
    pattern = output_of(houdini, "$HIP/a.$F2.exr", f2=120).pattern
    assert (pattern.hashes(), pattern.name(3), pattern.name(120)) == ("a.##.exr", "a.03.exr", "a.120.exr")


@pytest.mark.parametrize(("sign_padded", "name"), [(True, "a.-003.exr"), (False, "a.-0003.exr")])
def test_negative_frames_as_houdini_prints_them(houdini: Houdini, sign_padded: bool, name: str) -> None:
    houdini.scene.sign_padded = sign_padded
    output = output_of(houdini, "$HIP/a.$F4.exr", f1=-3, f2=3)
    assert output.pattern.name(-3) == name
    assert [output.pattern.name(frame) for frame in range(-3, 4)] == written(houdini, output)
    assert output.pattern.frame(name) == -3


def test_a_minus_before_the_number_is_no_sign(houdini: Houdini) -> None:
    pattern = output_of(houdini, "$HIP/shot-$F4.exr").pattern
    assert (pattern.prefix, pattern.name(7), pattern.frame("shot-0007.exr")) == ("shot-", "shot-0007.exr", 7)


def test_tokens_that_husk_expands(houdini: Houdini) -> None:
    for picture in (r"$HIP/a.\$F4.exr", r"$HIP/a.\${F4}.exr", "$HIP/a.<F4>.exr", "$HIP/a.%04d.exr"):
        assert output_of(houdini, picture).pattern.hashes() == "a.####.exr"
    assert output_of(houdini, "$HIP/50%dark.%d.exr").pattern.hashes() == "50%dark.#.exr"


@pytest.mark.parametrize(
    ("picture", "code", "words"),
    [
        ("$HIP/a.$FF.exr", "output_fractional", r"\$F4"),
        ("$HIP/a.${FF}.exr", "output_fractional", r"\$F4"),
        ("$HIP/$F4/a.exr", "output_frame_in_folder", "file name only"),
        ("$HIP/$F4/a.$F4.exr", "output_frame_in_folder", "file name only"),
        ("$HIP/a.$F4.$F4.exr", "output_two_numbers", "the last one"),
        ("$HIP/a.`padzero(4, $F % 5)`.exr", "output_not_frame", r"\$F4"),
        ("$HIP/a.exr", "output_no_frame", r"put \$F4 before the extension"),
        ("$HIP/a#1.$F4.exr", "output_hash", "remove it"),
        ("render/a.$F4.exr", "output_relative", r"\$HIP"),
        ("", "output_missing", "fill in picture"),
        ("ip", "output_viewer", "not to disk"),
    ],
)
def test_what_cannot_be_a_clip_is_refused_with_a_remedy(houdini: Houdini, picture: str, code: str, words: str) -> None:
    with pytest.raises(CosmosError, match=words) as raised:
        output_of(houdini, picture)
    assert raised.value.code == code
    assert "/out/karma1" in raised.value.sentence or picture.split("/")[-1] in raised.value.sentence


def test_one_frame_without_a_token_takes_the_number_that_is_there(houdini: Houdini) -> None:
    houdini.scene.frame = 12
    output = output_of(houdini, "$HIP/still.0001.png", trange=0)
    assert output.pattern.hashes() == "still.####.png"
    assert output.pattern.name(12) == "still.0001.png"


def test_one_frame_without_any_number_is_one_file(houdini: Houdini) -> None:
    pattern = output_of(houdini, "$HIP/still.png", trange=0).pattern
    assert (pattern.numbered, pattern.hashes(), pattern.frame("still.png")) == (False, "still.png", None)


def test_a_movie_needs_no_number(houdini: Houdini) -> None:
    assert output_of(houdini, "$HIP/flip.mp4").pattern.hashes() == "flip.mp4"


def test_a_name_known_at_one_frame_only() -> None:
    found = numbered_like("/job/r/a.v2.0012.exr", 12)
    assert found is not None and found.hashes() == "a.v2.####.exr"
    assert [numbered_like(f"/job/r/a.{rest}.exr", 12) for rest in ("v2", "v0013", "012")] == [None, None, None]


def test_a_name_known_at_two_frames() -> None:
    assert numbered_between((9, "/job/r/a.v9.9.exr"), (10, "/job/r/a.v9.10.exr")).hashes() == "a.v9.#.exr"
    assert numbered_between((9, "/job/r/a.mov"), (10, "/job/r/a.mov")).hashes() == "a.mov"
    shifted = numbered_between((9, "/job/r/a.1009.exr"), (10, "/job/r/a.1010.exr"))
    assert (shifted.hashes(), shifted.offset) == ("a.####.exr", 1000)
    for other in ("/job/r/b.10.exr", "/job/r/a.12.exr", "/job/s10/a.10.exr"):
        with pytest.raises(CosmosError):
            numbered_between((9, "/job/r/a.9.exr"), (10, other))


def test_names_of_other_sequences_are_no_frames() -> None:
    pattern = SequencePattern(Path("/job"), "a.", 4, ".exr")
    names = ("a.0001.exr", "a.00001.exr", "a.b.0001.exr", "a..exr", "a.0001.exr.tmp", "a.٣.exr", "a.--1.exr")
    assert [pattern.frame(name) for name in names] == [1, 1, None, None, None, None, None]
