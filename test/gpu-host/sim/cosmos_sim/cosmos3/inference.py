"""cosmos_framework.scripts.inference: read, load, build each sample, make them one after another."""

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
from .generation import Generation
from .spec import build, hints_of

SCRIPT = "cosmos_framework/scripts/inference.py"
DOWNLOAD = "cosmos_framework/utils/checkpoint_db.py:190:_hf_download"


def main() -> None:
    tell_process()
    faults = Faults.from_environment()
    setup, overrides = cli.parse(sys.argv[1:])
    cli.check_setup(setup)
    samples = [{**sample, **overrides} for sample in read_files(setup.input_files)]
    for sample in samples:
        tell_sample(sample)
    console = Console(faults, tag="job=|")
    out = Path(setup.output_dir).absolute()
    console.open(out)
    console.info(f"{SCRIPT}:49:main", f"Loaded {len(samples)} samples")
    _load(setup, console, faults)
    built = [_build(sample, setup, out, console) for sample in samples]
    runs = [sample for sample in built if sample is not None]
    runs[0]  # nothing to do is an IndexError, after all the loading (inference.py:1506)
    for sample in runs:
        Generation(sample, setup, out, console, faults).run()


def _load(setup: Namespace, console: Console, faults: Faults) -> None:
    guardrails = [hub.GUARDRAIL, "Qwen/Qwen3Guard-Gen-0.6B"] if setup.guardrails else []
    own = [] if Path(setup.checkpoint_path).is_dir() else [f"nvidia/{setup.checkpoint_path}"]
    for checkpoint in [*own, *guardrails]:
        if not hub.is_cached(checkpoint):
            console.info(DOWNLOAD, f"uv run --isolated --with huggingface-hub hf download {checkpoint}")
            hub.fetch(checkpoint, faults)
    faults.at_start()
    check_device()
    spend("LOAD")


def _build(sample: dict, setup: Namespace, out: Path, console: Console) -> dict | None:
    """None for a sample that is skipped because the user asked for that (scripts/inference.py:57-68)."""
    try:
        resolved = build(sample)
        if not hints_of(resolved):
            raise NotImplementedError("cosmos-sim stands in for transfer only: the sample has no control hint")
        return resolved
    except ValueError as error:
        if not setup.skip_invalid_samples:
            raise
        message = f"Skipping sample '{sample['name']}': {error}"
        console.line("WARNING", f"{SCRIPT}:66:main", message)
        if rank() == 0:
            _write_skip(out / sample["name"], sample, message)
        return None


def _write_skip(folder: Path, sample: dict, message: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    answer = {"args": sample, "status": "skip", "message": message, "stack_trace": None, "outputs": []}
    (folder / "sample_outputs.json").write_text(json.dumps(answer, indent=2))
