"""The findings of the self-check: one entry for each check, all in one file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Literal

from ..clip.atomic_write import write_atomically
from .private import Private

#: Whether Houdini behaves as the plugin expects.
CheckResult = Literal["agrees", "differs", "not tried", "only by hand"]
CHECK_RESULTS: tuple[CheckResult, ...] = ("differs", "agrees", "not tried", "only by hand")
SCHEMA = "cosmos-selfcheck/1"
JSON_BEGINS = "---- the same for programs ----"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check that was tried, or could not be."""

    step: int
    """Number of the step in STEPS."""
    what: str
    """What the check did."""
    believed: str
    """What the plugin expects."""
    seen: str
    verdict: CheckResult
    data: Mapping[str, object] = field(default_factory=dict)
    """Names, times in seconds and sizes in bytes, for programs."""


STEPS: Mapping[int, str] = {
    1: "Start-up, node types and their parameters",
    2: "When is a render over?",
    3: "Scripts of a render node",
    4: "Set up Cosmos passes",
    5: "The stage",
    6: "Render first, and what would be sent",
    7: "Auto-send",
    8: "Takes, Fetch, Mantra's planes, limits",
    9: "What to keep",
}


class Report:
    """Findings in their order. The file is written again after each one, so that a crash loses none."""

    def __init__(self, file: Path, here: Mapping[str, str], private: Private) -> None:
        self.file, self.private = file, private
        self.here: dict[str, str] = private.without(here)
        self.findings: list[Finding] = []
        self._lines: list[str] = []
        """Each finding as JSON."""
        self._save()

    def add(self, finding: Finding) -> None:
        """Adds a finding, without private words. Raises OSError when the file cannot be written."""
        seen, data = self.private.without(finding.seen), self.private.without(finding.data)
        self.findings.append(replace(finding, seen=seen, data=data))
        self._lines.append(json.dumps(asdict(self.findings[-1]), ensure_ascii=False, default=str))
        self._save()

    def count(self, verdict: CheckResult) -> int:
        """How many findings have this verdict."""
        return sum(each.verdict == verdict for each in self.findings)

    def summary(self) -> str:
        """ "2 differ, 31 agree, 4 not tried, 9 only by hand"."""
        words = {"differs": "differ", "agrees": "agree"}
        return ", ".join(f"{self.count(each)} {words.get(each, each)}" for each in CHECK_RESULTS)

    def text(self) -> str:
        """The whole report: first for people, then the same as JSON."""
        lines = ["Cosmos Bridge self-check in Houdini", ""]
        lines += [f"{name}: {value}" for name, value in self.here.items()]
        lines += ["", self.summary() + ".", *self._steps(), "", JSON_BEGINS, self._json(), ""]
        return "\n".join(lines)

    def _steps(self) -> Sequence[str]:
        lines: list[str] = []
        for step, title in STEPS.items():
            found = [each for each in self.findings if each.step == step]
            if found:
                lines += ["", f"{step}. {title}"]
            for each in found:
                lines += [f"  [{each.verdict}] {each.what}"]
                lines += [f"      the plugin expects: {each.believed}"] if each.believed else []
                lines += [f"      seen: {each.seen}"] if each.seen else []
        return lines

    def _json(self) -> str:
        """One line a finding."""
        head = json.dumps({"schema": SCHEMA, "here": self.here}, ensure_ascii=False)[:-1]
        found = ",\n".join(self._lines)
        return f'{head}, "findings": [\n{found}\n]}}'

    def _save(self) -> None:
        write_atomically(self.file, self.text())
