"""The camera in pixels: a point of the scene must land on the pixel where Houdini's own arithmetic puts it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from cosmos_bridge.clip.camera import ObjectCamera, camera_entry, fitted
from cosmos_bridge.clip.scene import camera_of
from cosmos_bridge.rop.frames import FrameRange
from support.fake_hou import Houdini

SIZE = (1280, 704)


def frame_of(camera: Any, size: tuple[int, int] = SIZE, frame: int = 1) -> Any:
    return ObjectCamera(camera).frames(FrameRange(frame, frame), 0, size)[0]


def project(entry: Any, point: Sequence[float]) -> tuple[float, float]:
    """Pixel of a world point, by the manifest's own words: camera to world for columns, looking along -z."""
    world = entry["world"]
    moved = [point[axis] - world[4 * axis + 3] for axis in range(3)]
    x, y, z = (sum(world[4 * row + axis] * moved[row] for row in range(3)) for axis in range(3))
    return entry["center"][0] + entry["focal"] * x / -z, entry["center"][1] - entry["focal"] * y / -z


def test_focal_length_in_pixels(houdini: Houdini) -> None:
    camera = houdini.add("/obj/cam1", "cam", focal=50, aperture=41.4214)
    entry = frame_of(camera)
    assert entry["focal"] == pytest.approx(50 / 41.4214 * 1280)
    assert entry["center"] == (640, 352)


def test_the_width_of_the_render_counts_not_the_cameras(houdini: Houdini) -> None:
    camera = houdini.add("/obj/cam1", "cam", focal=50, aperture=50, resx=1920, resy=1080)
    assert frame_of(camera, (960, 960))["focal"] == 960
    assert frame_of(camera, (960, 960))["center"] == (480, 480)


@pytest.mark.parametrize(
    ("policy", "wide", "narrow"),
    [
        ("adjustApertureHeight", 50, 50),
        ("expandAperture", 100, 50),
        ("cropAperture", 50, 25),
        ("adjustApertureWidth", 100, 25),
        ("adjustPixelAspectRatio", 50, 50),
    ],
)
def test_images_of_another_shape_than_the_camera(policy: str, wide: float, narrow: float) -> None:
    """A square camera of 50 mm, rendered twice as wide and half as wide as high."""
    assert (fitted(50, 1, 2, policy), fitted(50, 1, 0.5, policy)) == (wide, narrow)


def test_karma_says_how_it_fits_the_camera(houdini: Houdini) -> None:
    houdini.add("/obj/cam1", "cam", focal=50, aperture=50, resx=1000, resy=1000)
    sources = [camera_of(houdini.add("/out/karma1", "karma")), camera_of(houdini.add("/out/mantra1", "ifd"))]
    frames = [source.frames(FrameRange(1, 1), 0, (500, 1000)) for source in sources if source is not None]
    assert [frame[0]["focal"] for frame in frames] == [1000, 500]


def test_screen_window(houdini: Houdini) -> None:
    """Half the film, its left half: the axis is at the right edge, and everything twice as large."""
    camera = houdini.add("/obj/cam1", "cam", focal=50, aperture=50, winx=-0.25, winsizex=0.5, winsizey=0.5)
    entry = frame_of(camera)
    assert (entry["focal"], entry["center"]) == (2560, (1280, 352))


def test_crop_moves_nothing(houdini: Houdini) -> None:
    whole = frame_of(houdini.add("/obj/cam1", "cam"))
    assert frame_of(houdini.add("/obj/cam2", "cam", cropl=0.25, cropr=0.5)) == whole


def test_a_camera_that_stands_aside(houdini: Houdini) -> None:
    camera = houdini.add("/obj/cam1", "cam", focal=50, aperture=50, tx=1, ty=2, tz=10)
    entry = frame_of(camera)
    assert entry["world"] == [1, 0, 0, 1, 0, 1, 0, 2, 0, 0, 1, 10, 0, 0, 0, 1]
    assert project(entry, (1, 2, 0)) == pytest.approx((640, 352))
    assert project(entry, (2, 3, 0)) == pytest.approx((640 + 128, 352 - 128))


def test_a_camera_that_looks_back_below_a_parent(houdini: Houdini) -> None:
    rig = houdini.add("/obj/rig", "null", ty=5)
    camera = houdini.add("/obj/cam1", "cam", focal=50, aperture=50, ry=180)
    camera.setInput(0, rig)
    assert project(frame_of(camera), (1, 5, 10)) == pytest.approx((640 - 128, 352))


def test_every_frame_has_its_own(houdini: Houdini) -> None:
    camera = houdini.add("/obj/cam1", "cam")
    camera.parm("tx").setExpression("$F * 2")
    frames = ObjectCamera(camera).frames(FrameRange(11, 15, 2), 10, SIZE)
    assert [(frame["frame"], frame["world"][3]) for frame in frames] == [(11, 2), (13, 6), (15, 10)]


def test_a_projection_without_focal_length_is_left_out(houdini: Houdini, tmp_path: Any) -> None:
    camera = houdini.add("/obj/cam1", "cam", projection="ortho")
    frames = ObjectCamera(camera).frames(FrameRange(1, 3), 0, SIZE)
    assert frames == []
    assert camera_entry(tmp_path, frames) is None
