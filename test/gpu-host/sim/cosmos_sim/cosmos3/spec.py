"""A Cosmos 3 spec: what is refused when it is read ("parse") and after the model is loaded ("build")."""

import json
from pathlib import Path
from typing import Any

from ..lax.refused import refuse
from .fields import HINTS, MODES, OVERRIDES, TRANSFER_ONLY

NO_HINT = "transfer inference requires at least one control hint (edge, blur, depth, seg, wsm)"
IMAGES = (".png", ".jpg", ".jpeg", ".webp")
VIDEOS = (".mp4",)

# defaults/video2video/sample_args.json; a single hint lays its own over them (args.py:736-790).
DEFAULTS = {
    "prompt": "",
    "resolution": "720",
    "aspect_ratio": "16,9",
    "fps": 24,
    "num_frames": 189,
    "num_steps": 35,
    "guidance": 6.0,
    "control_guidance": 1.0,
    "shift": 10.0,
    "sigma_max": 80.0,
    "num_outputs": 1,
    "negative_metadata_mode": "same",
    "negative_prompt_keep_metadata": True,
    "video_save_quality": 10,
    "image_save_quality": 95,
}
TRANSFER_DEFAULTS = {
    "num_video_frames_per_chunk": 93,
    "num_conditional_frames": 1,
    "num_first_chunk_conditional_frames": 0,
    "max_frames": 5000,
    "share_vision_temporal_positions": True,
    "emphasize_control_in_prompt": True,
    "show_control_condition": False,
    "show_input": False,
}
TUNED = {"guidance": 3.0, "control_guidance": 1.5, "shift": 10.0}
SINGLE_HINT = {
    "edge": TUNED,
    "blur": TUNED,
    "depth": TUNED,
    "seg": {**TUNED, "control_guidance": 2.0},
    "wsm": {
        **{"guidance": 1.0, "control_guidance": 3.0, "shift": 10.0},
        **{"num_frames": 101, "fps": 10, "num_video_frames_per_chunk": 101},
    },
}


def parse(data: Any) -> dict:
    """The fields that are set. Raises Refused."""
    if not isinstance(data, (dict, list)):
        raise AttributeError(f"'{type(data).__name__}' object has no attribute 'copy'")
    spec = {key: value for key, value in OVERRIDES(data).items() if value is not None}
    stray = any(key in spec for key in TRANSFER_ONLY) or spec.get("control_guidance", 1.0) != 1.0
    if stray and not hints_of(spec):
        raise refuse("value_error", f"Value error, {NO_HINT}", data)
    return spec


def hints_of(spec: dict) -> list[str]:
    return [hint for hint in HINTS if spec.get(hint) is not None]


def build(spec: dict) -> dict:
    """All that holds during the run, for Cosmos3-Nano. Raises ValueError and OSError; args.py:349-358, 885-918."""
    hints = hints_of(spec)
    prompt = _prompt(spec, bool(hints))
    kind = _kind_of_input(spec)
    for hint in hints:
        if spec[hint].get("control_path") is None and "vision_path" not in spec:
            raise ValueError(
                f"transfer inference requires 'vision_path' or a pre-computed 'control_path' (hint: {hint})"
            )
    mode = spec.get("model_mode") or f"{kind}2{'image' if spec.get('num_frames') == 1 else 'video'}"
    _check_mode(mode, spec, prompt)
    resolved = {
        **DEFAULTS,
        **({"num_frames": 1} if mode.endswith("2image") else {}),
        **(TRANSFER_DEFAULTS if hints else dict.fromkeys(TRANSFER_DEFAULTS)),
        **(SINGLE_HINT[hints[0]] if len(hints) == 1 else {}),
        **({"aspect_ratio": None} if mode == "image2image" else {}),
        **spec,
        "prompt": prompt,
        "model_mode": mode,
    }
    return {**resolved, "num_frames": up_to_packed(resolved["num_frames"])}


def _kind_of_input(spec: dict) -> str:
    if "vision_path" not in spec:
        return "text"
    suffix = Path(spec["vision_path"]).suffix.lower()
    if suffix in IMAGES:
        return "image"
    if suffix in VIDEOS:
        return "video"
    raise ValueError(f"Invalid vision extension: {suffix}")


def _prompt(spec: dict, transfer: bool) -> str:
    if "prompt" in spec or "prompt_path" not in spec:
        return spec.get("prompt", "")
    path = Path(spec["prompt_path"])
    text = path.read_text()
    if transfer and path.suffix.lower() == ".json":
        return json.dumps(json.loads(text), separators=(",", ":"))
    return text


def _check_mode(mode: str, spec: dict, prompt: str) -> None:
    if mode not in MODES:
        raise ValueError(f"'{mode}' is not a valid ModelMode")
    needed = {"audio_image2video": "sound_path", "forward_dynamics": "action_path"}.get(mode)
    if needed is not None and needed not in spec:
        raise ValueError(f"{mode} requires '{needed}'")
    if mode == "reasoner" and not prompt.strip():
        raise ValueError("reasoner requires a prompt")


def up_to_packed(frames: int) -> int:
    """The next 4k+1: the video tokenizer packs four frames into one (args.py:549-552, transfer.py:443)."""
    return -(-(frames - 1) // 4) * 4 + 1
