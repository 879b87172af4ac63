"""Node types the fake knows, with the parameters the plugin touches and their defaults.

Names and defaults are those of the node help (sidefx.com/docs/houdini/nodes/...) and of dumped parameter interfaces of
Houdini 20.5; third-party renderers have theirs from the sources that rop/kinds.py names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Value = str | int | float


@dataclass(frozen=True)
class Expression:
    """A default that is an HScript expression."""

    text: str


@dataclass(frozen=True)
class Menu:
    """A parameter that evaluates to the ordinal of a token."""

    tokens: tuple[str, ...]
    default: int = 0


@dataclass(frozen=True)
class Button:
    """A push button."""


@dataclass(frozen=True)
class Multi:
    """A multi-parameter block: its count, and the parameters of one instance with # for its number from 1 on."""

    parms: Mapping[str, Value]


Default = Value | Expression | Menu | Button | Multi


@dataclass(frozen=True)
class TypeSpec:
    """One node type."""

    category: str
    parms: Mapping[str, Default] = field(default_factory=dict)


RANGE: dict[str, Default] = {
    "execute": Button(),
    "trange": Menu(("off", "normal", "on", "stage")),
    "f1": Expression("$FSTART"),
    "f2": Expression("$FEND"),
    "f3": 1.0,
}
SCRIPTS: dict[str, Default] = {
    name: value
    for event in ("prerender", "preframe", "postframe", "postwrite", "postrender")
    for name, value in ((f"t{event}", 0), (event, ""), (f"l{event}", "hscript"))
}
ROP = {**RANGE, **SCRIPTS}
OVERRIDE_RES: dict[str, Default] = {
    "override_camerares": 0,
    "res_fraction": "0.5",
    "res_overridex": 1280,
    "res_overridey": 720,
}
PICTURE = "$HIP/render/$HIPNAME.$OS.$F4.exr"
MANTRA_PLANES = Multi(
    {
        "vm_disable_plane#": 0,
        "vm_variable_plane#": "",
        "vm_vextype_plane#": "vector",
        "vm_channel_plane#": "",
        "vm_usefile_plane#": 0,
        "vm_filename_plane#": "",
        "vm_quantize_plane#": "half",
        "vm_sfilter_plane#": "alpha",
        "vm_pfilter_plane#": "",
        "vm_componentexport#": 0,
        "vm_lightexport#": 0,
    }
)
KARMA_VARS = Multi(
    {
        "enable#": 1,
        "name#": "",
        "format#": "float",
        "multisampled#": 0,
        "clearvalue#": 0,
        "dataType#": "color3f",
        "sourceName#": "",
        "sourceType#": "raw",
        "filter#": '["ubox",{}]',
    }
)
USD_RENDER: dict[str, Default] = {
    **ROP,
    "foffset1": 0.0,
    "foffset2": 0.0,
    "foffset3": 1.0,
    "allframesatonce": 0,
    "loppath": "",
    "rendersettings": "",
    "override_camera": "",
    "outputimage": "",
    "override_res": "",
    "res_scale": 100,
    "res_user1": 1280,
    "res_user2": 720,
}
XFORM: dict[str, Default] = {name: 0.0 for name in ("tx", "ty", "tz", "rx", "ry", "rz")}
CAMERA: dict[str, Default] = {
    **XFORM,
    "projection": Menu(("perspective", "ortho", "sphere", "cylinder", "lens")),
    "focal": 50.0,
    "focalunits": "mm",
    "aperture": 41.4214,
    "aspect": 1.0,
    "resx": 1280,
    "resy": 720,
    "near": 0.001,
    "far": 10000.0,
    "winx": 0.0,
    "winy": 0.0,
    "winsizex": 1.0,
    "winsizey": 1.0,
    "cropl": 0.0,
    "cropr": 1.0,
    "cropb": 0.0,
    "cropt": 1.0,
}

TYPES: dict[str, TypeSpec] = {
    "karma": TypeSpec(
        "Driver",
        {
            **ROP,
            "picture": PICTURE,
            "camera": "/obj/cam1",
            "resolutionx": 1280,
            "resolutiony": 720,
            "aspectRatioConformPolicy": "cropAperture",
            "extrarendervars": KARMA_VARS,
        },
    ),
    "ifd": TypeSpec(
        "Driver",
        {
            **ROP,
            **OVERRIDE_RES,
            "camera": "/obj/cam1",
            "vm_picture": PICTURE,
            "soho_outputmode": 0,
            "soho_diskfile": "$HIP/ifds/$OS.$F4.ifd",
            "vm_numaux": MANTRA_PLANES,
        },
    ),
    "usdrender": TypeSpec("Driver", USD_RENDER),
    "usdrender_rop": TypeSpec("Lop", USD_RENDER),
    "opengl": TypeSpec(
        "Driver", {**ROP, "picture": "$HIP/$OS.$F4.png", "camera": "", "tres": 0, "res1": 320, "res2": 243}
    ),
    "flipbook": TypeSpec(
        "Driver", {**ROP, "picture": "$HIP/$OS.$F4.png", "camera": "", "tres": 0, "res1": 320, "res2": 243}
    ),
    "comp": TypeSpec("Driver", {**ROP, "copoutput": PICTURE, "coppath": ""}),
    "image": TypeSpec("Driver", {**ROP, "copoutput": PICTURE, "coppath": ""}),
    "rop_comp": TypeSpec("Cop2", {**RANGE, "copoutput": PICTURE}),
    "rop_image": TypeSpec("Cop", {**RANGE, "copoutput": PICTURE}),
    "arnold": TypeSpec(
        "Driver",
        {**ROP, **OVERRIDE_RES, "camera": "/obj/cam1", "ar_picture": PICTURE, "ar_ass_export_enable": 0},
    ),
    "Redshift_ROP": TypeSpec(
        "Driver",
        {
            **ROP,
            "RS_renderCamera": "/obj/cam1",
            "RS_outputFileNamePrefix": PICTURE,
            "RS_archive_enable": 0,
            "RS_nonBlockingRendering": 0,
            "RS_overrideCameraRes": 0,
            "RS_overrideResScale": 4,
            "RS_overrideRes1": 1280,
            "RS_overrideRes2": 720,
        },
    ),
    "vray_renderer": TypeSpec(
        "Driver",
        {**ROP, **OVERRIDE_RES, "render_camera": "/obj/cam1", "SettingsOutput_img_file_path": PICTURE},
    ),
    "geometry": TypeSpec("Driver", {**ROP, "sopoutput": "$HIP/geo/$HIPNAME.$F4.bgeo.sc"}),
    "merge": TypeSpec("Driver"),
    "cam": TypeSpec("Object", CAMERA),
    "geo": TypeSpec("Object", XFORM),
    "null": TypeSpec("Object", XFORM),
    "lopnet": TypeSpec("Object"),
    "sopcreate": TypeSpec("Lop"),
    "karmarendersettings": TypeSpec("Lop", {"picture": PICTURE, "extrarendervars": KARMA_VARS}),
    "attribwrangle": TypeSpec("Lop", {"primpattern": "", "vexsnippet": ""}),
    "pythonscript": TypeSpec("Top", {"script": ""}),
    "topnet": TypeSpec("Object"),
}
