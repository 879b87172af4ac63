"""Work items: `from cosmos_bridge import pdg; pdg.submit(work_item)` in a Python Script TOP.

Out of process, a script has only its work item (sidefx.com/docs/houdini/nodes/top/pythonscript.html), so nothing here
needs `hou`: the clip comes from the work item's input files, and the choices from its attributes.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from .choices_format import Choices
from .clip.manifest import MANIFEST
from .compose import compose_files
from .deliver import AWAY, Connect, deliver
from .delivery import Delivery
from .errors import CosmosError
from .file_sequences import FileSequence, find_sequences
from .panel.words import in_words
from .rop.files import frames_on_disk
from .rop.frames import exact_rate
from .rop.images import layers_of
from .rop.output import RopOutput
from .wait import wait_for
from .work_item import WorkItem, chosen, number, text

if TYPE_CHECKING:
    from . import wire

#: Frames per second where neither the call nor the work item says so: Houdini's own default.
DEFAULT_FPS = 24.0


def submit(
    work_item: WorkItem,
    *,
    prompt: str | None = None,
    preset: str | None = None,
    engine: str | None = None,
    host: str | None = None,
    seed: int | None = None,
    fps: float | None = None,
    wait: bool = False,
    connect: Connect | None = None,
) -> Delivery:
    """Sends the work item's input files as one clip. Cooking again makes no second job.

    Arguments that are None come from its attributes cosmos_prompt, cosmos_preset and so on. Adds the manifest as an
    output file, with `wait` the finished video too. Raises CosmosError, which fails the work item with its sentence.
    """
    wished = number(work_item, "seed", chosen(work_item, "seed", seed))
    choices = Choices(
        prompt=str(chosen(work_item, "prompt", prompt) or ""),
        preset=text(chosen(work_item, "preset", preset)),
        engine=text(chosen(work_item, "engine", engine)),
        host=text(chosen(work_item, "host", host)),
        seed=None if wished is None else int(wished),
    )
    rate = exact_rate(number(work_item, "fps", chosen(work_item, "fps", fps)) or DEFAULT_FPS)
    composed = compose_files(_outputs(work_item, rate), choices)
    delivery = deliver(composed.parcel, connect)
    work_item.addOutputFile(str(delivery.folder / MANIFEST), "file/json")
    for job in delivery.jobs:
        work_item.setStringAttrib("cosmos_job", job["id"], 0)
        if wait:
            work_item.addOutputFile(_video(job, connect), "file/video")
    if wait and not delivery.jobs:
        raise CosmosError(AWAY, f"{delivery.clip}: {delivery.sentence()}. There is no video to wait for.")
    return delivery


def _outputs(work_item: WorkItem, rate: Fraction) -> list[RopOutput]:
    files = [Path(file.local_path) for file in work_item.inputFiles]
    sequences = find_sequences(files)
    if not sequences:
        raise CosmosError(
            "pdg_no_images",
            f"{work_item.name} has no images among its {len(files)} input files: connect the ROP Fetch that renders "
            "them, with a Wait for All between.",
        )
    for sequence in sequences:
        _refuse_one_of_many(work_item, sequence)
    return [_output(work_item, sequence, rate) for sequence in sequences]


def _refuse_one_of_many(work_item: WorkItem, sequence: FileSequence) -> None:
    """Refuses a work item that has one frame of many: each would become a clip of one frame."""
    if len(sequence.frames) == 1 and len(frames_on_disk(sequence.pattern)) > 1:
        raise CosmosError(
            "pdg_one_frame",
            f"{work_item.name} has one frame of {sequence.pattern.hashes()} only: put a Wait for All between the "
            "render and this node, so that the whole sequence arrives.",
        )


def _output(work_item: WorkItem, sequence: FileSequence, rate: Fraction) -> RopOutput:
    layers = layers_of(sequence.pattern, sequence.frames)
    return RopOutput(work_item.name, "pdg", sequence.pattern, sequence.frames, rate, None, layers)


def _video(job: wire.Job, connect: Connect | None) -> str:
    ended = wait_for(job["id"], connect)
    if ended["state"] == "succeeded" and ended["output"]:
        return ended["output"]
    raise CosmosError("run_failed", f"{job['name']}: {job['id']} is {in_words(ended['state'])}. {ended['reason']}")
