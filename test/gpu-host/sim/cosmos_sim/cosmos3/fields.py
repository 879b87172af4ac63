"""The fields of OmniSampleOverrides (cosmos-framework @ 5eee9ed, inference/args.py and inference/common/args.py)."""

from ..lax.containers import Field, Model, pair, sequence
from ..lax.numbers import integer, number
from ..lax.paths import any_path, file_or_url, file_path
from ..lax.scalars import boolean, enum, literal, mapping, optional, string

HINTS = ("edge", "blur", "depth", "seg", "wsm")
STRENGTHS = ("very_low", "low", "medium", "high", "very_high")
MODES = (
    *("text2image", "text2video", "image2image", "image2video", "video2video", "audio_image2video"),
    *("forward_dynamics", "inverse_dynamics", "wam", "reasoner"),
)


def _fields(**readers) -> dict[str, Field]:
    """Every field may be null, which means that it is not set."""
    return {key: Field(optional(read)) for key, read in readers.items()}


HINT = _fields(control_path=file_or_url, weight=number())
EDGE = Model("EdgeTransferConfig", {**HINT, **_fields(preset_edge_threshold=enum(*STRENGTHS))}, "forbid")
BLUR = Model("BlurTransferConfig", {**HINT, **_fields(preset_blur_strength=enum("none", *STRENGTHS))}, "forbid")
CONTROL = Model("TransferConfig", HINT, "forbid")

# Refused without a hint (args.py:807-828).
TRANSFER_ONLY = _fields(
    negative_prompt_file=string,
    num_video_frames_per_chunk=integer(gt=0),
    num_conditional_frames=integer(ge=0),
    max_frames=integer(gt=0),
    show_control_condition=boolean,
    show_input=boolean,
    num_first_chunk_conditional_frames=integer(ge=0),
    share_vision_temporal_positions=boolean,
    emphasize_control_in_prompt=boolean,
    control_guidance_interval=pair(number(ge=0)),
)
TRANSFER = _fields(control_guidance=number(ge=0, le=10), edge=EDGE, blur=BLUR, depth=CONTROL, seg=CONTROL, wsm=CONTROL)
SAMPLE = _fields(
    output_dir=any_path,
    model=string,
    extra=mapping,
    name=string,
    num_outputs=integer(gt=0),
    seed=integer(),
    tensors_file=file_path,
    pickle_file=file_path,
    defaults_file=file_path,
    model_mode=enum(*MODES),
)
SAMPLING = _fields(
    num_steps=integer(gt=0),
    guidance=number(ge=0, le=7),
    guidance_interval=pair(number(ge=0)),
    normalize_cfg=boolean,
    shift=number(),
    sigma_max=number(),
)
TEXT = _fields(
    prompt_path=file_path,
    prompt=string,
    negative_prompt=string,
    duration_template=string,
    resolution_template=string,
    negative_metadata_mode=enum("none", "same", "inverse"),
    inverse_duration_template=string,
    inverse_resolution_template=string,
    negative_prompt_keep_metadata=boolean,
    prompt_upsampling=boolean,
    prompt_upsampler_max_tokens=integer(gt=0),
    prompt_upsampler_temperature=number(ge=0),
    prompt_upsampler_top_p=number(ge=0, le=1),
    prompt_upsampler_top_k=integer(ge=0),
    prompt_upsampler_repetition_penalty=number(gt=0),
    prompt_upsampler_presence_penalty=number(),
    prompt_upsampler_seed=integer(),
)
VISION = _fields(
    vision_path=file_or_url,
    condition_frame_indexes_vision=sequence(integer()),
    condition_video_keep=literal("first", "last"),
    resolution=literal("256", "480", "704", "720", "768"),
    aspect_ratio=literal("1,1", "4,3", "3,4", "16,9", "9,16"),
    fps=integer(ge=1),
    num_frames=integer(gt=0),
    video_save_quality=integer(ge=0, le=10),
    image_save_quality=integer(ge=0, le=100),
)
# Of other kinds of job: known to the reader, not simulated.
OTHERS = _fields(
    enable_sound=boolean,
    sound_path=file_or_url,
    action_path=file_or_url,
    domain_name=string,
    image_size=integer(gt=0),
    action_chunk_size=integer(gt=0),
    raw_action_dim=integer(gt=0),
    view_point=string,
    max_new_tokens=integer(gt=0),
    do_sample=boolean,
    temperature=number(gt=0, le=100),
    top_k=integer(gt=0),
    top_p=number(gt=0, le=1),
    repetition_penalty=number(gt=0),
    presence_penalty=number(),
)
OVERRIDES = Model(
    "OmniSampleOverrides",
    {**TRANSFER, **TRANSFER_ONLY, **VISION, **TEXT, **SAMPLING, **SAMPLE, **OTHERS},
    "forbid",
)
