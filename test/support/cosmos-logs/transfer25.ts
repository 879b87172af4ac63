/** Logs of cosmos-transfer2.5 runs, written after its sources (2ff49d0): what the run prints, and debug.log. */
import { bars } from './bars.js';

export interface Transfer25Sample {
  readonly name: string;
  readonly chunks: number;
  readonly block?: 'prompt' | 'negative' | 'video';
  /** Ends in this chunk (from 1) with these lines in place of the rest. */
  readonly dies?: { readonly chunk: number; readonly lines: readonly string[] };
}

export interface Transfer25Run {
  readonly samples: readonly Transfer25Sample[];
  readonly steps?: number;
  readonly ranks?: number;
  readonly out?: string;
}

const STAMP = '11-22 10:00:00';
const AT = 'cosmos_transfer2/inference.py:181:generate';

export function record(level: string, message: string, place = AT): string {
  return `[${STAMP}|${level}|${place}] ${message}\n`;
}

const info = (message: string) => record('INFO', message);

/** What the container prints until the first sample: packages, checkpoints, the model. */
export function loading(samples: readonly { name: string }[], out: string): string[] {
  return [
    'Using CPython 3.10.18\n',
    'Resolved 312 packages in 1.24s\n',
    'Audited 298 packages in 12ms\n',
    record('INFO', `Log saved to ${out}/console.log`, 'packages/cosmos-oss/cosmos_oss/init.py:96:_init_log_files'),
    info('Downloading checkpoint nvidia/Cosmos-Guardrail1(9c7b7da4-2d95-45bb-9cb8-2eed954e9736)'),
    'Fetching 102 files:   0%|          | 0/102 [00:00<?, ?it/s]\rFetching 102 files: 100%|██████████| 102/102 [00:04<00:00, 24.1it/s]\n',
    info('Downloading checkpoint nvidia/Cosmos-Transfer2.5-2B/general/edge'),
    'Loading checkpoint shards:  50%|█████     | 2/4 [00:02<00:02,  1.01s/it]\rLoading checkpoint shards: 100%|██████████| 4/4 [00:04<00:00,  1.01s/it]\n',
    info('Found 1 hint keys across all samples'),
    info(`Saved config to ${out}/config.yaml`),
    info(`Generating ${samples.length} samples: [${samples.map(({ name }) => `'${name}'`).join(', ')}]`),
  ];
}

/** In writes, as the processes make them. */
export function transfer25Log({ samples, steps = 35, ranks = 1, out = '/runs/r1/out' }: Transfer25Run): string[] {
  const parts = loading(samples, out);
  for (const [index, sample] of samples.entries()) {
    parts.push(info(`[${index + 1}/${samples.length}] Processing sample ${sample.name}`));
    parts.push(info(`Saved arguments to ${out}/${sample.name}.json`));
    parts.push(...sampleLog(sample, { steps, ranks, out }));
    if (sample.dies !== undefined) return parts;
  }
  return parts;
}

function sampleLog(
  sample: Transfer25Sample,
  { steps, ranks, out }: Required<Omit<Transfer25Run, 'samples'>>,
): string[] {
  const { name, chunks, block, dies } = sample;
  const checked = [info('Running guardrail check on prompt...')];
  const critical = (what: string) => record('CRITICAL', `Guardrail blocked generation. ${what}: a bomb [1] goes off`);
  if (block === 'prompt') return [...checked, critical('Prompt')];
  checked.push(record('SUCCESS', 'Passed guardrail on prompt'));
  if (block === 'negative') return [...checked, critical('Negative prompt')];
  checked.push(record('SUCCESS', 'Passed guardrail on negative prompt'));
  const begun = [...checked, info("Processing the following paths: {'edge': '/runs/r1/specs/inputs/edge.mp4'}")];
  const drawn = { label: 'Generating samples', steps, ranks, secondsAStep: 7.77 } as const;
  if (dies !== undefined) return [...begun, ...bars({ ...drawn, chunks: dies.chunk }).slice(0, -ranks), ...dies.lines];
  const saved = [
    info(`edge control video saved to ${out}/${name}_control_edge.mp4`),
    info('Running guardrail check on video...'),
  ];
  const generated = [...begun, ...bars({ ...drawn, chunks }), ...saved];
  if (block === 'video') return generated;
  const passed = record('SUCCESS', 'Passed guardrail on generated video');
  return [...generated, passed, record('SUCCESS', `Generated video saved to ${out}/${name}.mp4`)];
}

/** debug.log: records only, also those of modules under _src. */
export function transfer25DebugLog({ samples }: Transfer25Run): string[] {
  const inner = (level: string, message: string) =>
    record(level, message, 'cosmos_transfer2/_src/transfer2/inference/inference_pipeline.py:412:generate_img2world');
  const reason = 'GUARDRAIL BLOCKED: VIDEOCONTENTSAFETYFILTER: unsafe frames detected: 14.0%';
  return samples.flatMap(({ name, chunks, block, dies }, index) => [
    info(`[${index + 1}/${samples.length}] Processing sample ${name}`),
    ...(block === 'prompt' ? [inner('CRITICAL', 'GUARDRAIL BLOCKED: BLOCKLIST: bomb')] : []),
    ...(block === 'prompt' || block === 'negative'
      ? []
      : Array.from({ length: dies?.chunk ?? chunks }, (_, at) =>
          inner('INFO', `Generating chunk ${at + 1}/${chunks}`),
        )),
    ...(block === 'video' ? [inner('CRITICAL', reason)] : []),
  ]);
}
