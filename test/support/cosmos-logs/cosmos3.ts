/** Logs of cosmos-framework transfer runs, written after its sources (cosmos-framework 5eee9ed). */
import { bars } from './bars.js';

export interface Cosmos3Sample {
  readonly name: string;
  readonly chunks: number;
  /** Ends in this chunk (from 1) with these lines in place of the rest. */
  readonly dies?: { readonly chunk: number; readonly lines: readonly string[] };
}

export interface Cosmos3Run {
  readonly samples: readonly Cosmos3Sample[];
  readonly steps?: number;
  readonly out?: string;
  readonly prompt?: string;
}

function record(level: string, message: string): string {
  return `[11-22 10:00:00|job=|${level}|cosmos_framework/inference/transfer.py:113:load_transfer_control_frames] ${message}\n`;
}

/** In writes, as the processes make them. */
export function cosmos3Log({ samples, steps = 35, out = '/runs/r1/out', prompt = 'A street' }: Cosmos3Run): string[] {
  const parts = [
    'Installed 1 package in 3ms\n',
    record('INFO', `Loaded ${samples.length} samples`),
    record('INFO', 'uv run --isolated --with huggingface_hub hf download nvidia/Cosmos3-Nano --revision main'),
    'model-00001-of-00007.safetensors:  40%|████      | 1.99G/4.98G [00:21<00:31, 94.0MB/s]\r',
    'model-00001-of-00007.safetensors: 100%|██████████| 4.98G/4.98G [00:53<00:00, 94.0MB/s]\n',
  ];
  for (const sample of samples) {
    const { name, chunks, dies } = sample;
    const folder = `${out}/${name}`;
    const ranked = (message: string) => `[RANK 0] [RANK 0] ${message}`;
    parts.push(record('INFO', ranked(`Saved sample args to '${folder}/sample_args.json'`)));
    parts.push(record('INFO', 'Loaded pre-computed depth control from /runs/r1/specs/inputs/depth.mp4'));
    parts.push(record('INFO', `[transfer] final user prompt: ${prompt}`));
    const drawn = bars({ label: 'Sampling', chunks: dies?.chunk ?? chunks, steps, ranks: 1, secondsAStep: 1.7 });
    if (dies !== undefined) return [...parts, ...drawn.slice(0, -1), ...dies.lines];
    parts.push(...drawn);
    parts.push(record('INFO', ranked(`Saved control video to '${folder}/control_depth.mp4'`)));
    parts.push(record('SUCCESS', ranked(`Saved transfer outputs to '${folder}/sample_outputs.json'`)));
  }
  return parts;
}
