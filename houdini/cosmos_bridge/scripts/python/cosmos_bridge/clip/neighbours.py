"""Finds sequences beside the nodes' own files that belong to the same clip. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from ..rop.pattern import SequencePattern
from .candidates import BESIDE, Candidate
from .names import ImageName, pass_of_stem, read_image_name, without_pass


def neighbours(listing: Collection[str], main: SequencePattern, taken: Iterable[Candidate]) -> Iterator[Candidate]:
    """Passes recognised by the names of other sequences in the folder: "city_depth.0001.png" beside "city_color".

    A name with nothing before the pass belongs to any clip in the folder; another prefix means another clip.
    """
    mine = {candidate.pattern.hashes() for candidate in taken}
    clip = without_pass(main.prefix)
    for name in _sequences(listing):
        pattern = SequencePattern(main.folder, name.prefix, name.padding, name.suffix, main.offset, main.sign_padded)
        found = pass_of_stem(name.stem)
        if found is None or pattern.hashes() in mine:
            continue
        if without_pass(name.stem) in ("", clip):
            yield Candidate(found, BESIDE, pattern, None, None)


def _sequences(listing: Collection[str]) -> Iterator[ImageName]:
    """One name for each sequence: the one with the least padding, because unpadded numbers grow longer."""
    found: dict[tuple[str, str], ImageName] = {}
    for file in sorted(listing):
        name = read_image_name(file)
        if name is None:
            continue
        before = found.get((name.prefix, name.suffix))
        if before is None or name.padding < before.padding:
            found[name.prefix, name.suffix] = name
    yield from (found[key] for key in sorted(found))
