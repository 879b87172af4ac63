"""What the validator lets through and the run then trips over (facts A.3); each raises what upstream raises there."""

from pathlib import Path

from ..geometry import TRANSFER25, nearest_shape
from ..media import Facts

VIDEOS = (".mp4", ".avi", ".mov", ".mkv", ".webm")
IMAGES = (".png", ".jpg", ".jpeg")
# GPU counts that split 24 latent frames, or one, of 720 16:9 (imaginaire/utils/context_parallel.py:212-255).
GPU_COUNTS = (1, 2, 3, 4, 6, 8, 11, 12, 16)
GPU_COUNTS_FOR_IMAGE = (1, 2, 4, 11)
FRAMES_PER_CHUNK = 93
MOST_FRAMES = 5000


def check_video(path: str) -> None:
    suffix = Path(path).suffix  # case-sensitive there
    if suffix not in (*VIDEOS, *IMAGES):
        raise ValueError(f"Invalid video extension: {suffix}")
    if suffix == ".mkv":
        raise TypeError("Unsupported format: mkv")  # no handler is registered


def size_for(sample: dict, video: Facts) -> tuple[int, int]:
    """KeyError for a resolution that is not in the table, after the model was loaded."""
    return TRANSFER25[sample["resolution"]][nearest_shape(video.width, video.height)]


def frames_of(sample: dict, video: Facts) -> int:
    if sample["num_video_frames_per_chunk"] == 1:
        return 1
    return min(video.frames, sample["max_frames"] or MOST_FRAMES, MOST_FRAMES)


def check_gpus(count: int, frames: int) -> None:
    if count not in (GPU_COUNTS_FOR_IMAGE if frames == 1 else GPU_COUNTS):
        raise ValueError(f"Split by width: cannot split over {count} processes")


def check_sigma(sample: dict) -> None:
    if sample["sigma_max"] is not None:
        float(sample["sigma_max"])  # of no other effect


def check_chunk_length(sample: dict) -> None:
    if sample["num_video_frames_per_chunk"] not in (1, FRAMES_PER_CHUNK):
        raise AssertionError("Input control_input length doesn't match expected length specified by state_t.")


def check_reaches(chunk: int, sample: dict, frames: dict[str, int]) -> None:
    """A control that ended before this chunk (from 0) starts: noticed when all earlier chunks were made."""
    start = chunk * (sample["num_video_frames_per_chunk"] - sample["num_conditional_frames"])
    if chunk > 0 and any(count <= start for count in frames.values()):
        raise ValueError("No input frames; cannot pad. Verify that video frame counts match.")


def check_guided_mask(sample: dict) -> None:
    mask = sample["guided_generation_mask"]
    if mask is not None and Path(mask).suffix not in (".mp4", ".npz"):
        raise ValueError(f"Unknown video mask format: {mask}")


def check_model(model: str) -> None:
    if model == "edge/distilled":
        raise NameError("name 'VelocityPassthroughWrapper' is not defined")
