"""Which images are which pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from cosmos_bridge.clip.manifest import write_manifest
from cosmos_bridge.clip.passes import ClipPasses, find_passes
from cosmos_bridge.errors import CosmosError
from cosmos_bridge.rop.output import RopOutput, rop_output, rop_outputs
from support.fake_hou import Houdini
from support.images import write_exr, write_png
from support.usd import new_stage, product, settings


def karma(houdini: Houdini, name: str, picture: str, last: int = 3) -> RopOutput:
    return rop_output(houdini.add(f"/out/{name}", "karma", picture=picture, trange=1, f1=1, f2=last))


def png(output: RopOutput, frames: range = range(1, 4)) -> None:
    for frame in frames:
        write_png(output.pattern.file(frame))


def shown(passes: ClipPasses) -> dict[str, tuple[str, str | None]]:
    return {
        name: (source.get("pattern", source.get("file", "")), source.get("layer"))
        for name, source in passes.sources.items()
    }


def test_one_node_alone_is_colour(houdini: Houdini) -> None:
    output = karma(houdini, "karma1", "$HIP/r/$OS.$F4.png")
    png(output)
    passes = find_passes([output])
    assert shown(passes) == {"color": ("karma1.####.png", None)}
    assert (passes.name, passes.folder, passes.missing, passes.problems) == ("karma1", output.pattern.folder, {}, ())


def test_multi_layer_exr(houdini: Houdini) -> None:
    output = karma(houdini, "karma1", "$HIP/r/city.$F4.exr")
    layers = ["R", "G", "B", "A", "Pz", "seg.R", "seg.G", "seg.B", "N.x"]
    for frame in (1, 2, 3):
        write_exr(output.pattern.file(frame), {"": layers})
    passes = find_passes([rop_output(houdini.module.node("/out/karma1"))])
    assert shown(passes) == {
        "color": ("city.####.exr", None),
        "depth": ("city.####.exr", "Pz"),
        "seg": ("city.####.exr", "seg"),
    }
    assert passes.origins["depth"] == "layer Pz of /out/karma1"


def test_multi_part_exr_of_karma(houdini: Houdini) -> None:
    output = karma(houdini, "karma1", "$HIP/r/city.$F4.exr")
    write_exr(output.pattern.file(1), {"C": ["R", "G", "B"], "Z": ["Z"], "depth": ["Z"], "id": ["R", "G", "B"]})
    passes = find_passes([rop_output(houdini.module.node("/out/karma1"))])
    assert {name: layer for name, (_, layer) in shown(passes).items()} == {"color": "C", "depth": "depth", "seg": "id"}


def test_one_node_a_pass(houdini: Houdini) -> None:
    outputs = [karma(houdini, name, f"$HIP/r/city_{name}.$F4.png") for name in ("beauty", "depth", "id")]
    for output in outputs:
        png(output)
    passes = find_passes(outputs[::-1])
    assert list(shown(passes)) == ["color", "depth", "seg"]
    assert (passes.name, passes.node) == ("city", "/out/beauty")


def test_the_node_tells_where_the_file_name_does_not(houdini: Houdini) -> None:
    outputs = [karma(houdini, "beauty1", "$HIP/r/one.$F4.png"), karma(houdini, "karma_depth2", "$HIP/r/two.$F4.png")]
    assert shown(find_passes(outputs)) == {"color": ("one.####.png", None), "depth": ("two.####.png", None)}


def test_sequences_beside_it_belong_to_it(houdini: Houdini) -> None:
    output = karma(houdini, "karma1", "$HIP/r/city_color.$F4.png")
    png(output)
    folder = output.pattern.folder
    for frame in (1, 2, 3):
        write_png(folder / f"city_depth.{frame}.png")
        write_png(folder / f"seg.{frame:04}.png")
        write_png(folder / f"street_edge.{frame:04}.png")
    passes = find_passes([output])
    assert shown(passes) == {
        "color": ("city_color.####.png", None),
        "depth": ("city_depth.#.png", None),
        "seg": ("seg.####.png", None),
    }
    assert passes.origins["seg"] == "seg.####.png in the same folder"


def test_passes_in_folders_below(houdini: Houdini) -> None:
    color = karma(houdini, "color", "$HIP/r/color.$F4.png")
    depth = karma(houdini, "depth", "$HIP/r/aov/depth.$F4.png")
    png(color)
    png(depth)
    passes = find_passes([depth, color])
    assert shown(passes)["depth"] == ("aov/depth.####.png", None)
    assert passes.missing == {}


def test_a_pass_outside_the_clips_folder(houdini: Houdini) -> None:
    outputs = [karma(houdini, "color", "$HIP/a/color.$F4.png"), karma(houdini, "depth", "$HIP/b/depth.$F4.png")]
    with pytest.raises(CosmosError, match="Let it write into that folder") as raised:
        find_passes(outputs)
    assert (raised.value.code, raised.value.data["node"]) == ("clip_outside", "/out/depth")


def test_two_clips_in_one_folder(houdini: Houdini) -> None:
    outputs = [karma(houdini, "city", "$HIP/r/city.$F4.exr"), karma(houdini, "street", "$HIP/r/street.$F4.exr")]
    with pytest.raises(CosmosError, match=r"a folder of its own, such as \$HIP/render/\$OS") as raised:
        find_passes(outputs)
    assert (raised.value.code, raised.value.data["nodes"]) == ("clip_two", ["/out/city", "/out/street"])


def test_a_folder_that_holds_the_clip_of_another_node(houdini: Houdini) -> None:
    first, second = (karma(houdini, name, f"$HIP/r/{name}.$F4.png") for name in ("city", "street"))
    png(first)
    png(second)
    manifest = {"houdini": {"node": "/out/city"}, "passes": {"color": {"pattern": "city.####.png"}}}
    write_manifest(first.pattern.folder, manifest)  # type: ignore[arg-type]
    with pytest.raises(CosmosError, match=r"the clip of /out/city already"):
        find_passes([second])
    find_passes([first])
    for frame in (1, 2, 3):
        first.pattern.file(frame).unlink()
    find_passes([second])


def test_missing_frames_and_counts_that_differ(houdini: Houdini) -> None:
    color = karma(houdini, "color", "$HIP/r/color.$F4.png", last=9)
    depth = karma(houdini, "depth", "$HIP/r/depth.$F4.png", last=5)
    png(color, range(1, 10))
    png(depth, range(2, 6))
    passes = find_passes([color, depth])
    assert passes.missing == {"depth": (1, 6, 7, 8, 9)}
    assert passes.problems == (
        "depth: frames 1, 6-9 missing.",
        "/out/depth renders frames 1-5, but /out/color 1-9: the clip has the second range.",
    )
    assert find_passes([karma(houdini, "vis", "$HIP/none/color.$F4.png")]).problems == (
        "color: none of its 3 frames is on disk.",
    )


def test_different_steps_are_refused(houdini: Houdini) -> None:
    color = karma(houdini, "color", "$HIP/r/color.$F4.png")
    depth = houdini.add("/out/depth", "karma", picture="$HIP/r/depth.$F4.png", trange=1, f1=1, f2=3, f3=2)
    with pytest.raises(CosmosError, match="same increment"):
        find_passes([color, rop_output(depth)])


def test_passes_numbered_otherwise_are_refused(houdini: Houdini) -> None:
    color = karma(houdini, "color", "$HIP/r/color.$F4.png")
    depth = karma(houdini, "depth", "$HIP/r/depth.`padzero(4, $F+10)`.png")
    with pytest.raises(CosmosError, match="number the same frames differently"):
        find_passes([color, depth])


def test_one_image_per_aov(houdini: Houdini) -> None:
    """Karma Render Products write a file a render var; those that are no pass are not mistaken for the picture."""
    stage = new_stage("/Render/settings")
    names = ("N", "C", "depth")
    for name in names:
        product(stage, f"/Render/{name}", f"/job/r/city.{name}.0001.exr")
    settings(stage, "/Render/settings", [f"/Render/{name}" for name in names])
    lop = houdini.lop("/stage/render", "usdrender_rop", trange=1, f1=1, f2=3)
    lop.setInput(0, houdini.lop("/stage/before", "null", stage=stage))
    passes = find_passes(rop_outputs(lop))
    assert shown(passes) == {"color": ("city.C.####.exr", None), "depth": ("city.depth.####.exr", None)}
    assert passes.problems == ("color: none of its 3 frames is on disk.", "depth: none of its 3 frames is on disk.")


@pytest.mark.parametrize("picture", ["$HIP/r/a.$F4.pic", "$HIP/r/a.$F4.tif", "$HIP/r/a.$F4"])
def test_formats_that_nobody_reads(houdini: Houdini, picture: str) -> None:
    with pytest.raises(CosmosError, match="let it write EXR, PNG or JPEG") as raised:
        find_passes([karma(houdini, "karma1", picture)])
    assert raised.value.code == "clip_format"


def test_nothing_chosen() -> None:
    with pytest.raises(CosmosError, match="select a render node"):
        find_passes([])


def test_a_name_of_the_folder_where_files_have_none(houdini: Houdini) -> None:
    output = karma(houdini, "karma1", "$HIP/tower/color.$F4.png")
    assert find_passes([output]).name == "tower"
    assert isinstance(output.pattern.folder, Path)
