"""How long a test waits before it gives up, as in test/support/limits.ts."""

from __future__ import annotations

#: Seconds for one thing, which comes by itself or never does.
PATIENCE = 180.0
