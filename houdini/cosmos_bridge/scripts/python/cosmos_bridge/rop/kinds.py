"""Which nodes write images, and which of their parameters say where, when and how big. Pure table.

Node types and output parameters: ayon-houdini `lib.get_output_parameter` (HEAD c4cafdc, studied, not copied) and the
parameter lists of the node help (sidefx.com/docs/houdini/nodes/out/*, nodes/lop/usdrender_rop). A type is compared
without its version. With a namespace it is another type, whose parameters need not mean the same: `labs::karma` has a
frame range of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: Node categories as `hou.NodeTypeCategory.name()` spells them: /out, Solaris, old and new compositing.
Category = Literal["Driver", "Lop", "Cop2", "Cop"]
#: How a node says its resolution: size.py.
SizeRule = Literal["resolution", "override", "husk", "toggle", "redshift", "images"]
#: What the ordinals of `trange` mean: scene_range.py.
RangeRule = Literal["rop", "labs"]


@dataclass(frozen=True, slots=True)
class RopKind:
    """One kind of node that writes images."""

    name: str
    """The name shown to artists, also in RopOutput."""
    types: tuple[tuple[Category, str], ...]
    """Category and type name, with namespace and without version."""
    output: str
    """String parameter of the image path."""
    size: SizeRule
    camera: str | None = None
    """Parameter that names the camera."""
    usd: bool = False
    """Where the output parameter is empty, a RenderProduct on the stage names the file."""
    deferred: tuple[str, ...] = ()
    """Toggles that, when on, let another process write images after the node has ended."""
    waits: tuple[str, ...] = ()
    """Toggles that do the same when off: the node ends as soon as the renderer has started."""
    keeps: tuple[str, ...] = ()
    """Settings that skip frames that are already on disk."""
    tiled: str | None = None
    """Toggle for rendering only a part (tile) of each image."""
    ranges: RangeRule = "rop"


#: "Wait for Render to Complete", off by default: a render returns when husk or mantra has been started
#: (ynput/ayon-houdini#63 and its validate_wait_for_render.py; defaults in test/data/houdini).
WAITS = ("soho_foreground",)
#: "Save in Background", on by default for compositing: the last files are written after the node has ended.
BACKGROUND = ("savebackground",)
#: The same of Redshift.
NON_BLOCKING = ("RS_nonBlockingRendering",)
#: Labels of these toggles in Houdini.
LABELS = {WAITS[0]: "Wait for Render to Complete", BACKGROUND[0]: "Save in Background"}
SKIPS = ("husk_skip_existing_frames",)
MANTRA_SKIPS = ("soho_skip_frame",)
#: Values with which such a setting keeps nothing: a toggle that is off, "Overwrite existing frames" of Mantra.
OVERWRITES = frozenset({"0", "no"})
TILED = "husk_tile"
#: `trange` is an ordinal: current frame, range, strict range, range of the USD stage (karma, usdrender).
RANGE_MODE = "trange"
CURRENT_FRAME, STAGE_RANGE = 0, 3
RANGE = ("f1", "f2", "f3")
#: Frames before and after the stage's own range, and the increment.
STAGE_RANGE_OFFSET = ("foffset1", "foffset2", "foffset3")

#: Of labs::karma: one frame, the range, a list; and wedges, each into files of its own.
LABS_SINGLE, LABS_RANGE = 0, 1
LABS_WEDGES = "enablewedging"

KINDS: tuple[RopKind, ...] = (
    RopKind("karma", (("Driver", "karma"),), "picture", "override", "camera", waits=WAITS, keeps=SKIPS, tiled=TILED),
    RopKind("karma", (("Lop", "karma"),), "picture", "resolution", "camera", waits=WAITS),
    RopKind("karma", (("Lop", "labs::karma"),), "picture", "resolution", "camera", waits=WAITS, ranges="labs"),
    # With its scene descriptions on disk (soho_diskfile), mantra still writes vm_picture in the end.
    RopKind(
        "mantra",
        (("Driver", "ifd"),),
        "vm_picture",
        "override",
        "camera",
        deferred=("soho_outputmode",),
        waits=WAITS,
        keeps=MANTRA_SKIPS,
    ),
    RopKind(
        "usdrender",
        (
            ("Driver", "usdrender"),
            ("Driver", "usdrender_rop"),
            ("Lop", "usdrender_rop"),
            ("Driver", "labs::ml_cv_synthetics_karma_rop"),
            ("Lop", "labs::ml_cv_synthetics_karma_rop"),
        ),
        "outputimage",
        "husk",
        "override_camera",
        usd=True,
        waits=WAITS,
        keeps=SKIPS,
        tiled=TILED,
    ),
    RopKind("opengl", (("Driver", "opengl"),), "picture", "toggle", "camera"),
    RopKind("flipbook", (("Driver", "flipbook"),), "picture", "toggle", "camera"),
    RopKind(
        "copnet",
        (("Driver", "comp"), ("Driver", "image"), ("Cop2", "rop_comp"), ("Cop", "rop_image")),
        "copoutput",
        "images",
        deferred=BACKGROUND,
    ),
    RopKind("arnold", (("Driver", "arnold"),), "ar_picture", "override", "camera", deferred=("ar_ass_export_enable",)),
    RopKind(
        "redshift",
        (("Driver", "Redshift_ROP"),),
        "RS_outputFileNamePrefix",
        "redshift",
        "RS_renderCamera",
        deferred=("RS_archive_enable", *NON_BLOCKING),
    ),
    RopKind("vray", (("Driver", "vray_renderer"),), "SettingsOutput_img_file_path", "override", "render_camera"),
)

#: Renders the node that its parameter names, and nothing itself.
FETCH, FETCHED = ("Driver", "fetch"), "source"

_BY_TYPE: dict[tuple[str, str], RopKind] = {each: kind for kind in KINDS for each in kind.types}


def kind_of(category: str, type_name: str) -> RopKind | None:
    """The kind of a node type, by category and name without version; None = it writes no images we know of."""
    return _BY_TYPE.get((category, type_name))
