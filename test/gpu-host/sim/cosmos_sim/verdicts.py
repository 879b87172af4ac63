"""`python -m cosmos_sim.verdicts DIALECT FOLDER < cases.jsonl`: both readers' verdicts over many cases in one process.

FOLDER holds the media that the cases name. Prints a JSON line a case: id, nvidia, stage, errors, resolved.
"""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from .cosmos3 import files as cosmos3_files
from .cosmos3 import spec as cosmos3_spec
from .inside import inside
from .lax.refused import Refused
from .transfer25 import files as transfer25_files
from .transfer25 import spec as transfer25_spec


def transfer25(file: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    for data in transfer25_files.documents(file):
        yield "parse", lambda data=data: transfer25_spec.read_sample(data | {})


def cosmos3(file: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    parsed: list[dict] = []
    for _, data in cosmos3_files.documents(file):
        yield "parse", lambda data=data: parsed.append(cosmos3_spec.parse(data))
    for spec in parsed:
        yield "build", lambda spec=spec: cosmos3_spec.build(spec)


def verdict(stages: Iterator[tuple[str, Callable[[], object]]]) -> dict:
    stage, resolved = "parse", None
    try:
        for stage, step in stages:
            resolved = step()
    except Refused as refused:
        errors = [{"path": problem.loc, "type": problem.type} for problem in refused.problems]
        return {"nvidia": "rejects", "stage": stage, "errors": errors}
    except Exception as error:  # upstream lets these through as tracebacks
        return {"nvidia": "rejects", "stage": stage, "errors": [{"path": [], "type": type(error).__name__}]}
    return {"nvidia": "accepts", "stage": None, "errors": [], "resolved": resolved}


def main() -> None:
    dialect, folder = sys.argv[1:]
    read = {"transfer2.5": transfer25, "cosmos3": cosmos3}[dialect]
    with inside(folder):
        for line in sys.stdin:
            case = json.loads(line)
            file = Path(case["file"])
            file.write_bytes(case["text"].encode("utf-8", "surrogatepass"))
            print(json.dumps({"id": case["id"], **verdict(read(file))}), flush=True)
            file.unlink()


if __name__ == "__main__":
    main()
