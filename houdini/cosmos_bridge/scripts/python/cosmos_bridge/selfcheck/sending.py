"""Steps 3, 6 and 8: scripts, Render first, takes and Fetch. Parcels are made, but nothing is sent."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ..choices_format import Choices
from ..errors import CosmosError
from ..render_note import notes_in
from ..rop.fetch import rendering
from ..rop.frames import FrameRange
from ..rop.kinds import FETCHED, WAITS
from ..rop.parms import number, op
from ..script_parms import SCRIPTS
from ..send import prepare
from ..setup_passes.mantra import PLANES
from .clock import OVER, Clock
from .findings import Finding, Report
from .scene import OwnScene
from .timing import render_node

if TYPE_CHECKING:
    import hou

heard: list[tuple[str, str]] = []
"""(script, path of hou.pwd()) of the scripts that ran in this process."""
SCRIPT = "from cosmos_bridge.selfcheck.sending import hear\nhear({!r})\n"


def hear(script: str) -> None:
    """Called by the scripts of the check's own nodes."""
    import hou

    heard.append((script, hou.pwd().path()))


def check_scripts(scene: OwnScene, clock: Clock, report: Report) -> None:
    """Step 3: which scripts run in this process when a script renders the node, and on which node."""
    import hou

    for label, node in scene.nodes.items():
        if label == "settings":
            continue
        what, believed = (
            f"{label}: scripts before and after the render",
            "both run in this process, on the node or within it",
        )
        absent = [name for name in SCRIPTS if node.parm(name) is None]
        if absent or clock.is_over():
            why = f"it has no {', '.join(absent)}" if absent else OVER
            report.add(Finding(3, what, believed, why, "not tried"))
            continue
        for name in SCRIPTS:
            values: dict[str, str | float] = {f"t{name}": 1, f"l{name}": "python", name: SCRIPT.format(name)}
            scene.set(node, **values)
        heard.clear()
        try:
            render_node(node)
        except hou.Error as failure:
            report.add(Finding(3, what, believed, f"did not render: {failure}", "not tried"))
        else:
            within = all(path == node.path() or path.startswith(f"{node.path()}/") for _, path in heard)
            agrees = [name for name, _ in heard] == list(SCRIPTS) and within
            seen = ", ".join(f"{name} on {path}" for name, path in heard) or "neither ran"
            report.add(Finding(3, what, believed, seen, "agrees" if agrees else "differs"))
        for name in SCRIPTS:
            scene.set(node, **{name: ""})


def check_render_first(scene: OwnScene, clock: Clock, report: Report) -> None:
    """Step 6: renders into an empty folder, then over old frames; the node has its default, which does not wait."""
    for label, node in scene.nodes.items():
        if label == "settings":
            continue
        for over_old in (False, True):
            if clock.is_over():
                report.add(Finding(6, f"{label}: Render first", "", OVER, "not tried"))
                return
            report.add(_render_first(scene, label, node, over_old))


def _render_first(scene: OwnScene, label: str, node: hou.OpNode, over_old: bool) -> Finding:
    import hou

    waits = [name for name in WAITS if node.parm(name) is not None]
    scene.set(node, **dict.fromkeys(waits, 0))
    folder = scene.images(label)
    if not over_old and folder.is_dir():
        for entry in os.scandir(folder):
            Path(entry).unlink()
    before = _stamps(scene, label)
    what = f"{label}: Render first {'over old frames' if over_old else 'into an empty folder'}"
    believed = "it waits, one clip is ready with new frames only, and the node is as before"
    try:
        frames = FrameRange(1, 2) if isinstance(node, hou.RopNode) else None
        parcels, problems = prepare([node], Choices(), "render", frames)
    except CosmosError as failure:
        return Finding(6, what, believed, failure.sentence, "differs")
    old = [name for name, stamp in _stamps(scene, label).items() if before.get(name) == stamp]
    changed = [name for name in waits if number(node, name) != 0]
    left = [file.name for file, _ in notes_in(folder)]
    seen = f"{len(parcels)} clip ready" + "".join(f"; {problem.sentence}" for problem in problems)
    seen += f"; {', '.join(old)} is old" if old else ""
    seen += f"; {', '.join(changed)} was not put back" if changed else ""
    seen += f"; {', '.join(left)} was left" if left else ""
    agrees = len(parcels) == 1 and not problems and not old and not changed and not left
    return Finding(6, what, believed, seen, "agrees" if agrees else "differs")


def _stamps(scene: OwnScene, label: str) -> dict[str, float]:
    folder = scene.images(label)
    if not folder.is_dir():
        return {}
    return {each.name: each.stat().st_mtime for each in os.scandir(folder) if each.name.endswith(".exr")}


def check_rest(scene: OwnScene, report: Report) -> None:
    """Step 8: Fetch, and Mantra without its creation script."""
    import hou

    out = hou.node("/out")
    if out is None:
        return
    what, believed = "A Fetch node was pointed at a Karma node", "it stands for what it fetches"
    rop = scene.nodes.get("Karma ROP")
    try:
        fetch = op(out.createNode("fetch"))
        scene.set(fetch, **{FETCHED: rop.path() if rop else ""})
        found = rendering(fetch).path()
        report.add(
            Finding(8, what, believed, found, "agrees" if rop is not None and found == rop.path() else "differs")
        )
    except (hou.OperationFailed, CosmosError) as failure:
        report.add(Finding(8, what, believed, str(failure), "not tried"))
    what, believed = (
        "Mantra was made without its creation script",
        f"it lacks {PLANES.count}, which is reported and skipped",
    )
    try:
        bare = op(out.createNode("ifd", run_init_scripts=False))
        has = bare.parm(PLANES.count) is not None
        seen = f"{PLANES.count} is {'there' if has else 'not there'}"
        report.add(Finding(8, what, believed, seen, "differs" if has else "agrees"))
    except hou.OperationFailed as failure:
        report.add(Finding(8, what, believed, str(failure), "not tried"))
