"""One transfer sample (cosmos_framework/inference/inference.py:1825-1896, transfer.py)."""

import json
import os
import random
from argparse import Namespace
from pathlib import Path

from ..console import Console
from ..faults import Faults
from ..geometry import chunks_of
from ..media import COMPUTED, Layer, Picture, Shape, cover, facts_of, save_layer
from ..pace import spend
from ..ranks import rank
from ..sampling import sample_chunk
from ..saving import save_result
from . import rules
from .spec import hints_of

INFERENCE = "cosmos_framework/inference/inference.py"
TRANSFER = "cosmos_framework/inference/transfer.py"
QUALITY = ["-crf", "12"]


class Generation:
    def __init__(self, sample: dict, setup: Namespace, out: Path, console: Console, faults: Faults):
        self.sample = sample
        self.setup = setup
        self.folder = out / sample["name"]  # not checked there either: `..` leads out
        self.console = console
        self.faults = faults

    def run(self) -> None:
        count = self.sample["num_outputs"]
        seed = self.sample.get("seed")
        first = random.randint(0, 10000) if seed is None else seed
        for index in range(count):
            folder = self.folder / str(index) if count > 1 else self.folder
            self._run_one({**self.sample, "seed": first + index, "output_dir": str(folder)}, folder)

    def _run_one(self, sample: dict, folder: Path) -> None:
        if rank() == 0:
            folder.mkdir(parents=True, exist_ok=True)
            file = folder / "sample_args.json"
            file.write_text(json.dumps(sample, indent=2))
            # Logged by every rank there: such lines carry the rank, once more for every sink.
            self.console.info(f"{INFERENCE}:1841:_generate_transfer_batch", f"[RANK 0] Saved sample args to '{file}'")
        self._burst()
        self._check_prompt(folder)
        rules.check_controls(sample)
        weights = rules.weights_of(sample)
        shape = self._shape(sample)
        self._tell_controls(sample)
        self._sample(sample, shape)
        if rank() == 0:
            spend("GAP")
            self._save(sample, weights, shape, folder)

    def _burst(self) -> None:
        burst = self.faults.find("burst")
        count = int(burst.detail or 1000) if burst else 0
        for index in range(1, count + 1):
            self.console.info(f"{INFERENCE}:1842:_generate_transfer_batch", f"burst {index}/{count}")

    def _check_prompt(self, folder: Path) -> None:
        """No guardrail runs on the transfer path; the fault shows what other paths do (inference.py:1758-1762)."""
        if self.setup.guardrails and self.faults.hits("guardrail-prompt", self.sample["name"]):
            where = "cosmos_framework/auxiliary/guardrail/common/core.py:61:run_safety_check"
            self.console.line("CRITICAL", where, "GUARDRAIL BLOCKED: Blocklist: blocked word found")
            blocked = f"Guardrail blocked prompt '{folder}': '{self.sample['prompt']}'"
            raise ValueError(f"Error generating sample '{self.sample['name']}': {blocked}")

    def _shape(self, sample: dict) -> Shape:
        first = facts_of(self._layer(sample, hints_of(sample)[0], 1).path)
        width, height = rules.size_for(sample, first)
        vision = sample.get("vision_path")
        fps = int(facts_of(vision).fps) if vision else sample["fps"]
        return Shape(width, height, cover(width, height), rules.frames_of(sample, first), max(1, fps))

    def _tell_controls(self, sample: dict) -> None:
        for hint in hints_of(sample):
            path = sample[hint].get("control_path")
            found = f"Loaded pre-computed {hint} control from {path}"
            made = f"Computing {hint} control input on the fly"
            self.console.info(f"{TRANSFER}:113:load_transfer_control_frames", made if path is None else found)
        follow = f" Follow the {', '.join(hints_of(sample))} control video precisely."
        prompt = sample["prompt"] + (follow if sample["emphasize_control_in_prompt"] else "")
        self.console.info(f"{TRANSFER}:476:generate_transfer_sample", f"[transfer] final user prompt: {prompt}")

    def _sample(self, sample: dict, shape: Shape) -> None:
        chunk = rules.chunk_of(sample, shape.frames)
        for index in range(chunks_of(shape.frames, chunk, sample["num_conditional_frames"])):
            self.console.debug(
                f"{TRANSFER}:553:generate_transfer_sample", f"chunk {index}: seed {sample['seed'] + index}"
            )
            sample_chunk("Sampling", sample["num_steps"], self.faults, shown=self._has_bar())

    def _has_bar(self) -> bool:
        """Rank 0 alone, and only of the UniPC sampler (samplers/unipc.py:83, utils/progress_bar.py)."""
        wanted = self.setup.sampler == "unipc" and not self.setup.benchmark and os.environ.get("DISABLE_TQDM") != "1"
        return rank() == 0 and wanted

    def _save(self, sample: dict, weights: dict[str, float], shape: Shape, folder: Path) -> None:
        suffix = rules.suffix_for(sample, shape.frames)
        layers = {hint: self._layer(sample, hint, weight) for hint, weight in weights.items()}
        vision = [Layer(sample["vision_path"], 1)] if "vision_path" in sample else []
        panels = [*layers.values()] if sample["show_control_condition"] else []
        panels += vision if sample["show_input"] else []
        result = folder / f"vision{suffix}"
        picture = Picture(shape, [*vision, *layers.values()], sample["seed"], panels)
        save_result(picture, result, QUALITY, self.faults)
        controls = [folder / f"control_{hint}{suffix}" for hint in layers]
        for layer, file in zip(layers.values(), controls, strict=True):
            save_layer(layer, shape, file, QUALITY)
            self.console.info(f"{INFERENCE}:1880:_generate_transfer_batch", f"Saved control video to '{file}'")
        self._finish(sample, [result, *controls], folder / "sample_outputs.json")

    def _finish(self, sample: dict, files: list[Path], marker: Path) -> None:
        outputs = [{"content": {}, "files": [str(file) for file in files]}]
        answer = {"args": sample, "status": "success", "message": None, "stack_trace": None, "outputs": outputs}
        marker.write_text(json.dumps(answer, indent=2))
        text = f"Saved transfer outputs to '{marker}'"
        self.console.success(f"{INFERENCE}:1887:_generate_transfer_batch", text)

    def _layer(self, sample: dict, hint: str, weight: float) -> Layer:
        path = sample[hint].get("control_path")
        return Layer(sample["vision_path"], weight, COMPUTED[hint]) if path is None else Layer(path, weight)
