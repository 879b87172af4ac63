"""The note of a render in its clip's folder (schemas/render.ts): which images it changes, and what they were before.

While it lies there, the daemon takes no pause between two frames for the end, and no frame of before for a new one. The
manifest stays where it is: after a render that changed nothing it is true again. What ends a note is a manifest, the
daemon that has seen all its images, or the end of this process before anything changed.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from .clip.manifest import MANIFEST
from .clip.whole import write_whole
from .errors import CosmosError
from .rop.files import FileFact, facts_of, frames_on_disk
from .rop.frames import FrameRange

if TYPE_CHECKING:
    from . import wire
    from .rop.output import RopOutput

PREFIX = ".cosmos-render."
#: What older versions renamed the manifest to while a render went on (schemas/clip.ts).
WITHDRAWN = f".{MANIFEST}.withdrawn"
#: Frames that this session has heard of, by the path of the node that renders them.
_heard: dict[str, set[int]] = {}


def begin(node: str, outputs: Sequence[RopOutput], folder: Path) -> None:
    """Notes that the node is about to render these outputs of the clip in `folder`; its notes before end where this one
    covers them. Raises CosmosError render_unnoted.
    """
    _heard.pop(node, None)
    images = [_images(output, output.frames, folder) for output in outputs]
    note: wire.RenderNote = {
        "schema": "cosmos-render/1",
        "id": uuid.uuid4().hex,
        "node": node,
        "began": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "process": _process(),
        "images": images,
        "before": _before(outputs, folder),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _give_back(folder)
        for file, other in notes_in(folder):
            if other["node"] == node and (other.get("process") == note["process"] or _covers(images, other["images"])):
                file.unlink(missing_ok=True)
        _write(folder, note)
    except OSError as error:
        raise CosmosError(
            "render_unnoted",
            f"The render of {node} is not noted in {folder} ({error.strerror}), so the daemon may take a pause between "
            "two frames for its end: make room or ask for access.",
            {"folder": str(folder)},
        ) from error


def hear(node: str, frame: int) -> None:
    """A frame that the node renders, told by the render itself: a script may ask for fewer than the node says."""
    _heard.setdefault(node, set()).add(frame)


def hand_over(node: str, outputs: Sequence[RopOutput], folder: Path, clip: wire.ClipDraft) -> wire.RenderNote:
    """The node is done and its images are not: from now on they are the daemon's to wait for. Raises OSError."""
    found = [one for one in _notes_of(outputs, folder) if one[1]["node"] == node and "process" in one[1]]
    file, note = max(found, key=lambda one: one[1]["began"], default=(None, None))
    if file is None or note is None:  # its begin was not heard
        begin(node, outputs, folder)
        return hand_over(node, outputs, folder, clip)
    kept = cast("wire.RenderNote", {name: value for name, value in note.items() if name != "process"})
    kept["images"] = [_images(output, _rendered(output), folder) for output in outputs]
    kept["before"] = [
        {**each, "path": _relative(Path(os.path.normpath(file.parent / each["path"])), folder)}
        for each in note["before"]
    ]
    kept["clip"] = clip
    if _write(folder, kept) != file:
        file.unlink(missing_ok=True)
    return kept


def end(outputs: Iterable[RopOutput]) -> None:
    """The render of these outputs is over, and its images are what they are. Raises OSError."""
    chosen = tuple(outputs)
    nodes = {output.node for output in chosen}
    for file, note in _notes_of(chosen):
        if note["node"] in nodes:
            file.unlink(missing_ok=True)


def end_all(folder: Path) -> None:
    """A manifest says what the clip is, whatever was rendering. Raises OSError."""
    for file, _ in notes_in(folder):
        file.unlink(missing_ok=True)


def last_manifest(folder: Path) -> wire.ClipManifest | None:
    """What the clip's manifest says; None where none can be read."""
    found = _read(folder / MANIFEST)
    whole = found is not None and isinstance(found.get("passes"), dict) and isinstance(found.get("files"), list)
    return cast("wire.ClipManifest", found) if whole else None


def lists(folder: Path, output: RopOutput) -> bool:
    """Whether the manifest in `folder` has this output among its passes."""
    manifest = last_manifest(folder)
    passes = () if manifest is None else manifest["passes"].values()
    named = {folder / (source.get("pattern") or source.get("file") or "") for source in passes}
    return output.pattern.folder / output.pattern.hashes() in named


def notes_in(folder: Path) -> list[tuple[Path, wire.RenderNote]]:
    """The notes of a clip's folder that can be read."""
    found = [(file, _read(file)) for file in sorted(folder.glob(f"{PREFIX}*.json"))]
    return [
        (file, cast("wire.RenderNote", note))
        for file, note in found
        if note is not None and all(name in note for name in ("id", "node", "began", "images", "before"))
    ]


def _give_back(folder: Path) -> None:
    if (folder / WITHDRAWN).exists() and not (folder / MANIFEST).exists():
        (folder / WITHDRAWN).replace(folder / MANIFEST)
    (folder / WITHDRAWN).unlink(missing_ok=True)


def _notes_of(outputs: Iterable[RopOutput], *more: Path) -> list[tuple[Path, wire.RenderNote]]:
    folders = {folder for output in outputs for folder in (output.pattern.folder, output.pattern.folder.parent)}
    return [each for folder in {*folders, *more} for each in notes_in(folder)]


def _write(folder: Path, note: wire.RenderNote) -> Path:
    return write_whole(folder / f"{PREFIX}{note['id']}.json", json.dumps(note, ensure_ascii=False))


def _process() -> wire.RenderProcess:
    """Of this machine and system only: daemon/watch/render-notes.ts asks whether it lives."""
    return {"host": f"{socket.gethostname()}/{sys.platform}", "pid": os.getpid()}


def _images(output: RopOutput, frames: FrameRange, folder: Path) -> wire.ExpectedImages:
    pattern = output.pattern
    name = _relative(pattern.folder / pattern.hashes(), folder)
    numbers: wire.FrameRange = {
        "first": frames.first + pattern.offset,
        "last": frames.last + pattern.offset,
        "step": frames.step,
    }
    return {"pattern": name, "frames": numbers} if pattern.numbered else {"file": name, "frames": numbers}


def _rendered(output: RopOutput) -> FrameRange:
    """Frames of the node, or the run of them that the render told: one alone may stand for all that husk makes."""
    heard = sorted(_heard.get(output.node, ()))
    steps = {after - before for before, after in pairwise(heard)}
    told = len(heard) > 1 and steps == {output.frames.step} and set(heard) <= set(output.frames.numbers())
    return FrameRange(heard[0], heard[-1], output.frames.step) if told else output.frames


def _before(outputs: Iterable[RopOutput], folder: Path) -> list[wire.ManifestFile]:
    return [
        {"path": _relative(output.pattern.folder / fact.name, folder), "size": fact.size, "mtime": fact.mtime_ms}
        for output in outputs
        for fact in _there(output)
    ]


def _there(output: RopOutput) -> Iterator[FileFact]:
    pattern = output.pattern
    if not pattern.numbered:
        yield from facts_of(pattern.folder, {0: pattern.name(0)}).values()
        return
    wanted = set(output.frames.numbers())
    yield from (fact for frame, fact in frames_on_disk(pattern).items() if frame in wanted)


def _covers(new: Sequence[wire.ExpectedImages], old: Sequence[wire.ExpectedImages]) -> bool:
    return all(any(_within(one, other) for other in new) for one in old)


def _within(one: wire.ExpectedImages, other: wire.ExpectedImages) -> bool:
    inner, outer = one["frames"], other["frames"]
    named = one.get("pattern") == other.get("pattern") and one.get("file") == other.get("file")
    return named and outer["first"] <= inner["first"] and inner["last"] <= outer["last"]


def _relative(file: Path, folder: Path) -> str:
    return Path(os.path.relpath(file, folder)).as_posix()


def _read(file: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):  # whatever stands there is replaced by the next one
        return None
    return found if isinstance(found, dict) else None
