"""One sample (cosmos_transfer2/inference.py:205-350): files, log lines and bars in the order they come there."""

import json
import threading
from argparse import Namespace
from pathlib import Path

from ..console import Console
from ..faults import Faults
from ..geometry import chunks_of
from ..media import (
    COMPUTED,
    Facts,
    Layer,
    Picture,
    Shape,
    facts_of,
    save_layer,
    stretch,
)
from ..pace import smoke, spend
from ..ranks import rank, world_size
from ..sampling import sample_chunk
from ..saving import save_result
from . import rules
from .spec import hints_of

INFERENCE = "cosmos_transfer2/inference.py"
PIPELINE = "cosmos_transfer2/_src/transfer2/inference/inference_pipeline.py"
GUARDRAIL = "cosmos_transfer2/_src/imaginaire/auxiliary/guardrail/common/core.py"


class GuardrailBlock(Exception):
    """The safety filter said no; the process goes on with the next sample and exits 0."""


class Generation:
    def __init__(self, sample: dict, setup: Namespace, console: Console, faults: Faults):
        self.sample = sample
        self.name: str = sample["name"]
        self.out = Path(setup.output_dir).absolute()
        self.guarded = not (setup.disable_guardrails or smoke())
        self.gpus: int = setup.context_parallel_size
        self.console = console
        self.faults = faults

    def run(self) -> None:
        self._save_arguments()
        self._burst()
        if self.guarded:
            self._check_prompts()
        video, shape = self._read_inputs()
        self._sample(shape, facts_of_controls(self.sample, video))
        if rank() != 0:
            return
        spend("GAP")  # decoding of the last chunk
        suffix = ".jpg" if shape.frames == 1 else ".mp4"
        self._save_controls(shape, suffix)
        if self.guarded:
            self._check_video()
        self._save_video(video, shape, self.out / f"{self.name}{suffix}")

    def _save_arguments(self) -> None:
        if rank() != 0:
            return
        file = self.out / f"{self.name}.json"
        file.write_text(json.dumps(self.sample, indent=4))
        self.console.info(f"{INFERENCE}:207:_generate_sample", f"Saved arguments to {file}")

    def _burst(self) -> None:
        burst = self.faults.find("burst")
        count = int(burst.detail or 1000) if burst else 0
        for index in range(1, count + 1):
            self.console.info(f"{INFERENCE}:208:_generate_sample", f"burst {index}/{count}")

    def _check_prompts(self) -> None:
        self.console.info(f"{INFERENCE}:211:_generate_sample", "Running guardrail check on prompt...")
        for kind in ("prompt", "negative prompt"):
            text = self.sample[kind.replace(" ", "_")]
            if not text.strip() or (kind == "prompt" and self.faults.hits("guardrail-prompt", self.name)):
                self._block_prompt(kind, text)
            self.console.success(f"{INFERENCE}:226:_generate_sample", f"Passed guardrail on {kind}")

    def _block_prompt(self, kind: str, text: str) -> None:
        if rank() != 0:
            # Only rank 0 runs the check; the others enter the collectives and wait until they are killed.
            threading.Event().wait()
        message = f"Guardrail blocked generation. {kind.capitalize()}: {text}"
        self.console.line("CRITICAL", f"{INFERENCE}:215:_generate_sample", message)
        raise GuardrailBlock(message)

    def _read_inputs(self) -> tuple[Facts, Shape]:
        sample = self.sample
        paths = {hint: sample[hint]["control_path"] for hint in hints_of(sample)}
        text = f"Processing the following paths: { ({'video_path': sample['video_path'], **paths}) }"
        self.console.info(f"{INFERENCE}:240:_generate_sample", text)
        rules.check_sigma(sample)
        rules.check_video(sample["video_path"])
        rules.check_guided_mask(sample)
        video = facts_of(sample["video_path"])
        width, height = rules.size_for(sample, video)
        frames = rules.frames_of(sample, video)
        rules.check_gpus(max(self.gpus, world_size()), frames)
        return video, Shape(width, height, stretch(width, height), frames, max(1, int(video.fps)))

    def _sample(self, shape: Shape, controls: dict[str, int]) -> None:
        sample = self.sample
        count = chunks_of(shape.frames, sample["num_video_frames_per_chunk"], sample["num_conditional_frames"])
        self.console.debug(f"{PIPELINE}:520:generate_img2world", f"Seed: {sample['seed']}", "INFO")
        for chunk in range(count):
            text = f"Generating chunk {chunk + 1}/{count}"
            self.console.debug(f"{PIPELINE}:600:generate_img2world", text, "INFO")
            rules.check_reaches(chunk, sample, controls)
            rules.check_chunk_length(sample)
            sample_chunk("Generating samples", sample["num_steps"], self.faults)

    def _save_controls(self, shape: Shape, suffix: str) -> None:
        for hint in hints_of(self.sample):
            file = self.out / f"{self.name}_control_{hint}{suffix}"
            save_layer(self._layer(hint), shape, file, _bitrate(shape))
            self.console.success(f"{INFERENCE}:308:_generate_sample", f"{hint} control video saved to {file}")
        masked = [hint for hint in hints_of(self.sample) if self.sample[hint]["mask_prompt"] is not None]
        for key in [*masked, *(["guided_generation"] if self.sample["guided_generation_mask"] else [])]:
            file = self.out / f"{self.name}_mask_{key}{suffix}"
            white = Layer(self.sample["video_path"], 1, "drawbox=color=white:t=fill")
            save_layer(white, shape, file, _bitrate(shape))
            self.console.success(f"{INFERENCE}:316:_generate_sample", f"Mask for {key} saved to {file}")

    def _check_video(self) -> None:
        self.console.info(f"{INFERENCE}:320:_generate_sample", "Running guardrail check on video...")
        spend("GAP")
        if self.faults.hits("guardrail-video", self.name):
            # A module that the console does not show: the reason stands in debug.log alone.
            reason = "GUARDRAIL BLOCKED: VideoContentSafetyFilter: unsafe frames: 12/93"
            self.console.debug(f"{GUARDRAIL}:61:run_safety_check", reason, "CRITICAL")
            raise GuardrailBlock(reason)
        self.console.success(f"{INFERENCE}:329:_generate_sample", "Passed guardrail on generated video")

    def _save_video(self, video: Facts, shape: Shape, file: Path) -> None:
        layers = [Layer(self.sample["video_path"], 1), *(self._layer(hint) for hint in hints_of(self.sample))]
        back = stretch(video.width // 2 * 2, video.height // 2 * 2) if self.sample["keep_input_resolution"] else ""
        panels = self._panels()
        picture = Picture(shape, layers, self.sample["seed"], panels, "" if panels else back)
        spend("GAP")
        save_result(picture, file, _bitrate(shape), self.faults)
        if self.faults.find("no-output") is None:
            file.with_name(f"{self.name}.txt").write_text(self.sample["prompt"], errors="backslashreplace")
        self.console.success(f"{INFERENCE}:348:_generate_sample", f"Generated video saved to {file}")

    def _panels(self) -> list[Layer]:
        controls = (
            [self._layer(hint) for hint in hints_of(self.sample)] if self.sample["show_control_condition"] else []
        )
        return [*controls, *([Layer(self.sample["video_path"], 1)] if self.sample["show_input"] else [])]

    def _layer(self, hint: str) -> Layer:
        control = self.sample[hint]
        path = control["control_path"]
        if path is None:
            return Layer(self.sample["video_path"], control["control_weight"], COMPUTED[hint])
        return Layer(path, control["control_weight"])


def facts_of_controls(sample: dict, video: Facts) -> dict[str, int]:
    """Frames of every control; one that is computed has those of the video."""
    paths = {hint: sample[hint]["control_path"] for hint in hints_of(sample)}
    return {hint: video.frames if path is None else facts_of(path).frames for hint, path in paths.items()}


def _bitrate(shape: Shape) -> list[str]:
    return ["-b:v", str(max(8_000_000, int(shape.width * shape.height * shape.fps * 0.1)))]
