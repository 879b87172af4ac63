"""`hython -m cosmos_bridge send --rop /out/karma1 --frames 1-93`: what the shelf does, from a command line.

`selfcheck` tries the plugin in this Houdini and writes what it found.

Exit codes: 0 = sent (or kept in the spool, which is said); 1 = what was asked failed; 2 = wrong use.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import CosmosError
from .rop.frames import FrameRange
from .selfcheck.clock import DEADLINE, MINUTES
from .tell import write_line

if TYPE_CHECKING:
    import hou

    from .delivery import Delivery

OK, FAILED, USAGE = 0, 1, 2
#: How many render deadlines the self-check may run over before the process is ended.
GRACE = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command line and gives its exit code."""
    asked = _parser().parse_args(arguments)
    try:
        import hou  # noqa: F401 (checks that Houdini is there before any work begins)
    except ImportError:
        write_line("This needs Houdini's Python: run it with hython, which is in $HFS/bin.", sys.stderr)
        return USAGE
    try:
        return _selfcheck(asked) if asked.verb == "selfcheck" else _send(asked)
    except CosmosError as error:
        write_line(error.sentence, sys.stderr)
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hython -m cosmos_bridge", description="Send Houdini renders to Cosmos.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    send = verbs.add_parser("send", help="send what render nodes have written")
    send.add_argument("--rop", action="append", required=True, metavar="PATH", help="render node; may be repeated")
    send.add_argument("--frames", type=frame_range, metavar="A-B[xSTEP]", help="instead of the node's own range")
    send.add_argument("--hip", metavar="FILE", help="open this scene first")
    send.add_argument("--render", action="store_true", help="render the frames before they are sent")
    send.add_argument("--wait", action="store_true", help="wait for the videos and print their paths")
    check = verbs.add_parser("selfcheck", help="try the plugin in this Houdini, in a scene of its own; sends nothing")
    check.add_argument("--out", type=Path, metavar="FILE", help="where to write what was found")
    check.add_argument("--minutes", type=float, default=MINUTES, help="time for all renders together (%(default)g)")
    check.add_argument("--deadline", type=float, default=DEADLINE, help="seconds to wait for images (%(default)g)")
    return parser


def _selfcheck(asked: argparse.Namespace) -> int:
    """Exit code 0 means that the check ran to its end, whatever it found."""
    from .selfcheck import run

    def say(line: str) -> None:
        write_line(line, sys.stderr)

    watch = threading.Timer(asked.minutes * 60 + GRACE * asked.deadline, _end, [say])
    watch.daemon = True
    watch.start()
    try:
        run(asked.out, minutes=asked.minutes, deadline=asked.deadline, tell=say)
    finally:
        watch.cancel()
    return OK


def _end(say: Callable[[str], None]) -> None:
    """Ends the process: a render that never returns blocks it, and no script inside can cancel that render."""
    say("A render did not return, so the check ends here. Its findings are in its file; husk may still be running.")
    os._exit(FAILED)


def frame_range(text: str) -> FrameRange:
    """ "1-93", "-10-20x2" or "7". Raises argparse.ArgumentTypeError for anything else."""
    found = re.fullmatch(r"(-?\d+)(?:-(-?\d+)(?:x(\d+))?)?", text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text} is no frame range; write 1-93, 1-93x2 or 7")
    first, step = int(found[1]), int(found[3] or 1)
    last = int(found[2] or first)
    if last < first or step == 0:
        raise argparse.ArgumentTypeError(f"{text} has no frame in it")
    return FrameRange(first, first + (last - first) // step * step, step)


def _send(asked: argparse.Namespace) -> int:
    from .send import send

    nodes = _nodes(asked.rop, asked.hip)
    outcome = send(nodes, None, "render" if asked.render else "existing", asked.frames)
    write_line(outcome.sentence(), sys.stderr)
    succeeded = _wait(outcome.deliveries) if asked.wait else True
    return OK if succeeded and not outcome.problems else FAILED


def _nodes(paths: Sequence[str], hip: str | None) -> list[hou.Node]:
    """Opens the scene and finds the nodes. Raises CosmosError hip_unreadable or rop_unknown."""
    import hou

    if hip is not None:
        try:
            hou.hipFile.load(hip, suppress_save_prompt=True, ignore_load_warnings=True)
        except hou.OperationFailed as failure:
            raise CosmosError("hip_unreadable", f"{hip} cannot be opened: {failure}", {"hip": hip}) from failure
    nodes: list[hou.Node] = []
    for path in paths:
        node = hou.node(path)
        if node is None:
            where = "name the scene with --hip" if hip is None else "check the path"
            raise CosmosError("rop_unknown", f"There is no node {path} in {hou.hipFile.basename()}: {where}.")
        nodes.append(node)
    return nodes


def _wait(deliveries: Sequence[Delivery]) -> bool:
    """Prints the path of each video as it is finished; False when a job ended without one."""
    from .panel.words import in_words
    from .wait import wait_for

    succeeded = True
    for delivery in deliveries:
        if delivery.how != "sent":
            write_line(f"{delivery.clip}: there is no job yet to wait for.", sys.stderr)
            succeeded = False
        for job in delivery.jobs:
            ended = wait_for(job["id"])
            if ended["state"] == "succeeded":
                write_line(str(ended["output"]), sys.stdout)
            else:
                write_line(f"{delivery.clip}: {in_words(ended['state'])}. {ended['reason']}", sys.stderr)
                succeeded = False
    return succeeded


if __name__ == "__main__":
    sys.exit(main())
