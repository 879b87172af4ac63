"""Step 2, the most important one: do the images exist when a render node reports its end?"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import CosmosError
from ..rop.kinds import BACKGROUND, RANGE, RANGE_MODE, WAITS
from ..rop.output import RopOutput, rop_output
from .clock import OVER, Clock
from .findings import CheckResult, Finding, Report
from .scene import OwnScene

if TYPE_CHECKING:
    import hou

Events = list[tuple[str, float]]
#: Seconds by which a file's time may be after the end of its render, because file systems store coarse times.
TICK = 0.05
FIRST = 1
#: Number of frames of a render, and whether old frames are in the folder.
RUNS = ((1, False), (3, False), (3, True))


def check(scene: OwnScene, clock: Clock, report: Report) -> None:
    """Renders each node with its waiting toggle off and on: one frame, three frames, and three over old ones."""
    for label, node in scene.nodes.items():
        if label == "settings":
            continue
        toggle = next((name for name in (*WAITS, *BACKGROUND) if node.parm(name) is not None), None)
        for value in (0, 1) if toggle else (None,):
            for frames, over_old in RUNS:
                if clock.is_over():
                    report.add(_untried(label, OVER))
                    return
                began = clock.now()
                finding = _run(scene, label, toggle, value, frames, over_old, clock)
                report.add(finding)
                if finding.verdict == "not tried":
                    break
                if clock.now() - began > clock.deadline and (frames, over_old) != RUNS[-1]:
                    report.add(_untried(label, f"the render before took more than {clock.deadline:g} s"))
                    break
    for label, why in scene.refused.items():
        report.add(_untried(label, f"the node could not be made: {why}"))


def _untried(label: str, why: str) -> Finding:
    return Finding(2, f"{label}: renders", "", why, "not tried")


def _run(
    scene: OwnScene, label: str, toggle: str | None, value: int | None, frames: int, over_old: bool, clock: Clock
) -> Finding:
    import hou

    node = scene.nodes[label]
    scene.set(node, **{RANGE_MODE: 1})
    for name, number in zip(RANGE, (FIRST, FIRST + frames - 1, 1), strict=True):
        parm = node.parm(name)
        if parm is not None:
            parm.deleteAllKeyframes()
            parm.set(number)
    if toggle is not None and value is not None:
        scene.set(node, **{toggle: value})
    what = f"{label}, {_frames(frames)}{' over old ones' if over_old else ''}"
    what += f", {toggle} {value}" if toggle else ""
    folder = scene.images(label)
    if not over_old:
        _empty(folder)
    before = _times(folder)
    try:
        output = rop_output(node)
        events, began, back = _rendered(node, clock)
    except (hou.Error, CosmosError) as failure:
        return Finding(2, what, "", f"did not render: {_line(failure)}", "not tried")

    def complete() -> bool:
        now = _times(folder)
        return len(now) >= frames and all(now[name] != before.get(name) for name in now)

    came = clock.wait(complete)
    return _finding(what, output, _Seen(events, began, back, before, _times(folder), came, frames, clock.deadline))


class _Seen:
    """Times of one render, in seconds since it began."""

    def __init__(
        self,
        events: Events,
        began: float,
        back: float,
        before: Mapping[str, float],
        after: Mapping[str, float],
        came: bool,
        frames: int,
        deadline: float,
    ) -> None:
        self.events = [(name, round(at - began, 3)) for name, at in events]
        self.back = round(back - began, 3)
        self.files = {name: round(at - began, 3) for name, at in after.items() if at != before.get(name)}
        self.end = next((at for name, at in reversed(self.events) if name == "PostRender"), self.back)
        self.came, self.frames, self.deadline = came, frames, deadline

    @property
    def late(self) -> int:
        """Number of frames that came after the end, or never."""
        return self.frames - sum(at <= self.end + TICK for at in self.files.values())

    def words(self) -> str:
        last = "the node has no PostRender" if not self.events else f"PostRender after {self.end:g} s"
        newest = f"the last image after {max(self.files.values()):g} s" if self.files else "no new image"
        missing = "" if self.came else f"; {len(self.files)} of {self.frames} images within {self.deadline:g} s"
        return f"the call was back after {self.back:g} s, {last}, {newest}{missing}"


def _finding(what: str, output: RopOutput, seen: _Seen) -> Finding:
    expected = {output.pattern.name(frame) for frame in output.frames.numbers()}
    data = {"events": seen.events, "back": seen.back, "files": seen.files, "expected": sorted(expected)}
    if output.deferred is not None:
        believed = f"images may come after the end ({output.deferred}), so nothing is sent when it ends"
        verdict: CheckResult = "agrees" if seen.late else "differs"
        note = "" if seen.late else "; all of them were there at the end, so the plugin waits where it need not"
    else:
        believed = "every image is there when it ends, and is sent then"
        verdict = "differs" if seen.late else "agrees"
        note = f"; {_frames(seen.late)} came late, so the plugin would send too early" if seen.late else ""
    strangers = sorted(set(seen.files) - expected)
    if strangers:
        verdict, note = "differs", f"{note}; files under names that were not expected: {', '.join(strangers)}"
    return Finding(2, what, believed, seen.words() + note, verdict, data)


def _rendered(node: hou.OpNode, clock: Clock) -> tuple[Events, float, float]:
    """Renders; returns the events, and the times when it began and returned (s). Raises hou.Error."""
    events: Events = []
    with _heard(node, events, clock):
        began = clock.now()
        render_node(node)
        back = clock.now()
    return events, began, back


def render_node(node: hou.OpNode) -> None:
    """Renders a node with render(); the Karma LOP with its button. Raises hou.Error."""
    import hou

    button = node.parm("execute")
    if isinstance(node, hou.RopNode):
        node.render()
    elif button is not None:
        button.pressButton()
    else:
        raise hou.OperationFailed("it has neither render() nor a button Render to Disk")


@contextmanager
def _heard(node: hou.OpNode, events: Events, clock: Clock) -> Iterator[None]:
    """Within the block, records the render events of the node."""
    import hou

    def hear(rop: hou.RopNode, event: hou.EnumValue, time: float) -> None:
        events.append((event.name(), clock.now()))

    if not isinstance(node, hou.RopNode):
        yield
        return
    node.addRenderEventCallback(hear)
    try:
        yield
    finally:
        node.removeRenderEventCallback(hear)


def _times(folder: Path) -> dict[str, float]:
    """Modification time of each finished image in a folder, in seconds since 1970."""
    if not folder.is_dir():
        return {}
    return {
        entry.name: entry.stat().st_mtime
        for entry in os.scandir(folder)
        if entry.is_file() and not entry.name.startswith(".") and entry.name.endswith(".exr") and entry.stat().st_size
    }


def _empty(folder: Path) -> None:
    for name in _times(folder):
        (folder / name).unlink()


def _frames(count: int) -> str:
    return f"{count} frame" if count == 1 else f"{count} frames"


def _line(failure: Exception) -> str:
    return (str(failure).strip().splitlines() or [type(failure).__name__])[0]
