"""A flipbook of the viewport becomes a clip, with what the flipbook dialog says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cosmos_bridge import flipbook, shelf
from cosmos_bridge.choices import Choices, read_choices
from cosmos_bridge.errors import CosmosError
from cosmos_bridge.limits import limits
from cosmos_bridge.render_note import notes_in
from support.fake_hou import Houdini
from support.fake_link import FakeLink
from support.images import write_png


@pytest.fixture
def viewing(houdini_ui: Houdini) -> Houdini:
    """A saved scene whose viewport is 1281x721 and shows four frames."""
    houdini_ui.module.hipFile.save()

    def photograph(file: Path, size: tuple[int, int], frame: int) -> None:
        write_png(file, size, frame)

    houdini_ui.scene.photographer = photograph
    dialog(houdini_ui).frameRange((1, 4))
    return houdini_ui


def dialog(houdini: Houdini) -> Any:
    return houdini.module.ui.paneTabOfType(houdini.module.paneTabType.SceneViewer).flipbookSettings()


def manifest(houdini: Houdini, name: str = "obj") -> dict[str, object]:
    found: dict[str, object] = json.loads((folder(houdini, name) / "cosmos-clip.json").read_text())
    return found


def folder(houdini: Houdini, name: str = "obj") -> Path:
    return houdini.scene.hip.parent / "flipbook" / name


def test_it_is_the_colour_pass_of_even_size_with_the_dialogs_range(viewing: Houdini) -> None:
    parcel = flipbook.record(flipbook.shot(), Choices(prompt="Rain"))
    found = manifest(viewing)
    assert parcel.folder == folder(viewing)
    assert found["passes"] == {"color": {"pattern": "color.####.png"}}
    assert (found["width"], found["height"]) == (1280, 720)
    assert found["frames"] == {"first": 1, "last": 4, "step": 1}
    assert found["color"] == {"space": "sRGB"}
    assert "camera" not in found
    assert read_choices(viewing.module.node("/obj")).prompt == "Rain"


def test_the_dialogs_own_size_and_step(viewing: Houdini) -> None:
    for name, value in (("useResolution", True), ("resolution", (321, 200)), ("frameIncrement", 3.0)):
        getattr(dialog(viewing), name)(value)
    flipbook.record(flipbook.shot(), Choices())
    found = manifest(viewing)
    assert (found["width"], found["height"], found["frames"]) == (320, 200, {"first": 1, "last": 4, "step": 3})
    assert dialog(viewing).resolution() == (321, 200), "the dialog keeps what it says"


@pytest.mark.parametrize(("height", "told"), [(720, True), (960, False)])
def test_the_camera_is_told_where_the_picture_has_its_shape(viewing: Houdini, height: int, told: bool) -> None:
    viewing.add("/obj/shot_cam", "cam", resx=1280, resy=height)
    viewing.scene.camera = "/obj/shot_cam"
    flipbook.record(flipbook.shot(), Choices())
    assert ("camera" in manifest(viewing, "shot_cam")) == told


def test_a_cancelled_flipbook_sends_nothing_and_leaves_the_clip(viewing: Houdini) -> None:
    flipbook.record(flipbook.shot(), Choices())
    before = manifest(viewing)

    def stop(file: Path, size: tuple[int, int], frame: int) -> None:
        raise viewing.module.OperationInterrupted("Interrupted")

    viewing.scene.photographer = stop
    with pytest.raises(CosmosError, match="The flipbook was cancelled, and nothing was sent"):
        flipbook.record(flipbook.shot(), Choices())
    assert manifest(viewing) == before
    assert notes_in(folder(viewing)) == []


def test_images_that_do_not_come_are_never_the_old_ones(viewing: Houdini) -> None:
    flipbook.record(flipbook.shot(), Choices())
    viewing.scene.photographer = None
    with pytest.raises(CosmosError, match="has no new image of 1-4 in"):
        flipbook.record(flipbook.shot(), Choices())


def test_what_is_missing_is_said(houdini_ui: Houdini) -> None:
    with pytest.raises(CosmosError, match="save the scene first"):
        flipbook.shot()
    houdini_ui.scene.viewport = ()
    with pytest.raises(CosmosError, match="There is no Scene View"):
        flipbook.shot()


@pytest.mark.qt
def test_one_click_asks_for_the_prompt_and_the_next_one_does_not(
    viewing: Houdini, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cosmos_bridge import shared_link
    from support.qt import application, pump

    application()
    link = FakeLink()
    monkeypatch.setattr(shared_link, "shared_link", lambda: link)
    monkeypatch.setattr(shared_link, "release_link", link.release)
    viewing.scene.licence = "Apprentice"
    viewing.scene.typed = "A city in the rain"
    shelf.flipbook({})
    pump(lambda: viewing.said("status"), "what became of it")
    [asked] = viewing.said("input")
    assert asked.startswith("4 frames of 1280 x 720 are taken and sent. What should the video show?")
    assert "Houdini Apprentice puts a watermark into every image" in asked
    assert "sent once when it does" in viewing.said("status")[0]
    viewing.scene.said.clear()
    shelf.flipbook({"ctrlclick": True})
    pump(lambda: viewing.said("status"), "what became of the second")
    assert viewing.said("input") == []
    viewing.scene.answers = [1]
    shelf.flipbook({})
    assert len(viewing.said("status")) == 1, "Cancel takes none"


def test_limits_of_licences(houdini: Houdini) -> None:
    houdini.module.hipFile.save()
    assert limits((8000, 4000)) == ()
    houdini.scene.licence = "Indie"
    assert limits((4096, 4096)) == ()
    assert limits((4097, 100)) == (
        "Houdini Indie renders 4096 x 4096 at most, and this is 4097 x 100: the images will be smaller, or missing.",
    )
    houdini.scene.licence = "Apprentice"
    assert len(limits((1920, 1080))) == 2
    assert len(limits(None)) == 1


def test_a_scene_that_is_not_saved_is_said_to_be(houdini: Houdini) -> None:
    assert limits(None)[0].startswith("This scene was never saved")
    houdini.module.hipFile.save()
    houdini.scene.dirty = True
    assert limits(None) == (
        "This scene has changes that are not saved: the clip names the scene as it was last saved.",
    )
