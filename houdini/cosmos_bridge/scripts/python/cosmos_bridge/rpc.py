"""The part of JSON-RPC 2.0 that a client needs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .errors import CosmosError

# Grows with every incompatible change of the protocol (schemas/protocol.ts, PROTOCOL_VERSION).
PROTOCOL_VERSION = 1
CLIENT_NAME = "houdini"

Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """How a call ended: with a result, or with an error."""

    result: Message | None = None
    error: CosmosError | None = None

    def unwrap(self) -> Message:
        """The result. Raises the error."""
        if self.error is not None:
            raise self.error
        return self.result or {}


def request(number: int, method: str, params: Mapping[str, object]) -> str:
    """Text of one request; the answer carries its number."""
    return json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": dict(params)})


def answer(message: Message) -> Answer:
    """Parses an answer. A daemon's error is one sentence for people, with its code in `data`."""
    wrong = message.get("error")
    if wrong is None:
        return Answer(result=message.get("result") or {})
    data = dict(wrong.get("data") or {})
    code = str(data.pop("code", "internal"))
    return Answer(error=CosmosError(code, str(wrong.get("message", "The daemon gave no reason.")), data))
