"""cosmos-sim: stands in for NVIDIA's inference programs where there is no GPU.

It behaves as cosmos-transfer2.5 (2ff49d0) and cosmos-framework (5eee9ed) do at their borders: command lines, specs,
files, log lines, progress bars and exit codes. The frames are blends of its inputs, marked SIMULATED.
It shares no code with Cosmos Bridge, so that a mistake there is not repeated here. Standard library and ffmpeg only.
"""
