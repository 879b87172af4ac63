"""Makes untrusted text safe to show: names of folders and nodes, prompts, messages of a daemon or host. Pure.

Characters that control a terminal or change the writing direction are escaped. Counterpart of schemas/shown-text.ts;
both are tested with the same table of cases.
"""

from __future__ import annotations

import re

_ACTIVE = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # control characters: C0, DEL, C1
    "\ud800-\udfff"  # halves of a surrogate pair
    "\u2028\u2029"  # separators of lines and paragraphs
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # writing direction (Unicode Standard Annex 9, section 2)
    "\u00ad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb]"  # characters without width
)
_LINE_ENDS = re.compile(r"(\r\n|[\n\t])")
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def shown_line(text: str) -> str:
    """Escape a text for one line; line ends and tabs are escaped, too."""
    return _ACTIVE.sub(_escaped, text)


def shown_text(text: str) -> str:
    """Escape a text of several lines; LF, CR LF and tabs stay."""
    parts = _LINE_ENDS.split(text)
    return "".join(part if at % 2 else shown_line(part) for at, part in enumerate(parts))


def _escaped(found: re.Match[str]) -> str:
    character = found.group()
    code = ord(character)
    return _SHORT.get(character, f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")
