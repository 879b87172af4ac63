"""What a test wants to know of a run: `COSMOS_SIM {json}` lines on standard output, of rank 0, in ASCII."""

import hashlib
import json
import os
import sys
from pathlib import Path

from .ranks import rank

# Harmless ones are told with their value; of all others only the name, since any could hold a secret.
SHOWN = (
    *("CUDA_VISIBLE_DEVICES", "NVIDIA_VISIBLE_DEVICES", "HF_HOME", "MASTER_ADDR", "MASTER_PORT", "WORLD_SIZE"),
    *("COSMOS_VERBOSE", "PYTORCH_CUDA_ALLOC_CONF", "CUDA_DEVICE_ORDER"),
)


def tell(kind: str, **facts: object) -> None:
    if rank() == 0:
        print("COSMOS_SIM " + json.dumps({"told": kind, **facts}, sort_keys=True), flush=True)


def tell_process() -> None:
    """Bytes that are no UTF-8 come as lone surrogates (\\udcXX), as Python keeps them."""
    environment = {name: os.environ[name] for name in SHOWN if name in os.environ}
    tell("process", argv=sys.argv, cwd=os.getcwd(), env=sorted(os.environ), shown=environment, uid=os.getuid())


def tell_input(path: str) -> None:
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    tell("input", path=path, sha256=digest.hexdigest(), bytes=Path(path).stat().st_size)


def tell_sample(sample: dict) -> None:
    """The sample as it was read, and every file that it names, once, in the order of its fields."""
    tell("sample", sample=sample)
    paths = [value for key, value in sample.items() if key.endswith(("_path", "_mask")) and value]
    blocks = [value for value in sample.values() if isinstance(value, dict)]
    paths += [value for block in blocks for key, value in block.items() if key.endswith("_path") and value]
    for path in dict.fromkeys(paths):
        if os.path.isfile(path):
            tell_input(path)
