"""examples/inference.py: read everything, load one model, make the samples one after another."""

import json
import sys
from argparse import Namespace
from pathlib import Path

from .. import hub
from ..console import Console
from ..faults import Faults
from ..pace import spend
from ..ranks import check_device, rank
from ..told import tell_process, tell_sample
from . import cli
from .files import read_files
from .generation import Generation, GuardrailBlock
from .rules import check_model

INFERENCE = "cosmos_transfer2/inference.py"


def main() -> None:
    tell_process()
    faults = Faults.from_environment()
    setup, overrides = cli.parse(sys.argv[1:])
    samples, hints = read_files(setup.input_files, overrides)
    for sample in samples:
        tell_sample(sample)
    console = Console(faults)
    _load(setup, hints, console, faults)
    _generate(setup, samples, console, faults)


def _load(setup: Namespace, hints: list[str], console: Console, faults: Faults) -> None:
    branch = hints[0] if len(hints) == 1 else "multicontrol"
    checkpoints = [f"nvidia/Cosmos-Transfer2.5-2B/general/{branch}", "Wan2.1/vae"]
    for checkpoint in checkpoints if setup.disable_guardrails else [*checkpoints, hub.GUARDRAIL]:
        if not hub.is_cached(checkpoint):
            console.info("imaginaire/utils/checkpoint_db.py:142:_download", f"Downloading checkpoint {checkpoint}")
            hub.fetch(checkpoint, faults)
    out = Path(setup.output_dir).absolute()
    console.open(out)
    console.info("cosmos_oss/init.py:113:init_output_dir", f"Log saved to {out}/console.log")
    faults.at_start()
    check_device()
    check_model(setup.model)
    spend("LOAD")
    console.info(f"{INFERENCE}:64:__init__", f"Found {len(hints)} hint keys across all samples")
    if rank() == 0:
        _save_config(setup, out / "config.yaml", console)


def _save_config(setup: Namespace, file: Path, console: Console) -> None:
    # Every JSON value is YAML too.
    file.write_text("".join(f"{key}: {json.dumps(value)}\n" for key, value in sorted(vars(setup).items())))
    console.info(f"{INFERENCE}:153:__init__", f"Saved config to {file}")


def _generate(setup: Namespace, samples: list[dict], console: Console, faults: Faults) -> None:
    names = [sample["name"] for sample in samples]
    console.info(f"{INFERENCE}:166:generate", f"Generating {len(samples)} samples: {names}")
    for index, sample in enumerate(samples):
        console.info(f"{INFERENCE}:168:generate", f"[{index + 1}/{len(samples)}] Processing sample {sample['name']}")
        try:
            Generation(sample, setup, console, faults).run()
        except GuardrailBlock:
            if not setup.keep_going:  # covers a block and nothing else
                raise
