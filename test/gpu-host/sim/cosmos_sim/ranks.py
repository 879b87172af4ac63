"""Which of several GPU processes this one is (set by torchrun)."""

import os


def rank() -> int:
    return int(os.environ.get("RANK", "0"))


def world_size() -> int:
    return int(os.environ.get("WORLD_SIZE", "1"))


def check_device() -> None:
    """A rank needs a GPU of its own among those that the container was given."""
    visible = os.environ.get("NVIDIA_VISIBLE_DEVICES", "all")
    if visible not in ("all", "") and int(os.environ.get("LOCAL_RANK", "0")) >= len(visible.split(",")):
        raise RuntimeError("CUDA error: invalid device ordinal")
