"""What Cosmos 3 notices only while it runs; nothing catches it there (transfer.py; inference.py:1849)."""

import math

from ..geometry import COSMOS3, nearest_shape
from ..media import Facts
from .spec import hints_of, up_to_packed

DERIVABLE = ("edge", "blur")


def check_controls(sample: dict) -> None:
    for hint in hints_of(sample):
        if sample[hint].get("control_path") is None and hint not in DERIVABLE:  # transfer.py:116-119
            raise FileNotFoundError(f"Control '{hint}' requires a pre-computed 'control_path'")


def weights_of(sample: dict) -> dict[str, float]:
    """Shares of 1 (transfer.py:186-189)."""
    given = {hint: sample[hint].get("weight", 1.0) for hint in hints_of(sample)}
    given = {hint: 1.0 if weight is None else weight for hint, weight in given.items()}
    total = sum(given.values())
    assert all(weight >= 0 for weight in given.values()), f"transfer weights must be non-negative: {given}"
    assert total > 0 and not math.isnan(total), f"transfer weights must sum to a positive value: {given}"
    return {hint: weight / total for hint, weight in given.items()}


def size_for(sample: dict, first: Facts) -> tuple[int, int]:
    """The spec's shape counts with a colour video only; else that of the first control (transfer.py:408-417)."""
    shape = sample["aspect_ratio"] if "vision_path" in sample else None
    return COSMOS3[sample["resolution"]][shape or nearest_shape(first.width, first.height)]


def frames_of(sample: dict, first: Facts) -> int:
    return min(first.frames, sample["max_frames"])


def chunk_of(sample: dict, frames: int) -> int:
    """Frames made at once; raises where chunks would not move on."""
    chunk = 1 if frames == 1 else up_to_packed(sample["num_video_frames_per_chunk"])
    if frames > chunk and sample["num_conditional_frames"] >= chunk:  # transfer.py:49-51
        raise ValueError(f"num_conditional_frames must be smaller than the chunk ({chunk})")
    if sample["num_first_chunk_conditional_frames"] > 0 and "vision_path" not in sample:  # transfer.py:419
        raise ValueError("num_first_chunk_conditional_frames requires 'vision_path'")
    return chunk


def suffix_for(sample: dict, frames: int) -> str:
    """num_frames alone chooses the kind of file; a video saved as an image fails (inference.py:1868-1871)."""
    if (frames == 1) != (sample["num_frames"] == 1):
        raise AssertionError(f"cannot save {frames} frames with num_frames {sample['num_frames']}")
    return ".jpg" if frames == 1 else ".mp4"
