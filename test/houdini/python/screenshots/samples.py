"""An afternoon's queue, a log and a clip, as they would stand in a real session."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

from cosmos_bridge import wire
from cosmos_bridge.choices import Choices
from cosmos_bridge.clip.candidates import BY_LAYER, BY_NAME, Candidate
from cosmos_bridge.clip.passes import ClipPasses
from cosmos_bridge.rop.files import FileFact
from cosmos_bridge.rop.frames import FrameRange
from cosmos_bridge.rop.output import RopOutput
from cosmos_bridge.rop.pattern import SequencePattern
from cosmos_bridge.send_plan import ClipPlan
from support.jobs import clip, ended, job, result

PROMPT = (
    "A narrow street between brick houses after rain, early morning. Low sun from the left, long shadows, puddles "
    "that mirror the sky. Parked cars in dull colors, one red van in the middle. Filmed with a 35 mm lens."
)
_FRAMES = FrameRange(1001, 1093)
_FOLDER = Path("/job/shot010/render/city_block_v003")


def clips() -> list[wire.Clip]:
    return [
        clip(
            "city_block_v003",
            frames=93,
            passes=["color", "depth", "seg"],
            range={"first": 1001, "last": 1093, "step": 1},
        ),
        clip("harbour_v012", frames=186, state="writing", updatedAt="2026-11-20T07:00:00.000Z"),
    ]


def jobs() -> list[wire.Job]:
    settings = {**job("x")["settings"], "engine": "transfer2.5", "prompt": PROMPT}
    gpu: dict[str, Any] = {"engine": "transfer2.5", "settings": settings, "clip": "clip-city_block_v003"}
    refused = {"code": "no_prompt", "class": "user", "message": "Nothing gives a prompt for this job: fill it in."}
    return [
        job("city_block_v003", state="running", attempt=1, host="lambda-1", startedAt="2026-11-20T09:02:00Z", **gpu),
        job("harbour_v011", state="staging", attempt=1, host="studio-gpu", startedAt="2026-11-20T09:05:00Z", **gpu),
        job("city_block_v003 wet", position=2, **gpu),
        job("city_block_v003 dusk", position=3, **gpu),
        job("crane_v002", state="failed", error=refused, endedAt="2026-11-20T08:40:00Z", **gpu),
        {**ended("city_block_v002", 30), "name": "city_block_v002", "attempt": 1, "clip": "clip-city_block_v003"},
        {**ended("harbour_v010", 20), "name": "harbour_v010"},
    ]


def results() -> list[wire.RunResult]:
    video = "/job/shot010/render/city_block_v003/city_block_v003_preview.mp4"
    return [result("city_block_v002", clip="clip-city_block_v003", video=video, frames=93, preview=True, stale=True)]


def log() -> str:
    steps = "".join(f"[11-20 09:03:{n:02d}|INFO] chunk 1: latent frame {n}/24 encoded\n" for n in range(3, 24))
    return (
        "[11-20 09:02:11|INFO|inference.py:58] Loading Transfer2.5 2B, checkpoint edge+depth\n"
        "[11-20 09:02:48|INFO|inference.py:91] Model ready in 36.9 s, 42.1 GB of GPU memory in use\n"
        f"{steps}"
        "\x1b[32m[11-20 09:03:31|INFO]\x1b[0m chunk 1/1: 93 frames at 1280 x 720\n"
        "Generating samples:  10%|#         | 3/35 [00:14<02:31]\r"
        "Generating samples:  37%|###7      | 13/35 [01:02<01:44]\r"
    )


def controls(params: Mapping[str, Any]) -> Mapping[str, Any]:
    """What spec.controls says of color, depth and seg with transfer2.5."""
    weights = {"depth": 0.6, "seg": 0.4, **{k: v for k, v in params.get("weights", {}).items() if v != "off"}}
    says = {"edge": "computed by the model", "vis": "computed by the model"}
    rows = [
        {
            "hint": hint,
            "on": hint in weights,
            "weight": weights.get(hint, 0.33),
            "effective": f"{weights[hint]:g}" if hint in weights else "",
            "instead": "",
            "source": "computed" if hint in says else "render",
            "sourceSays": says.get(hint, "from render"),
        }
        for hint in ("edge", "depth", "seg", "vis")
    ]
    return {
        "engine": "transfer2.5",
        "controls": rows,
        "note": f"Weights add up to {sum(weights.values()):g} and act as they are.",
    }


def estimate(_: Mapping[str, Any]) -> Mapping[str, Any]:
    told = {"frames": 93, "chunks": 1, "framesPerChunk": 93, "seconds": 754, "gpus": 1, "gpu": "H100 PCIe"}
    return {"estimate": {**told, "dollars": 0.63, "source": "NVIDIA's published figure.", "hint": None}}


def clip_plan(missing: tuple[int, ...] = ()) -> ClipPlan:
    beauty = SequencePattern(_FOLDER, "city_block_v003.", 4, ".exr")
    ids = SequencePattern(_FOLDER, "seg.", 4, ".png")
    found = {
        "color": Candidate("color", BY_LAYER, beauty, "C", "/stage/usdrender_rop1"),
        "depth": Candidate("depth", BY_LAYER, beauty, "depth", "/stage/usdrender_rop1"),
        "seg": Candidate("seg", BY_NAME, ids, None, "/out/ids"),
    }
    passes = ClipPasses(
        folder=_FOLDER,
        name="city_block_v003",
        node="/stage/usdrender_rop1",
        found=cast("Mapping[wire.PassName, Candidate]", found),
        frames=_FRAMES,
        offset=0,
        fps=Fraction(24),
        size=(1280, 720),
        files=cast("Mapping[wire.PassName, Mapping[int, FileFact]]", {}),
        missing=cast("Mapping[wire.PassName, tuple[int, ...]]", {"seg": missing} if missing else {}),
        problems=("seg: frames 1037-1039 missing.",) if missing else (),
    )
    outputs = (
        RopOutput(
            "/stage/usdrender_rop1", "usdrender", beauty, _FRAMES, Fraction(24), (1280, 720), ("C", "depth", "N")
        ),
        RopOutput("/out/ids", "karma", ids, _FRAMES, Fraction(24), (1280, 720), None),
    )
    return ClipPlan(outputs, passes, Choices(engine="transfer2.5", prompt=PROMPT))
