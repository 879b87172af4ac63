"""Assigns the images that nodes wrote to the passes of one clip: by node, by EXR layer, and by files beside them.

Reads the folder and cooks nothing. Outputs that form no single clip raise an error; lesser faults are `problems`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from ..errors import CosmosError
from ..rop.files import FileFact, facts_of, list_names, select_frames
from ..rop.frames import FrameRange, show_frames
from ..rop.output import RopOutput
from ..rop.pattern import MOVIES, SequencePattern
from ..wire import PassName, PassSource
from .candidates import BY_DEFAULT, Candidate, candidates
from .names import IMAGES, PASSES, without_pass
from .neighbours import neighbours
from .other_clip import refuse_other_clip


@dataclass(frozen=True, slots=True)
class ClipPasses:
    """The passes of one clip."""

    folder: Path
    """Absolute; the manifest goes here."""
    name: str
    """From the file names, else the folder's."""
    node: str
    """Path of the node that renders the colour pass, or of the first one."""
    found: Mapping[PassName, Candidate]
    """Colour first."""
    frames: FrameRange
    """Numbers as in the file names, which may differ from the scene's frames by an offset."""
    offset: int
    """Number in the file names minus the scene's frame."""
    fps: Fraction
    size: tuple[int, int] | None
    """Pixels, as the node says. The images may differ, and then they count."""
    files: Mapping[PassName, Mapping[int, FileFact]]
    """By scene frame, of the range only; a movie is frame 0."""
    missing: Mapping[PassName, tuple[int, ...]]
    """Scene frames that are not on disk, by pass; complete passes have no entry."""
    problems: tuple[str, ...]
    """Sentences: why the clip would not be ready, or what may not be intended."""

    @property
    def sources(self) -> dict[PassName, PassSource]:
        """The passes as the manifest writes them, relative to the clip's folder."""
        return {name: candidate.source(self.folder) for name, candidate in self.found.items()}

    @property
    def origins(self) -> dict[PassName, str]:
        """Where each pass comes from, in words: "layer depth of /out/karma1"."""
        return {name: candidate.origin for name, candidate in self.found.items()}


def find_passes(outputs: Sequence[RopOutput]) -> ClipPasses:
    """The passes that these outputs and the files beside them form.

    Raises CosmosError clip_empty, clip_two, clip_outside, clip_offsets or clip_rates: what makes no single clip.
    """
    if not outputs:
        raise CosmosError("clip_empty", "No selected node writes images: select a render node.")
    chosen, problems = _choose([each for output in outputs for each in candidates(output, alone=len(outputs) == 1)])
    main = chosen.get("color") or next(iter(chosen.values()))
    folder, listing = main.pattern.folder, list_names(main.pattern.folder)
    for each in neighbours(listing, main.pattern, chosen.values()):
        chosen.setdefault(each.name, each)
    found = {name: chosen[name] for name in PASSES if name in chosen}
    output = _output_of(main, outputs)
    refuse_other_clip(folder, listing, main.pattern, output.node)
    _refuse_strangers(found.values(), outputs, folder, output)
    # The layers of one EXR sequence share their files, so each file is read once.
    looked = {one: _files(one, output.frames, listing, folder) for one in {each.pattern for each in found.values()}}
    files = {name: looked[each.pattern] for name, each in found.items()}
    missing = {name: _missing(found[name].pattern, output.frames, there) for name, there in files.items()}
    missing = {name: frames for name, frames in missing.items() if frames}
    offset = main.pattern.offset
    return ClipPasses(
        folder,
        without_pass(main.pattern.prefix if main.pattern.numbered else Path(main.pattern.prefix).stem) or folder.name,
        output.node,
        found,
        FrameRange(output.frames.first + offset, output.frames.last + offset, output.frames.step),
        offset,
        output.fps,
        output.size,
        files,
        missing,
        (*problems, *_gaps(missing, output.frames), *_ranges(outputs, output)),
    )


def _choose(all_of: Iterable[Candidate]) -> tuple[dict[PassName, Candidate], list[str]]:
    """The best candidate of every pass. Refuses two nodes that write the same pass, because they are two clips."""
    chosen: dict[PassName, Candidate] = {}
    problems: list[str] = []
    for each in sorted(all_of, key=lambda candidate: candidate.rank):
        before = chosen.setdefault(each.name, each)
        if before is each or (before.pattern == each.pattern and before.layer == each.layer):
            continue
        if before.node == each.node and each.rank == BY_DEFAULT:
            continue  # an unnamed render product of a node that has a better candidate for colour
        if before.node != each.node and before.rank == each.rank:
            raise _two_clips(before, each)
        problems.append(f"{each.name} comes from {before.origin}, not from {each.origin}.")
    return chosen, problems


def _two_clips(one: Candidate, other: Candidate) -> CosmosError:
    if one.pattern.folder == other.pattern.folder:
        sentence = (
            f"{one.node} and {other.node} both write a {one.name} pass into {one.pattern.folder}, and one folder holds "
            "one clip: give each of them a folder of its own, such as $HIP/render/$OS."
        )
    else:
        sentence = (
            f"{one.node} and {other.node} both write a {one.name} pass, so they are two clips: send them one by one."
        )
    return CosmosError("clip_two", sentence, {"nodes": [one.node, other.node], "folder": str(one.pattern.folder)})


def _output_of(main: Candidate, outputs: Sequence[RopOutput]) -> RopOutput:
    return next((output for output in outputs if output.pattern == main.pattern), outputs[0])


def _refuse_strangers(found: Iterable[Candidate], outputs: Iterable[RopOutput], folder: Path, main: RopOutput) -> None:
    for each in found:
        suffix = Path(each.pattern.name(main.frames.first)).suffix
        if suffix.lower() not in IMAGES | MOVIES:
            raise CosmosError(
                "clip_format",
                f"{each.node} writes {suffix or 'files without an extension'}, which Cosmos Bridge cannot read: "
                "let it write EXR, PNG or JPEG.",
                {"node": each.node},
            )
        if not each.pattern.folder.is_relative_to(folder):
            raise CosmosError(
                "clip_outside",
                f"{each.name} of {each.node} is written into {each.pattern.folder}, which is outside {folder}. "
                "Let it write into that folder, or into one below it.",
                {"node": each.node, "folder": str(folder)},
            )
        if each.pattern.numbered and main.pattern.numbered and each.pattern.offset != main.pattern.offset:
            raise CosmosError(
                "clip_offsets",
                f"{each.pattern.hashes()} and {main.pattern.hashes()} number the same frames differently: use $F4 in "
                "both.",
                {"node": each.node},
            )
    for output in outputs:
        if output.fps != main.fps or output.frames.step != main.frames.step:
            raise CosmosError(
                "clip_rates",
                f"{output.node} has the frame increment {output.frames.step} and {main.node} has {main.frames.step}: "
                "give them the same increment.",
                {"node": output.node},
            )


def _files(pattern: SequencePattern, frames: FrameRange, listing: Collection[str], folder: Path) -> dict[int, FileFact]:
    there = listing if pattern.folder == folder else list_names(pattern.folder)
    if not pattern.numbered:
        return facts_of(pattern.folder, {0: pattern.name(0)})
    wanted, names = frames.numbers(), select_frames(pattern, there)
    return facts_of(pattern.folder, {frame: name for frame, name in names.items() if frame in wanted})


def _missing(pattern: SequencePattern, frames: FrameRange, there: Mapping[int, FileFact]) -> tuple[int, ...]:
    if not pattern.numbered and there:
        return ()
    return tuple(frame for frame in frames.numbers() if frame not in there)


def _gaps(missing: Mapping[PassName, tuple[int, ...]], frames: FrameRange) -> list[str]:
    return [
        f"{name}: none of its {len(frames)} frames is on disk."
        if len(gone) == len(frames)
        else f"{name}: {'frame' if len(gone) == 1 else 'frames'} {show_frames(gone, frames.step)} missing."
        for name, gone in missing.items()
    ]


def _ranges(outputs: Iterable[RopOutput], main: RopOutput) -> list[str]:
    return [
        f"{output.node} renders frames {output.frames.first}-{output.frames.last}, but {main.node} "
        f"{main.frames.first}-{main.frames.last}: the clip has the second range."
        for output in outputs
        if output.frames != main.frames
    ]
