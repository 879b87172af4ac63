from __future__ import annotations

import pytest

from cosmos_bridge.panel.clip_words import likeliest_clip, offered_clips
from cosmos_bridge.panel.result_words import result_facts
from cosmos_bridge.panel.words import duration, percent
from support.jobs import clip, result


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "1s"), (59.4, "59s"), (60, "1m"), (754, "12m 34s"), (3600, "1h"), (3725, "1h 2m"), (90_000, "1d 1h")],
)
def test_durations(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_almost_done_is_not_done() -> None:
    assert percent(0.999) == "99%"


def test_the_clips_of_this_scene_come_first_and_the_newest_is_chosen() -> None:
    own = {"manifest": {"houdini": {"hip": "/job/city.hip"}}}
    old, new = clip("b_old", **own), clip("c_new", updatedAt="2026-11-21T08:00:00.000Z", **own)
    strange = clip("a_other", updatedAt="2026-11-22T08:00:00.000Z")
    assert [each["name"] for each in offered_clips([new, strange, old], "/job/city.hip")] == [
        "b_old",
        "c_new",
        "a_other",
    ]
    assert likeliest_clip([old, strange, new], "/job/city.hip") == new
    assert likeliest_clip([], "/job/city.hip") is None


def test_a_result_says_what_it_is_and_which_frames_it_shows() -> None:
    facts = result_facts(result("a", stale=True, preview=True), clip())
    assert facts.words.splitlines()[0] == "city_aug.mp4 · 48 frames · 1280 x 720 · 24 fps"
    assert "Stale" in facts.words
    assert "preview" in facts.words
    assert (facts.first, facts.last) == (1001, 1048)
    assert result_facts(result("a"), None).first is None
