"""The resolution of a render in pixels, if the node or its camera gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from .kinds import RopKind
from .parms import number, text

if TYPE_CHECKING:
    import hou

Size = tuple[int, int]

#: Ordinal of "User Specified Resolution" in Redshift's menu.
REDSHIFT_USER = 7


def size_of(node: hou.Node, kind: RopKind, camera: hou.Node | None, product: Size | None = None) -> Size | None:
    """Width and height; `product` is the size in a RenderProduct. None = known only from the images."""
    match kind.size:
        case "resolution":
            return _pair(node, "resolutionx", "resolutiony")
        case "override":
            return _override(node, _pair(node, "resolutionx", "resolutiony") or _camera(camera))
        case "husk":
            return _husk(node, product)
        case "toggle":
            return _pair(node, "res1", "res2") if number(node, "tres") else _camera(camera)
        case "redshift":
            return _redshift(node, camera)
        case "images":
            return None
        case _:
            assert_never(kind.size)


def _pair(node: hou.Node, width: str, height: str) -> Size | None:
    x, y = number(node, width), number(node, height)
    return None if x is None or y is None or x < 1 or y < 1 else (int(x), int(y))


def _camera(camera: hou.Node | None) -> Size | None:
    return None if camera is None else _pair(camera, "resx", "resy")


def _override(node: hou.Node, own: Size | None) -> Size | None:
    """For Mantra, renderers with the same parameters, and the Karma ROP of /out: the override, else the own size."""
    if not number(node, "override_camerares"):
        return own
    if text(node, "res_fraction") == "specific":
        return _pair(node, "res_overridex", "res_overridey")
    return _scaled(own, number(node, "res_fraction"))


def _husk(node: hou.Node, product: Size | None) -> Size | None:
    mode = text(node, "override_res")
    if mode == "specific":
        return _pair(node, "res_user1", "res_user2")
    percent = number(node, "res_scale")
    return _scaled(product, None if percent is None else percent / 100) if mode == "scale" else product


def _redshift(node: hou.Node, camera: hou.Node | None) -> Size | None:
    """Redshift: only the last entry of its scale menu gives a size; the fractions of the others are not documented."""
    if not number(node, "RS_overrideCameraRes"):
        return _camera(camera)
    own = number(node, "RS_overrideResScale") == REDSHIFT_USER
    return _pair(node, "RS_overrideRes1", "RS_overrideRes2") if own else None


def _scaled(size: Size | None, factor: float | None) -> Size | None:
    """The scaled size; None for a fractional one, because each renderer rounds in its own way."""
    if size is None or factor is None:
        return None
    width, height = size[0] * factor, size[1] * factor
    return (int(width), int(height)) if width.is_integer() and height.is_integer() else None
