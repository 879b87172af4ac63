"""What is sent for a clip, without any Houdini."""

from __future__ import annotations

from pathlib import Path

from cosmos_bridge.choices import Choices
from cosmos_bridge.parcel import make_parcel, may_stay, options_of
from cosmos_bridge.wire import ClipManifest
from support.schemas import check, check_params

FOLDER = Path("/job/render/city")


def manifest(size: int = 7, prompt: str | None = None, hip: str = "/job/city_v001.hip") -> ClipManifest:
    made: ClipManifest = {
        "schema": "cosmos-clip/1",
        "name": "city",
        "passes": {"color": {"pattern": "color.####.png"}},
        "frames": {"first": 1, "last": 2, "step": 1},
        "fps": 24,
        "width": 64,
        "height": 48,
        "houdini": {"hip": hip},
        "files": [{"path": f"color.000{frame}.png", "size": size, "mtime": 1000.5} for frame in (1, 2)],
    }
    if prompt is not None:
        made["wanted"] = {"prompt": prompt}
    check("clip-manifest", made)
    return made


def test_every_choice_becomes_an_option() -> None:
    choices = Choices(
        engine="transfer2.5",
        preset="night",
        prompt=" Rain ",
        negative_prompt="people",
        seed=0,
        weights={"depth": 0.5},
        host="box",
        priority=3,
        draft=True,
        project="city",
        tags=("shot10",),
    )
    options = options_of(choices)
    check_params("job.submit", {"targets": ["city"], "options": options})
    assert options == {
        "engine": "transfer2.5",
        "preset": "night",
        "prompt": "Rain",
        "set": {"negative_prompt": "people"},
        "seed": 0,
        "weights": {"edge": "off", "depth": 0.5, "seg": "off", "vis": "off"},
        "host": "box",
        "priority": 3,
        "draft": True,
        "project": "city",
        "tags": ["shot10"],
    }


def test_what_was_not_chosen_is_left_to_weaker_sources() -> None:
    assert options_of(Choices()) == {}


def test_a_parcel_is_the_same_for_the_same_clip_images_and_choices() -> None:
    first = make_parcel(FOLDER, manifest(), Choices(prompt="Rain"))
    assert first.key == make_parcel(FOLDER, manifest(), Choices(prompt="Rain")).key
    others = [
        make_parcel(FOLDER.with_name("town"), manifest(), Choices(prompt="Rain")),
        make_parcel(FOLDER, manifest(size=8), Choices(prompt="Rain")),
        make_parcel(FOLDER, manifest(), Choices(prompt="Snow")),
        make_parcel(FOLDER, manifest(), Choices(prompt="Rain"), unattended=True),
    ]
    assert len({first.key, *(other.key for other in others)}) == 5


def test_what_sends_itself_is_tagged() -> None:
    assert make_parcel(FOLDER, manifest(), Choices(tags=("a",)), unattended=True).options["tags"] == ["a", "auto-send"]


def test_a_manifest_stays_while_its_images_do() -> None:
    assert may_stay(manifest(), manifest(hip="/job/city_v002.hip"), {})
    assert not may_stay(manifest(), manifest(size=8), {})


def test_a_manifest_that_wants_something_else_stays_when_the_send_says_what_is_wanted() -> None:
    assert may_stay(manifest(prompt="Rain"), manifest(prompt="Snow"), {"prompt": "Snow"})
    assert not may_stay(manifest(prompt="Rain"), manifest(), {})
    assert may_stay(manifest(), manifest(prompt="Snow"), {"prompt": "Snow"})
