"""Spec files of cosmos-framework (common/args.py:1043-1110)."""

import glob
import json
from pathlib import Path

from ..complaint import complaint
from ..inside import inside
from ..lax.refused import Refused
from .spec import parse


def read_files(patterns: list[str]) -> list[dict]:
    """Parsed samples of all files, sorted by path whatever the order they were named in. Raises ValueError."""
    files = {Path(found).absolute() for pattern in patterns for found in _expand(pattern)}
    return [sample for file in sorted(files) for sample in _samples(file)]


def _expand(pattern: str) -> list[str]:
    return glob.glob(pattern, recursive=True) if "*" in pattern else [pattern]


def documents(file: Path) -> list[tuple[str, object]]:
    """Name that holds without a `name`, and what is written; not yet checked."""
    if file.suffix == ".json":
        return [(file.stem, json.loads(file.read_text()))]
    if file.suffix == ".jsonl":
        lines = [line for line in file.read_text().splitlines() if line.strip()]
        return [(f"{file.stem}_{index}", json.loads(line)) for index, line in enumerate(lines)]
    if file.suffix in (".yaml", ".yml"):
        raise NotImplementedError("cosmos-sim has no YAML reader (Python's standard library has none): give it JSON")
    raise ValueError(f"Unsupported file extension: {file.suffix}")


def _samples(file: Path) -> list[dict]:
    samples = []
    found = documents(file)
    with inside(file.parent):  # relative paths count from the spec's folder
        for index, (name, data) in enumerate(found):
            try:
                samples.append({"name": name, **parse(data)})
            except Refused as refused:
                text = complaint("OmniSampleOverrides", refused.problems)
                where = f"Error validating parameters from '{file}' at sample {index}"
                raise ValueError(f"{where}\nParameters: {data}\n{text}") from None
    return samples
