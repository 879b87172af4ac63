"""Our types say what the daemon's schemas say: the same keys, the same ones required, the same words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NotRequired, get_args, get_origin, get_type_hints

import pytest

from cosmos_bridge import wire
from support.schemas import check_notification, check_params, check_result, definition, document

# Ours -> name among the shared types of the protocol.
SHARED: dict[type, str] = {
    wire.Clip: "Clip",
    wire.Watch: "Watch",
    wire.Job: "Job",
    wire.Run: "Run",
    wire.RunResult: "Result",
    wire.JobOptions: "JobOptions",
    wire.Snapshot: "Snapshot",
    wire.QueueStatus: "QueueStatus",
    wire.Progress: "Progress",
}


@pytest.mark.parametrize("ours", SHARED, ids=lambda ours: ours.__name__)
def test_a_shared_type_has_the_keys_of_its_schema(ours: type) -> None:
    compare(ours, definition(SHARED[ours]))


def test_a_manifest_and_its_parts_have_the_keys_of_their_schemas() -> None:
    manifest = document("clip-manifest")
    compare(wire.ClipManifest, manifest)
    parts: dict[str, type] = {
        "frames": wire.FrameSpan,
        "color": wire.ColorInfo,
        "depth": wire.DepthRange,
        "houdini": wire.HoudiniSource,
        "wanted": wire.Wanted,
    }
    for key, ours in parts.items():
        compare(ours, manifest["properties"][key])
    compare(wire.ManifestFile, manifest["properties"]["files"]["items"])
    compare(wire.PassSource, manifest["properties"]["passes"]["additionalProperties"])
    sidecar, frames = manifest["properties"]["camera"]["anyOf"]
    compare(wire.CameraSidecar, sidecar)
    compare(wire.CameraFrames, frames)
    compare(wire.CameraFrame, frames["properties"]["frames"]["items"])


def test_the_settings_and_the_error_of_a_job_have_the_keys_of_their_schemas() -> None:
    job = definition("Job")["properties"]
    compare(wire.JobSettings, job["settings"])
    [error] = [one for one in job["error"]["anyOf"] if one.get("type") == "object"]
    compare(wire.JobError, error)


def test_an_entry_of_the_spool_has_the_keys_of_its_schema() -> None:
    compare(wire.SpoolEntry, document("spool-entry"))


@pytest.mark.parametrize(
    ("words", "schema"),
    [
        (wire.EngineName, definition("JobOptions")["properties"]["engine"]),
        (wire.HintKey, definition("JobOptions")["properties"]["weights"]["propertyNames"]),
        (wire.PassName, document("clip-manifest")["properties"]["passes"]["propertyNames"]),
    ],
)
def test_the_words_are_the_daemons(words: Any, schema: dict[str, Any]) -> None:
    assert sorted(get_args(words)) == sorted(schema["enum"])


def compare(ours: type, schema: dict[str, Any]) -> None:
    """Same keys; a key is required in both or in neither, unless the daemon fills in a default."""
    hints = get_type_hints(ours, include_extras=True)
    assert sorted(hints) == sorted(schema["properties"])
    # Not __required_keys__: that does not see NotRequired where annotations are kept as text.
    optional = {key for key, hint in hints.items() if get_origin(hint) is NotRequired or not is_total(ours)}
    with_default = {key for key, part in schema["properties"].items() if "default" in part}
    assert hints.keys() - optional - with_default == set(schema.get("required", [])) - with_default


def is_total(ours: type) -> bool:
    """Whether the keys of a TypedDict are required unless they say otherwise."""
    return bool(getattr(ours, "__total__", True))


@pytest.mark.parametrize(
    "check",
    [
        lambda: check_params("clip.get", {"clip": 7}),
        lambda: check_params("clip.get", {}),
        lambda: check_params("clip.get", {"clip": "street", "more": True}),
        lambda: check_params("clip.fetch", {}),
        lambda: check_result("clip.list", {"clips": [{"id": "clip-1"}]}),
        lambda: check_notification("progress", {"job": "job-1", "stage": "", "fraction": 2, "eta": None}),
    ],
)
def test_a_message_that_does_not_fit_is_found(check: Callable[[], None]) -> None:
    with pytest.raises(AssertionError):
        check()
