"""The note of a render in its clip's folder (schemas/render.ts): which images it changes, and what they were before.

While the note exists, the daemon does not take a pause between two frames for the end, nor an old frame for a new one.
The manifest stays, because it is still true if the render changes nothing. A note ends with a new manifest, when the
daemon has seen all its images, or when this process ends before any image changed.
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

from .clip.atomic_write import write_atomically
from .clip.manifest import MANIFEST
from .errors import CosmosError
from .rop.files import FileFact, facts_of, frames_on_disk
from .rop.frames import FrameRange

if TYPE_CHECKING:
    from . import wire
    from .rop.output import RopOutput

PREFIX = ".cosmos-render."
#: Name that older versions gave the manifest during a render (schemas/clip.ts).
WITHDRAWN = f".{MANIFEST}.withdrawn"
#: Frames that render callbacks reported in this session, by the path of the node.
_heard: dict[str, set[int]] = {}


def begin(node: str, outputs: Sequence[RopOutput], folder: Path) -> None:
    """Writes a note that the node is about to render these outputs of the clip in `folder`.

    Older notes of the node are deleted where this one covers them. Raises CosmosError render_unnoted.
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
    """Stores a frame that the render reports, because a script may render fewer frames than the node's range."""
    _heard.setdefault(node, set()).add(frame)


def hand_over(node: str, outputs: Sequence[RopOutput], folder: Path, clip: wire.ClipDraft) -> wire.RenderNote:
    """Changes the note so that the daemon waits for the images after the node has ended. Raises OSError."""
    found = [one for one in _notes_of(outputs, folder) if one[1]["node"] == node and "process" in one[1]]
    file, note = max(found, key=lambda one: one[1]["began"], default=(None, None))
    if file is None or note is None:  # the plugin did not see the start of this render
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
    """Deletes the notes of these outputs, because their render has ended. Raises OSError."""
    chosen = tuple(outputs)
    nodes = {output.node for output in chosen}
    for file, note in _notes_of(chosen):
        if note["node"] in nodes:
            file.unlink(missing_ok=True)


def end_all(folder: Path) -> None:
    """Deletes all notes of the folder, because a new manifest now describes the clip. Raises OSError."""
    for file, _ in notes_in(folder):
        file.unlink(missing_ok=True)


def last_manifest(folder: Path) -> wire.ClipManifest | None:
    """The clip's manifest; None where none can be read."""
    found = _read(folder / MANIFEST)
    whole = found is not None and isinstance(found.get("passes"), dict) and isinstance(found.get("files"), list)
    return cast("wire.ClipManifest", found) if whole else None


def lists(folder: Path, output: RopOutput) -> bool:
    """Whether the manifest in `folder` lists this output as a pass."""
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
    return write_atomically(folder / f"{PREFIX}{note['id']}.json", json.dumps(note, ensure_ascii=False))


def _process() -> wire.RenderProcess:
    """This process. The daemon checks on the same machine and system whether it still runs (watch/render-notes.ts)."""
    return {"host": f"{socket.gethostname()}/{sys.platform}", "pid": os.getpid()}


def _images(output: RopOutput, frames: FrameRange, folder: Path) -> wire.ExpectedImages:
    pattern = output.pattern
    name = _relative(pattern.folder / pattern.hashes(), folder)
    numbers: wire.FrameSpan = {
        "first": frames.first + pattern.offset,
        "last": frames.last + pattern.offset,
        "step": frames.step,
    }
    return {"pattern": name, "frames": numbers} if pattern.numbered else {"file": name, "frames": numbers}


def _rendered(output: RopOutput) -> FrameRange:
    """The range that the render reported, or the node's own: husk may report one frame for the whole range."""
    heard = sorted(_heard.get(output.node, ()))
    steps = {after - before for before, after in pairwise(heard)}
    reported = len(heard) > 1 and steps == {output.frames.step} and set(heard) <= set(output.frames.numbers())
    return FrameRange(heard[0], heard[-1], output.frames.step) if reported else output.frames


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
    except (OSError, ValueError):  # a damaged note is replaced by the next one
        return None
    return found if isinstance(found, dict) else None
