"""Makes test/data/houdini/nodes.jsonl: what running Houdinis said of the node types that the plugin knows.

The dumps are those of github.com/JosephOIbrahim/Synapse at adfe59e (MIT), reduced to facts: of 21.0.671
(harness/notes/verified_nodetype_catalog_21.0.671.json) {"houdini", "source", "types": {category: {type: [[name, type,
default as Python prints it]]}}}, of 22.0.400 (rag/catalog/h22.0.400) {..., {type: {"inputs", "parms": [{name, type, n,
default, tokens}]}}}. Run it again, with test/houdini/python in PYTHONPATH, when a newer dump is to be had:

    python -m support.make_catalogue DUMP.json [DUMP.json ...]
"""

from __future__ import annotations

import ast
import json
import sys
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[3] / "data" / "houdini"
#: What the plugin renders, reads or makes, and what its tests build scenes from.
TYPES: dict[str, tuple[str, ...]] = {
    "Driver": ("karma", "merge"),
    "Lop": (
        "attribwrangle",
        "camera",
        "karma",
        "karmarenderproperties",
        "karmarendersettings",
        "karmastandardrendervars::2.0",
        "labs::karma::2.0",
        "null",
        "usdrender_rop",
    ),
    "Cop": ("rop_image",),
    "Cop2": ("rop_comp",),
    "Object": ("cam", "geo", "lopnet", "null", "topnet"),
    "Top": ("pythonscript",),
}


def main(dumps: list[str]) -> None:
    """Writes the file anew from all dumps: where they are from, then one line a type and version."""
    houdinis: dict[str, str] = {}
    lines: list[str] = []
    for dump in dumps:
        told = json.loads(Path(dump).read_text("utf-8"))
        houdinis[told["houdini"]] = told["source"]
        for category, names in TYPES.items():
            for name in names:
                found = told["types"].get(category, {}).get(name)
                if found is not None:
                    entry = {"category": category, "type": name, "houdini": told["houdini"], "parms": _parms(found)}
                    lines.append(json.dumps(entry, ensure_ascii=False, separators=(",", ":")))
    text = "\n".join([json.dumps({"houdinis": houdinis}), *sorted(lines)])
    (DATA / "nodes.jsonl").write_text(f"{text}\n", "utf-8")


def _parms(found: Any) -> list[list[Any]]:
    """[name, type, default, menu tokens where the dump has them]; a default of several values is a list."""
    if isinstance(found, list):
        return [[name, kind, _single(None if text is None else _literal(text))] for name, kind, text in found]
    return [
        [each["name"], each["type"], _single(each.get("default")), *([each["tokens"]] if "tokens" in each else [])]
        for each in found["parms"]
    ]


def _literal(text: str) -> Any:
    """A value that Python printed; the text itself where it is none."""
    try:
        return ast.literal_eval(text)
    except (SyntaxError, ValueError):
        return text


def _single(default: Any) -> Any:
    """The dumps wrap every default of a string or number into a list."""
    values = list(default) if isinstance(default, (list, tuple)) else default
    return values[0] if isinstance(values, list) and len(values) == 1 else values


if __name__ == "__main__":
    main(sys.argv[1:])
