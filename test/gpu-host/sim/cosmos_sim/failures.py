"""Failures before the first step, as hosts that are set up wrongly show them (facts of threads in A.9)."""

from collections.abc import Callable


def _revision() -> Exception:
    found = type("RevisionNotFoundError", (OSError,), {"__module__": "huggingface_hub.errors"})
    return found("404 Client Error. Revision Not Found for url: https://huggingface.co/Wan-AI/Wan2.1-T2V-14B.")


STARTUP: dict[str, Callable[[], Exception]] = {
    "old-driver": lambda: RuntimeError(
        "The NVIDIA driver on your system is too old (found version 12020). Please update your GPU driver."
    ),
    "no-gpu": lambda: RuntimeError("Found no NVIDIA driver on your system."),
    "libcudart": lambda: ImportError("libcudart.so.12: cannot open shared object file: No such file or directory"),
    "flash-attn": lambda: ModuleNotFoundError("No module named 'flash_attn'"),
    "revision": _revision,
}
