"""What the artist chose for a node, stored in the node's user data. Secrets are refused.

User data is used instead of spare parameters: it needs no node type of ours, survives without the plugin, and
is copied with the node.
"""

from __future__ import annotations

import json
import re
from dataclasses import fields
from typing import TYPE_CHECKING

from .choices_format import SCHEMA, Choices, parse_choices
from .errors import CosmosError
from .rop.parms import op

if TYPE_CHECKING:
    import hou

#: Key of the user data; one JSON object.
USER_DATA = "cosmos_choices"
#: Shapes of Hugging Face, NVIDIA, GitHub, AWS and OpenAI keys, bearer tokens, user:password@host, PEM blocks.
SECRET = re.compile(
    r"\b(?:hf_\w{20,}|nvapi-[\w-]{20,}|gh[pousr]_\w{20,}|AKIA[0-9A-Z]{16}|sk-[\w-]{20,})"
    r"|\bBearer\s+[\w.~+/-]{16,}|://[^/\s:@]+:[^/\s@]+@|-----BEGIN [A-Z ]*PRIVATE KEY",
)

__all__ = [
    "USER_DATA",
    "Choices",
    "forget_choices",
    "keep_choices",
    "looks_secret",
    "read_choices",
    "sending_nodes",
    "sends_itself",
]


def read_choices(node: hou.Node) -> Choices:
    """The choices stored on the node, or the defaults where it has none.

    Raises CosmosError choices_damaged when the stored value is incomplete or another program wrote it.
    """
    value = node.userData(USER_DATA)
    if value is None:
        return Choices()
    try:
        return parse_choices(value)
    except ValueError as wrong:
        raise CosmosError(
            "choices_damaged",
            f"The Cosmos choices on {node.path()} cannot be read: {wrong}. Choose again and send to replace them.",
            {"node": node.path()},
        ) from wrong


def keep_choices(node: hou.Node, choices: Choices) -> None:
    """Stores the choices on the node. They are saved with the .hip, and undo takes them back.

    Raises CosmosError choices_secret for text that looks like a key or a password, and choices_wrong for values that
    read_choices would refuse.
    """
    kept = {field.name: getattr(choices, field.name) for field in fields(Choices)}
    for name, value in kept.items():
        if looks_secret(value):
            raise CosmosError(
                "choices_secret",
                f"The {name.replace('_', ' ')} for {node.path()} looks like a password or access key, and scenes are "
                "shared: remove it. Keys belong in the settings of the daemon.",
                {"node": node.path(), "field": name},
            )
    weights = None if choices.weights is None else dict(choices.weights)
    text = json.dumps({"schema": SCHEMA, **kept, "weights": weights, "tags": list(choices.tags)}, ensure_ascii=False)
    try:
        parse_choices(text)
    except ValueError as wrong:
        raise CosmosError(
            "choices_wrong", f"This cannot be kept on {node.path()}: {wrong}.", {"node": node.path()}
        ) from wrong
    node.setUserData(USER_DATA, text)


def forget_choices(node: hou.Node) -> None:
    """Removes the choices from the node; does nothing where there are none."""
    node.destroyUserData(USER_DATA, must_exist=False)


def sends_itself(node: hou.Node) -> bool:
    """Whether auto-send is on for the node. False when its choices cannot be read, so damaged data sends nothing."""
    try:
        return read_choices(node).auto_send
    except CosmosError:
        return False


def sending_nodes() -> tuple[hou.OpNode, ...]:
    """The nodes of the scene with auto-send on. Locked assets are skipped: their nodes cannot store the choice."""
    import hou

    root = hou.node("/")
    if root is None:
        return ()
    nodes = root.allSubChildren(top_down=True, recurse_in_locked_nodes=False)
    return tuple(op(node) for node in nodes if sends_itself(node))


def looks_secret(value: object) -> bool:
    """Whether a text has the shape of a known access key, a password in an address, or a private key."""
    if isinstance(value, str):
        return SECRET.search(value) is not None
    return any(map(looks_secret, value)) if isinstance(value, tuple) else False
