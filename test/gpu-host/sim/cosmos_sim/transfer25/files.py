"""Spec files of cosmos-transfer2.5 (config.py:354-415): .json one object, .jsonl one a line, nothing else."""

import json
import sys
from pathlib import Path

from ..complaint import complaint
from ..inside import inside
from ..lax.refused import Refused
from .spec import hints_of, read_sample


def read_files(files: list[str], overrides: dict) -> tuple[list[dict], list[str]]:
    """Samples of all files and the hint keys among them. A refused sample ends the process with 1, as there."""
    samples = [sample for file in files for sample in _samples(Path(file).absolute(), overrides)]
    names: set[str] = set()
    for sample in samples:
        if sample["name"] in names:
            _stop(f"Error: Inference samplename {sample['name']} is not unique")
        names.add(sample["name"])
    return samples, list(dict.fromkeys(hint for sample in samples for hint in hints_of(sample)))


def documents(file: Path) -> list[dict]:
    """What the file holds, not yet checked."""
    if file.suffix == ".json":
        data = [json.loads(file.read_text())]
    elif file.suffix == ".jsonl":
        data = [json.loads(line) for line in file.read_text().splitlines()]
    else:
        raise ValueError(f"Unsupported file extension: {file.suffix}")
    return data


def _samples(file: Path, overrides: dict) -> list[dict]:
    found = documents(file)
    samples = []
    with inside(file.parent):  # relative paths count from the spec's folder
        for index, data in enumerate(found):
            try:
                # `|` is the merge that upstream does: on anything but an object it is a TypeError there too.
                samples.append(read_sample(data | overrides))
            except Refused as refused:
                text = complaint("InferenceArguments", refused.problems)
                _stop(f"Error validating parameters from '{file}' at line {index}\n{text}")
    return samples


def _stop(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
    sys.exit(1)
