"""Real stages with render products, as other people make them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pxr import Gf, Sdf, Usd, UsdRender


def new_stage(settings: str = "", start: float = 1, end: float = 240) -> Usd.Stage:
    """An empty stage; `settings` = path of its own render settings."""
    stage = Usd.Stage.CreateInMemory()
    stage.SetStartTimeCode(start)
    stage.SetEndTimeCode(end)
    if settings:
        stage.SetMetadata("renderSettingsPrimPath", settings)
    return stage


def product(
    stage: Usd.Stage,
    path: str,
    name: str | dict[int, str],
    size: tuple[int, int] | None = None,
    camera: str = "",
    kind: str = "",
) -> Usd.Prim:
    """Defines a render product; `name` by frame = time samples."""
    made = UsdRender.Product.Define(stage, path)
    attribute = made.CreateProductNameAttr()
    for frame, each in (name if isinstance(name, dict) else {}).items():
        attribute.Set(each, frame)
    if isinstance(name, str):
        attribute.Set(name)
    if kind:
        made.CreateProductTypeAttr(kind)
    _shape(made, size, camera)
    return made.GetPrim()


def settings(
    stage: Usd.Stage, path: str, products: Sequence[str], size: tuple[int, int] | None = None, camera: str = ""
) -> Usd.Prim:
    """Defines render settings of these products."""
    made = UsdRender.Settings.Define(stage, path)
    made.CreateProductsRel().SetTargets([Sdf.Path(each) for each in products])
    _shape(made, size, camera)
    return made.GetPrim()


def _shape(made: Any, size: tuple[int, int] | None, camera: str) -> None:
    if size is not None:
        made.CreateResolutionAttr(Gf.Vec2i(*size))
    if camera:
        made.CreateCameraRel().SetTargets([Sdf.Path(camera)])
