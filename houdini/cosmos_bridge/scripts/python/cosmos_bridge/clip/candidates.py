"""Finds which passes the output of one node can fill. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..rop.output import RopOutput
from ..rop.pattern import SequencePattern
from ..wire import PassName, PassSource
from .names import ALIASES, last_word, pass_of_layer, pass_of_stem

#: How a pass was recognised, best first: by file name, by EXR layer, by node name, or not at all (then it is colour).
BY_NAME, BY_LAYER, BY_NODE, BY_DEFAULT, BESIDE = range(5)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One image stream that can be a pass."""

    name: PassName
    rank: int
    """Rank; the candidate with the lowest value wins."""
    pattern: SequencePattern
    layer: str | None
    """Layer of a multi-layer EXR; None = the picture itself."""
    node: str | None
    """None = the files were found beside the output of the nodes."""

    @property
    def origin(self) -> str:
        """Where it comes from, in words."""
        if self.node is None:
            return f"{self.pattern.hashes()} in the same folder"
        return self.node if self.layer is None else f"layer {self.layer} of {self.node}"

    def source(self, folder: Path) -> PassSource:
        """As a manifest in `folder` writes it."""
        place = self.pattern.folder.joinpath(self.pattern.hashes()).relative_to(folder).as_posix()
        source = PassSource(pattern=place) if self.pattern.numbered else PassSource(file=place)
        if self.layer is not None:
            source["layer"] = self.layer
        return source


def candidates(output: RopOutput, *, alone: bool) -> tuple[Candidate, ...]:
    """The passes of one output. `alone`: no other node is in the clip, so an unnamed output is the colour pass."""
    stem = output.pattern.prefix if output.pattern.numbered else Path(output.pattern.prefix).stem
    by_name = pass_of_stem(stem)
    layers = _layers(output)
    if by_name is not None and len(layers) < 2:
        return (Candidate(by_name, BY_NAME, output.pattern, _lone_layer(output), output.node),)
    if layers:
        return tuple(layers.values())
    by_node = None if alone else pass_of_stem(output.node.rsplit("/", 1)[-1].rstrip("0123456789"))
    rank = BY_DEFAULT if by_node is None else BY_NODE
    return (Candidate(by_node or "color", rank, output.pattern, None, output.node),)


def _layers(output: RopOutput) -> dict[PassName, Candidate]:
    """One candidate for each pass; of several layers for one pass, the alias that is listed first."""
    found: dict[PassName, Candidate] = {}
    for layer in sorted(output.layers or (), key=_preference):
        name = pass_of_layer(layer)
        if name is not None:
            found.setdefault(name, Candidate(name, BY_LAYER, output.pattern, layer or None, output.node))
    return found


def _preference(layer: str) -> int:
    """The picture's own channels first, then the order of the aliases."""
    name, word = pass_of_layer(layer), last_word(layer).lower()
    if name is None or layer == "":
        return -1
    return [alias.lower() for alias in ALIASES[name]].index(word)


def _lone_layer(output: RopOutput) -> str | None:
    """The only layer of a file without colour channels: a depth file may hold "Pz" only."""
    layers = output.layers or ("",)
    return None if "" in layers or len(layers) == 1 else layers[0]
