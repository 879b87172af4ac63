"""Faults on demand: COSMOS_SIM_FAULT=NAME[:DETAIL][@step:N], several separated by commas.

Steps count through the whole process from 1, over chunks and samples. They happen in rank 0 alone.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import NamedTuple

from .failures import STARTUP
from .ranks import rank


class Fault(NamedTuple):
    name: str
    detail: str
    step: int


AT_STEP = ("oom", "cuda-oom", "crash", "hang", "nccl")
ANYWHERE = (
    *("guardrail-prompt", "guardrail-video", "no-output", "short-output", "slow-log", "burst", "disk-full"),
    *("gated", "ignore-term"),
)
FIRST_STEPS = 3  # where a fault happens that names no step


def parse(text: str) -> list[Fault]:
    """Raises SystemExit 2 for a fault there is not: a test that asks for one by mistake must not pass."""
    return [_one(entry.strip()) for entry in text.split(",") if entry.strip()]


def _one(entry: str) -> Fault:
    head, _, step = entry.partition("@step:")
    name, _, detail = head.partition(":")
    if name not in (*AT_STEP, *ANYWHERE, *STARTUP):
        print(f"cosmos-sim: there is no fault {name!r}", file=sys.stderr)
        sys.exit(2)
    return Fault(name, detail, int(step or FIRST_STEPS))


class Faults:
    def __init__(self, faults: list[Fault]):
        self._faults = faults
        self._steps = 0

    @staticmethod
    def from_environment() -> "Faults":
        faults = parse(os.environ.get("COSMOS_SIM_FAULT", ""))
        return Faults(faults if rank() == 0 else [fault for fault in faults if fault.name == "guardrail-prompt"])

    def find(self, name: str) -> Fault | None:
        return next((fault for fault in self._faults if fault.name == name), None)

    def hits(self, name: str, sample: str) -> bool:
        """Whether a fault of one sample hits this one; without a detail it hits all."""
        fault = self.find(name)
        return fault is not None and fault.detail in ("", sample)

    def at_start(self) -> None:
        if self.find("ignore-term"):
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
        for fault in self._faults:
            if fault.name in STARTUP:
                raise STARTUP[fault.name]()

    def at_step(self) -> None:
        self._steps += 1
        for fault in self._faults:
            if fault.name in AT_STEP and fault.step == self._steps:
                STEPS[fault.name](fault.detail)


def _killed(number: signal.Signals) -> None:
    """Ends as by a signal from outside. As process 1 of a container it cannot kill itself: then by the shell's code."""
    sys.stderr.flush()
    os.kill(os.getpid(), number)
    os._exit(128 + number)


CUDA_OOM = (
    "CUDA out of memory. Tried to allocate 5.06 GiB. GPU 0 has a total capacity of 79.11 GiB of which 1.29 GiB is free."
)


def _oom(detail: str) -> None:
    if detail == "message":
        print(f"torch.OutOfMemoryError: {CUDA_OOM}", file=sys.stderr)
    _killed(signal.SIGKILL)


def _cuda_oom(_: str) -> None:
    raise type("OutOfMemoryError", (RuntimeError,), {"__module__": "torch"})(CUDA_OOM)


def _crash(_: str) -> None:
    raise RuntimeError("CUDA error: an illegal memory access was encountered")


def _hang(_: str) -> None:
    """Alive, silent, and using neither processor nor GPU."""
    threading.Event().wait()


def _nccl(_: str) -> None:
    text = "Watchdog caught collective operation timeout: WorkNCCL(SeqNum=4211, OpType=ALLTOALL, Timeout(ms)=600000)"
    print(f"[rank0]:[E ProcessGroupNCCL.cpp:632] [Rank 0] {text} ran for 600012 milliseconds.", file=sys.stderr)
    _killed(signal.SIGABRT)


STEPS: dict[str, Callable[[str], None]] = {
    "oom": _oom,
    "cuda-oom": _cuda_oom,
    "crash": _crash,
    "hang": _hang,
    "nccl": _nccl,
}
