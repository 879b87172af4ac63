"""Finds the pass that a word names, as the daemon does (daemon/watch/names.ts, schemas/config.ts). Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ..wire import PassName

#: The order in which passes are shown: colour first.
PASSES: Final[tuple[PassName, ...]] = ("color", "depth", "seg", "edge", "vis")
ALIASES: Mapping[PassName, tuple[str, ...]] = {
    "color": ("color", "rgb", "beauty", "C", "colour", "rgba", "combined"),
    "depth": ("depth", "Z", "Pz", "zdepth"),
    "seg": ("seg", "segmentation", "id"),
    "edge": ("edge", "edges"),
    "vis": ("vis", "blur"),
}
#: Formats whose image size the plugin can read; the daemon reads more (daemon/media/formats.ts).
IMAGES = frozenset({".png", ".exr", ".jpg", ".jpeg"})

_WORDS: dict[str, PassName] = {word.lower(): name for name, words in ALIASES.items() for word in words}
_IMAGE = re.compile(r"(?P<stem>.+?)(?P<separator>[._])(?P<frame>-?[0-9]+)\.(?P<extension>png|exr|jpe?g)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ImageName:
    """One numbered image."""

    stem: str
    """Before the separator of the number."""
    prefix: str
    """Everything before the number."""
    padding: int
    """Digits as written, without sign."""
    suffix: str


def pass_of(word: str) -> PassName | None:
    """The pass of a single word; case does not matter."""
    return _WORDS.get(word.lower())


def pass_of_stem(stem: str) -> PassName | None:
    """The pass of a name: its last word counts, "." and "_" part words."""
    return pass_of(last_word(stem))


def pass_of_layer(layer: str) -> PassName | None:
    """The pass of an EXR layer: its own R, G, B are the picture; "main.depth" is depth."""
    return "color" if layer == "" else pass_of(layer.rsplit(".", 1)[-1])


def last_word(stem: str) -> str:
    """The last word of a name."""
    return re.split(r"[._]", stem.rstrip("._-"))[-1]


def without_pass(stem: str) -> str:
    """A name without the pass at its end: "city_color" -> "city". A last word that is no pass stays."""
    bare = stem.rstrip("._-")
    word = last_word(bare)
    return bare[: len(bare) - len(word)].rstrip("._-") if pass_of(word) else bare


def read_image_name(name: str) -> ImageName | None:
    """The parts of a numbered image's name; None for any other name."""
    found = _IMAGE.fullmatch(name)
    if found is None:
        return None
    prefix = found["stem"] + found["separator"]
    digits = found["frame"].lstrip("-")
    return ImageName(found["stem"], prefix, len(digits), f".{found['extension']}")
