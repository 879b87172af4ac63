"""The command line of cosmos_framework.scripts.inference (common/args.py:721-938, args.py:1344-1417); usage exits 2."""

import argparse
import os
from pathlib import Path

from ..lax.refused import Refused
from .fields import OVERRIDES

# Registry names (args.py:1184-1280); anything else must be a local folder.
CHECKPOINTS = (
    *("Cosmos3-Nano", "Cosmos3-Edge", "Cosmos3-Super", "Cosmos3-Super-Image2Video", "Cosmos3-Super-Text2Image"),
    *("Cosmos3-Super-Image2Video-4Step", "Cosmos3-Super-Text2Image-4Step"),
)
FLAGS = {
    "guardrails": True,
    "offload-guardrail-models": False,
    "keep-going": False,
    "skip-invalid-samples": False,
    "use-torch-compile": True,
    "use-cuda-graphs": False,
    "diffusion-cache": True,
    "debug": False,
    "profile": False,
    "benchmark": False,
}
VALUES = {"dp-shard-size": 0, "dp-replicate-size": 1, "cp-size": 0, "cfgp-size": 0, "max-num-seqs": 1}
# Given on the command line they hold for every sample.
SAMPLE_FLAGS = ("seed", "num_steps", "guidance", "control_guidance", "max_frames", "num_outputs", "resolution", "fps")


def parse(arguments: list[str]) -> tuple[argparse.Namespace, dict]:
    """Setup, and what holds for every sample."""
    parser = argparse.ArgumentParser(prog="inference.py", allow_abbrev=False)
    parser.add_argument("-i", "--input-files", nargs="+", required=True)
    parser.add_argument("-o", "--output-dir", required=True)
    parser.add_argument("--checkpoint-path", required=True)
    parser.add_argument("--parallelism-preset", choices=["latency", "throughput"], default="latency")
    parser.add_argument("--sampler", choices=["unipc", "edm"], default="unipc")
    for flag, default in VALUES.items():
        parser.add_argument(f"--{flag}", type=int, default=default)
    for flag, default in FLAGS.items():
        parser.add_argument(f"--{flag}", action=argparse.BooleanOptionalAction, default=default)
    for key in SAMPLE_FLAGS:
        parser.add_argument(f"--{key.replace('_', '-')}")
    setup = parser.parse_args(arguments)
    return setup, _overrides(parser, setup)


def _overrides(parser: argparse.ArgumentParser, setup: argparse.Namespace) -> dict:
    given = {key: getattr(setup, key) for key in SAMPLE_FLAGS if getattr(setup, key) is not None}
    try:
        return {key: OVERRIDES.fields[key].read(value) for key, value in given.items()}
    except Refused as refused:
        parser.error(refused.problems[0].message)


def check_setup(setup: argparse.Namespace) -> None:
    """Raises ValueError before anything is loaded: GPUs that the preset cannot share out, an unknown checkpoint."""
    gpus = int(os.environ.get("WORLD_SIZE", "1"))
    if setup.parallelism_preset == "latency" and gpus > 1 and gpus % 2 == 1:
        raise ValueError(f"1 validation error for OmniSetupOverrides: cp_size * cfgp_size must divide {gpus}")
    if setup.checkpoint_path not in CHECKPOINTS and not Path(setup.checkpoint_path).is_dir():
        raise ValueError(f"Invalid checkpoint: {setup.checkpoint_path}")
