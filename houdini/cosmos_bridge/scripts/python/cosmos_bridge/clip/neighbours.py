"""Sequences that lie beside what the nodes wrote and belong to the same clip. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from ..rop.pattern import SequencePattern
from .candidates import BESIDE, Candidate
from .names import ImageName, pass_of_stem, read_image_name, without_pass


def neighbours(listing: Collection[str], main: SequencePattern, taken: Iterable[Candidate]) -> Iterator[Candidate]:
    """Passes told by the names of other sequences of the folder: "city_depth.0001.png" beside "city_color".

    A name without anything before the pass belongs to whatever clip is there; another prefix is another clip's.
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
    """One name a sequence; of differing paddings the shortest, as unpadded numbers grow."""
    found: dict[tuple[str, str], ImageName] = {}
    for file in sorted(listing):
        name = read_image_name(file)
        if name is None:
            continue
        before = found.get((name.prefix, name.suffix))
        if before is None or name.padding < before.padding:
            found[name.prefix, name.suffix] = name
    yield from (found[key] for key in sorted(found))
