"""Checkpoints: fetched once into the cache of Hugging Face, where only an empty marker of ours is left.

COSMOS_SIM_HF=open (default) asks for no token; warn says that one is missing; gated refuses without one.
"""

import os
import sys
from pathlib import Path

from .faults import Faults
from .pace import spend

GUARDRAIL = "nvidia/Cosmos-Guardrail1"


def cache() -> Path:
    return Path(os.environ.get("HF_HOME", Path.home() / ".cache" / "huggingface"))


def is_cached(checkpoint: str) -> bool:
    return _marker(checkpoint).exists()


def fetch(checkpoint: str, faults: Faults) -> None:
    """Raises GatedRepoError where the licence was not accepted or no token is there."""
    if checkpoint == GUARDRAIL:
        _check_access(faults)
    spend("DOWNLOAD")
    _marker(checkpoint).parent.mkdir(parents=True, exist_ok=True)
    _marker(checkpoint).touch()


def _marker(checkpoint: str) -> Path:
    return cache() / "cosmos-sim" / checkpoint.replace("/", "--")


def _check_access(faults: Faults) -> None:
    rule = os.environ.get("COSMOS_SIM_HF", "open")
    has_token = bool(os.environ.get("HF_TOKEN")) or (cache() / "token").exists()
    if faults.find("gated"):  # a token of somebody who did not accept the licence
        raise _gated(403, "you are not in the authorized list")
    if has_token or rule == "open":
        return
    if rule == "gated":
        raise _gated(401, "you must have access to it and be authenticated to access it")
    print("Warning: You are sending unauthenticated requests to the HF Hub.", file=sys.stderr, flush=True)


def _gated(status: int, why: str) -> Exception:
    kind = type("GatedRepoError", (OSError,), {"__module__": "huggingface_hub.errors"})
    return kind(f"{status} Client Error. Cannot access gated repo {GUARDRAIL}: access is restricted, {why}.")
