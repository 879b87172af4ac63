"""The command line of examples/inference.py (cosmos_transfer2/config.py:213-305); errors of usage exit 2."""

import argparse
import os

from ..lax.containers import Field
from ..lax.refused import Refused
from .spec import OVERRIDABLE

BOOLEANS = ("show_control_condition", "show_input", "keep_input_resolution")


def parse(arguments: list[str]) -> tuple[argparse.Namespace, dict]:
    """Setup, and the overrides for every sample."""
    parser = _parser()
    # tyro takes underscores for hyphens in the names of flags.
    spelled = [_hyphens(argument) if argument.startswith("--") else argument for argument in arguments]
    setup = parser.parse_args(spelled)
    given = {key: getattr(setup, key) for key in OVERRIDABLE if getattr(setup, key) is not None}
    return setup, {key: _override(parser, key, OVERRIDABLE[key], value) for key, value in given.items()}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="inference.py", allow_abbrev=False)
    parser.add_argument("-i", "--input-files", nargs="+", required=True)
    parser.add_argument("-o", "--output-dir", required=True)
    distilled = ["edge/distilled"] if os.environ.get("COSMOS_EXPERIMENTAL_CHECKPOINTS") == "1" else []
    parser.add_argument("--model", choices=["edge", "depth", "seg", "vis", *distilled], default="edge")
    for flag in ("checkpoint-path", "experiment", "config-file"):
        parser.add_argument(f"--{flag}")
    parser.add_argument("--context-parallel-size", type=int, default=int(os.environ.get("WORLD_SIZE", "1")))
    for flag, default in FLAGS.items():
        parser.add_argument(f"--{flag}", action=argparse.BooleanOptionalAction, default=default)
    parser.add_argument("--compile-tokenizer", choices=["none", "moderate", "aggressive"], default="none")
    parser.add_argument("--parallel-tokenizer-grid", type=int, nargs=2, default=[-1, -1])
    for key in OVERRIDABLE:
        _add_override(parser, key)
    return parser


FLAGS = {
    "disable-guardrails": False,
    "offload-guardrail-models": False,
    "keep-going": True,
    "profile": False,
    "benchmark": False,
    "enable-parallel-tokenizer": False,
}


def _add_override(parser: argparse.ArgumentParser, key: str) -> None:
    flag = f"--{key.replace('_', '-')}"
    if key in BOOLEANS:
        parser.add_argument(flag, action=argparse.BooleanOptionalAction)
    elif key == "guided_generation_foreground_labels":
        parser.add_argument(flag, type=int, nargs="*")
    elif key == "num_conditional_frames":
        parser.add_argument(flag, type=int)
    else:
        parser.add_argument(flag)


def _override(parser: argparse.ArgumentParser, key: str, field: Field, value: object) -> object:
    try:
        return field.read(value)
    except Refused as refused:
        parser.error(f"argument --{key.replace('_', '-')}: {refused.problems[0].message}: {value!r}")


def _hyphens(argument: str) -> str:
    name, equals, value = argument.partition("=")
    return name.replace("_", "-") + equals + value
