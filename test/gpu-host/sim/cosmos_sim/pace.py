"""How long things take, in seconds: small by default, set by the environment where a test needs other times."""

import os
import time

DEFAULTS = {
    "COSMOS_SIM_DOWNLOAD_S": 0.02,  # one checkpoint that is not cached yet
    "COSMOS_SIM_LOAD_S": 0.05,  # the model
    "COSMOS_SIM_STEP_S": 0.002,  # one denoising step
    "COSMOS_SIM_GAP_S": 0.02,  # decoding, guardrails and saving: silent
}


def spend(what: str) -> None:
    name = f"COSMOS_SIM_{what}_S"
    time.sleep(float(os.environ.get(name, DEFAULTS[name])))


def smoke() -> bool:
    """COSMOS_SMOKE: one step unless the spec says otherwise, and no guardrails."""
    return os.environ.get("COSMOS_SMOKE", "") in ("1", "true")
