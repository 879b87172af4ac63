"""The spec of cosmos-transfer2.5 (cosmos_transfer2/config.py:311-592 @ 2ff49d0)."""

from pathlib import Path
from typing import Any

from ..lax.containers import REQUIRED, Field, Model, sequence
from ..lax.numbers import integer, number
from ..lax.paths import file_or_directory, file_path
from ..lax.refused import refuse
from ..lax.scalars import boolean, literal, optional, string
from ..pace import smoke

# In the order of config.py:477, which is that of the model's branches and of the control files.
HINTS = ("edge", "vis", "depth", "seg")
STRENGTHS = ("very_low", "low", "medium", "high", "very_high")
# config.py:210
NEGATIVE_PROMPT = (
    "The video captures a game playing, with bad crappy graphics and cartoonish frames. It represents a recording of "
    "old outdated games. The lighting looks very fake. The textures are very raw and basic. The geometries are very "
    "primitive. The images are very pixelated and of poor CG quality. There are many subtitles in the footage. "
    "Overall, the video is unrealistic at all."
)

CONTROL = {
    "control_path": Field(optional(file_path), None),
    "control_weight": Field(number(ge=0, le=1), 1.0),
    "mask_path": Field(optional(file_path), None),
    "mask_prompt": Field(optional(string), None),
}
STRENGTH = literal(*STRENGTHS)
CONTROLS = {
    "edge": Model("EdgeConfig", {**CONTROL, "preset_edge_threshold": Field(STRENGTH, "medium")}, "ignore"),
    "vis": Model("BlurConfig", {**CONTROL, "preset_blur_strength": Field(STRENGTH, "medium")}, "ignore"),
    "depth": Model("DepthConfig", CONTROL, "ignore"),
    "seg": Model("SegConfig", {**CONTROL, "control_prompt": Field(optional(string), None)}, "ignore"),
}

# Also the command line's overrides, which replace the field in every sample (config.py:595-604).
OVERRIDABLE = {
    "prompt_path": Field(optional(file_path), None),
    "guidance": Field(integer(ge=0, le=7), 3),
    "video_path": Field(file_path, REQUIRED),
    "max_frames": Field(optional(integer(gt=0)), None),
    "context_frame_index": Field(optional(integer(gt=0)), None),
    "image_context_path": Field(optional(file_path), None),
    "num_conditional_frames": Field(literal(0, 1, 2), 1),
    "resolution": Field(string, "720"),
    "sigma_max": Field(optional(string), None),
    "num_video_frames_per_chunk": Field(integer(gt=0), 93),
    "num_steps": Field(integer(gt=0), 1 if smoke() else 35),
    "show_control_condition": Field(boolean, False),
    "show_input": Field(boolean, False),
    "keep_input_resolution": Field(boolean, True),
    "seed": Field(integer(), 2025),
    "negative_prompt": Field(string, NEGATIVE_PROMPT),
    "prompt": Field(string, REQUIRED),
    "guided_generation_mask": Field(optional(file_or_directory), None),
    "guided_generation_step_threshold": Field(integer(), 25),
    "guided_generation_foreground_labels": Field(optional(sequence(integer())), None),
}
CONTROL_FIELDS = {hint: Field(optional(model), None) for hint, model in CONTROLS.items()}
SAMPLE = Model("InferenceArguments", {"name": Field(string, REQUIRED), **OVERRIDABLE, **CONTROL_FIELDS}, "forbid")


def read_sample(data: Any) -> dict:
    """One sample with all that holds. Raises Refused, and the OSError of a prompt file that cannot be opened."""
    if isinstance(data, dict):
        data = _with_prompt_of_file(data)
    sample = SAMPLE(data)
    if not hints_of(sample):
        raise refuse("value_error", f"Value error, {NO_CONTROL}", data)
    if sample["vis"] is not None and sample["image_context_path"] is not None:
        raise refuse("value_error", f"Value error, {TWO_STYLES}", data)
    return sample


NO_CONTROL = "No controls provided, please provide at least one control key (edge, blur, depth, seg)"
TWO_STYLES = (
    "vis control and image_context_path are both used to transfer style. "
    "Using these modes together leads to conflicts. Please only provide one"
)


def _with_prompt_of_file(data: dict) -> dict:
    if data.get("prompt") is not None or data.get("prompt_path") is None:
        return data
    try:
        prompt = Path(data["prompt_path"]).read_text().strip()
    except ValueError as error:  # of text that is no UTF-8: pydantic turns a ValueError into a complaint
        raise refuse("value_error", f"Value error, {error}", data) from error
    return {**data, "prompt": prompt}


def hints_of(sample: dict) -> list[str]:
    return [hint for hint in HINTS if sample[hint] is not None]
