"""What an artist chose stays with the scene; what is not ours is told, not guessed; secrets stay out."""

from __future__ import annotations

import json

import pytest

from cosmos_bridge.choices import USER_DATA, Choices, forget_choices, keep_choices, looks_secret, read_choices
from cosmos_bridge.errors import CosmosError
from support.fake_hou import Houdini

ALL = Choices(
    engine="cosmos3",
    preset="night",
    prompt="a rainy city, “neon”",
    negative_prompt="people",
    seed=7,
    weights={"depth": 0.5, "edge": 0.0},
    host="farm",
    priority=-2,
    draft=True,
    auto_send=True,
    near=0.5,
    far=100.0,
    project="show",
    tags=("a", "b"),
    space="ACEScg",
    view="raw",
    clip_name="tower",
)


def test_they_survive_saving_and_loading(houdini: Houdini) -> None:
    hou = houdini.module
    keep_choices(houdini.add("/out/karma1", "karma"), ALL)
    hou.hipFile.save()
    hou.hipFile.load(hou.hipFile.path())
    assert read_choices(hou.node("/out/karma1")) == ALL


def test_nothing_kept_means_nothing_chosen(houdini: Houdini) -> None:
    node = houdini.add("/out/karma1", "karma")
    assert read_choices(node) == Choices()
    keep_choices(node, Choices(prompt="x"))
    forget_choices(node)
    forget_choices(node)
    assert (read_choices(node), node.userDataDict()) == (Choices(), {})


def test_an_older_value_with_fewer_entries_is_read(houdini: Houdini) -> None:
    node = houdini.add("/out/karma1", "karma")
    node.setUserData(USER_DATA, json.dumps({"schema": "cosmos-choices/1", "prompt": "x"}))
    assert read_choices(node) == Choices(prompt="x")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("{", "not JSON"),
        ("[]", "another program or a newer version"),
        ({"schema": "cosmos-choices/2"}, "newer version"),
        ({"schema": "cosmos-choices/1", "colour": 1}, "colour is not a known entry"),
        ({"schema": "cosmos-choices/1", "prompt": 1}, "prompt is not text"),
        ({"schema": "cosmos-choices/1", "seed": -1}, "seed is not a whole number from 0 on"),
        ({"schema": "cosmos-choices/1", "seed": True}, "seed is not a number"),
        ({"schema": "cosmos-choices/1", "priority": 1.5}, "priority is not a whole number"),
        ({"schema": "cosmos-choices/1", "draft": "yes"}, "draft is neither true nor false"),
        ({"schema": "cosmos-choices/1", "weights": {"depth": 2}}, "not between 0 and 1"),
        ({"schema": "cosmos-choices/1", "weights": {"colour": 1}}, "weights are for edge, depth, seg, vis only"),
        ({"schema": "cosmos-choices/1", "tags": "a"}, "tags is not a list"),
    ],
)
def test_damaged_or_foreign_values_are_told(houdini: Houdini, value: object, words: str) -> None:
    node = houdini.add("/out/karma1", "karma")
    node.setUserData(USER_DATA, value if isinstance(value, str) else json.dumps(value))
    with pytest.raises(CosmosError, match=words) as raised:
        read_choices(node)
    assert raised.value.code == "choices_damaged"
    assert "/out/karma1" in raised.value.sentence
    assert "Choose again" in raised.value.sentence


def test_what_could_not_be_read_is_not_kept(houdini: Houdini) -> None:
    node = houdini.add("/out/karma1", "karma")
    with pytest.raises(CosmosError, match="not between 0 and 1"):
        keep_choices(node, Choices(weights={"depth": 3}))
    assert node.userDataDict() == {}


@pytest.mark.parametrize(
    "secret",
    [
        "hf_" + "a1B2" * 9,
        "use nvapi-" + "x" * 40,
        "ghp_" + "a" * 36,
        "AKIA" + "A" * 16,
        "Authorization: Bearer abcdefghijklmnopqrst",
        "https://me:password@example.com/x",
        "-----BEGIN OPENSSH PRIVATE KEY-----",
    ],
)
def test_secrets_are_refused(houdini: Houdini, secret: str) -> None:
    node = houdini.add("/out/karma1", "karma")
    for choices in (Choices(prompt=secret), Choices(host=secret), Choices(tags=("a", secret))):
        with pytest.raises(CosmosError, match="password or access key") as raised:
            keep_choices(node, choices)
        assert secret not in raised.value.sentence
    assert node.userDataDict() == {}


def test_prompts_are_no_secrets() -> None:
    for prompt in ("a bearer of torches at night", "scene 12:30, me@home", "https://example.com/a", "sk-8 skate park"):
        assert not looks_secret(prompt)


def test_keeping_can_be_undone(houdini: Houdini) -> None:
    node = houdini.add("/out/karma1", "karma")
    keep_choices(node, Choices(prompt="a"))
    keep_choices(node, Choices(prompt="b"))
    houdini.module.undos.performUndo()
    assert read_choices(node).prompt == "a"
