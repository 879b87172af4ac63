"""Reads what one ROP would write: pattern, frames, rate, size, layers. Renders nothing and cooks nothing."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ..errors import CosmosError
from .find_pattern import LATE_TOKEN, find_pattern, numbered_between, numbered_like, still
from .frames import FrameRange, exact_rate
from .images import layers_of
from .kinds import FETCH, FETCHED, LABELS, OVERWRITES, RopKind
from .parms import kind_of_node, number, raw_text, text, type_of
from .pattern import MOVIES, SequencePattern
from .scene_range import is_test, scene_frames
from .size import size_of
from .stage import Product, name_at, products
from .take import in_take

if TYPE_CHECKING:
    import hou

#: Outputs that are a viewer, not a file: MPlay, the viewport's render view.
VIEWERS = frozenset({"ip", "md", "null:", "null"})


@dataclass(frozen=True, slots=True)
class RopOutput:
    """The images of one ROP, whether they exist yet or not."""

    node: str
    """Path of the node."""
    kind: str
    """Name of its RopKind: "karma", "mantra", "usdrender", "opengl", "flipbook", "copnet", "arnold", ..."""
    pattern: SequencePattern
    frames: FrameRange
    """Scene frames."""
    fps: Fraction
    """Frames per second."""
    size: tuple[int, int] | None
    """Width and height in pixels; None = known only from the images."""
    layers: tuple[str, ...] | None
    """Layers of the first image that is on disk, "" for its own R, G, B; None = no EXR on disk yet."""
    camera: str | None = None
    """Path of the camera: an object, or a USD prim for usdrender; None = the node does not say."""
    deferred: str | None = None
    """The setting that lets images come after the node has ended, such as "Save in Background is on"; None = all images
    exist when the node ends."""
    keeps: bool = False
    """Frames that are on disk are not rendered again."""
    test: bool = False
    """A render would now make one frame of a longer range, which counts as a test."""


def is_rop(node: hou.Node) -> bool:
    """Whether the node writes images in a way we know."""
    return kind_of_node(node) is not None


def rop_output(node: hou.Node) -> RopOutput:
    """The output of the node; of several render products, the first.

    Raises CosmosError rop_unknown, output_* or frames_* with what to change.
    """
    return rop_outputs(node)[0]


def rop_outputs(node: hou.Node) -> tuple[RopOutput, ...]:
    """Every image sequence that the node would write, with its take. More than one only for USD render products.

    Raises as rop_output.
    """
    kind = kind_of_node(node)
    if kind is None and type_of(node) == FETCH:
        raise CosmosError(
            "rop_unknown",
            f"{node.path()} only fetches {text(node, FETCHED) or 'another node'}: select that node.",
            {"node": node.path(), "type": node.type().name()},
        )
    if kind is None:
        raise CosmosError(
            "rop_unknown",
            f"{node.path()} writes no images that Cosmos Bridge knows how to read: select a render node such as Karma, "
            "Mantra, USD Render, OpenGL or a compositing ROP.",
            {"node": node.path(), "type": node.type().name()},
        )
    with in_take(node):
        return _outputs(node, kind)


def _outputs(node: hou.Node, kind: RopKind) -> tuple[RopOutput, ...]:
    _refuse_tiles(node, kind)
    frames = scene_frames(node, kind)
    if _evaluated(node, kind, frames.first) or not kind.usd:
        return (_described(node, kind, frames, _of_parm(node, kind, frames)),)
    found = products(node, frames.first)
    if not found:
        raise _missing(node, kind)
    return tuple(_described(node, kind, frames, _of_product(node, each, frames), each) for each in found)


def _of_parm(node: hou.Node, kind: RopKind, frames: FrameRange) -> SequencePattern:
    shown = _evaluated(node, kind, frames.first)
    if not shown:
        raise _missing(node, kind)
    _refuse_viewer(node, shown)
    raw = raw_text(node, kind.output)
    pattern = find_pattern(lambda frame: _evaluated(node, kind, frame), frames.first, raw)
    return _checked(node, pattern, frames)


def _evaluated(node: hou.Node, kind: RopKind, frame: float) -> str:
    """The output path at a frame; empty where nothing is filled in. Raises CosmosError output_expression."""
    import hou

    try:
        return text(node, kind.output, frame) or ""
    except hou.OperationFailed as failed:
        raise CosmosError(
            "output_expression",
            f"The output picture of {node.path()} cannot be evaluated: {failed}. Correct {kind.output}.",
            {"node": node.path(), "parm": kind.output},
        ) from failed


def _of_product(node: hou.Node, product: Product, frames: FrameRange) -> SequencePattern:
    """The pattern of a product. Cooks the stage at a second frame only if one name is not enough, as it may be slow."""
    _refuse_viewer(node, product.name)
    if LATE_TOKEN.search(product.name) or len(frames) == 1:
        return _checked(node, find_pattern(lambda _: product.name, frames.first, product.name), frames)
    certain = numbered_like(product.name, frames.first)
    if certain is not None:
        return certain
    after = frames.first + frames.step
    pattern = numbered_between((frames.first, product.name), (after, name_at(node, product.path, after)))
    return _checked(node, pattern, frames)


def _checked(node: hou.Node, pattern: SequencePattern, frames: FrameRange) -> SequencePattern:
    """Refuses one file name for many frames, unless it is a movie."""
    is_movie = pattern.folder.joinpath(pattern.name(frames.first)).suffix.lower() in MOVIES
    if pattern.numbered or is_movie:
        return pattern
    if len(frames) == 1:
        return still(pattern, frames.first)
    raise CosmosError(
        "output_no_frame",
        f"{node.path()} writes all its {len(frames)} frames into one file, {pattern.name(frames.first)}: put $F4 "
        "before the extension.",
        {"node": node.path(), "path": str(pattern.file(frames.first))},
    )


def _described(
    node: hou.Node, kind: RopKind, frames: FrameRange, pattern: SequencePattern, product: Product | None = None
) -> RopOutput:
    import hou

    camera = (text(node, kind.camera) if kind.camera else None) or (product.camera if product else None)
    return RopOutput(
        node.path(),
        kind.name,
        pattern,
        frames,
        exact_rate(hou.fps()),
        size_of(node, kind, node.node(camera) if camera else None, product.size if product else None),
        layers_of(pattern, frames),
        camera or None,
        _deferred(node, kind),
        any((text(node, setting) or "0") not in OVERWRITES for setting in kind.keeps),
        is_test(node, kind),
    )


def _deferred(node: hou.Node, kind: RopKind) -> str | None:
    for toggle in kind.waits:
        if number(node, toggle) == 0:
            return f"{LABELS.get(toggle, toggle)} is off"
    for toggle in kind.deferred:
        if number(node, toggle):
            return f"{LABELS.get(toggle, toggle)} is on"
    return None


def _refuse_tiles(node: hou.Node, kind: RopKind) -> None:
    if kind.tiled is not None and number(node, kind.tiled):
        raise CosmosError(
            "output_tiled",
            f"{node.path()} renders one tile of each image, into a file of its own: switch Tiled Render off, or send "
            "the images that are put together from the tiles.",
            {"node": node.path(), "parm": kind.tiled},
        )


def _missing(node: hou.Node, kind: RopKind) -> CosmosError:
    where = " and no render product on its stage names one either" if kind.usd else ""
    return CosmosError(
        "output_missing",
        f"{node.path()} has no output picture{where}: fill in {kind.output} with a path such as "
        "$HIP/render/$OS/color.$F4.exr.",
        {"node": node.path(), "parm": kind.output},
    )


def _refuse_viewer(node: hou.Node, shown: str) -> None:
    if shown in VIEWERS:
        raise CosmosError(
            "output_viewer",
            f"{node.path()} renders into a viewer ({shown}) and not to disk: give it a file such as "
            "$HIP/render/$OS/color.$F4.exr.",
            {"node": node.path()},
        )
