/**
 * The shape of cosmos.toml, with the default of every key. Keys are snake_case, as
 * usual in TOML.
 */
import * as z from 'zod';
import { WatchMode } from './clip.js';
import { EngineName, Preset } from './preset.js';

const DaemonConfig = z.strictObject({
  port: z.int().min(0).max(65535).default(0).describe('Loopback port; 0 = any free one.'),
  ffmpeg: z.string().optional().describe('Path of ffmpeg; otherwise PATH, Houdini, then the npm package.'),
  ffprobe: z.string().optional(),
  log_level: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  keep_events_days: z.number().min(1).default(30).describe('How far back event.subscribe can start.'),
});

export const WatchConfig = z.strictObject({
  path: z
    .string()
    .describe('Folder; relative to cosmos.toml. ~, $NAME and %NAME% are expanded. With backslashes: in single quotes.'),
  mode: WatchMode.default('tree'),
  settle: z
    .number()
    .min(0)
    .default(5)
    .describe('Seconds of quiet before a folder without manifest counts as finished.'),
  poll: z.boolean().default(false),
  auto_send: z.boolean().default(false),
  preset: z.string().optional(),
  fps: z.number().positive().default(24),
});
export type WatchConfig = z.infer<typeof WatchConfig>;

export const HostEngineConfig = z.strictObject({
  image: z.string().optional().describe('Container image on the host; without it the host does not run this engine.'),
  checkout: z.string().optional().describe("Absolute folder of NVIDIA's repository on the host, seen as /workspace."),
  venv_volume: z.string().optional().describe('Docker volume that keeps the Python environment between runs.'),
  hf_cache: z.string().optional().describe('Absolute folder of the Hugging Face cache on the host.'),
  env_file: z
    .string()
    .optional()
    .describe('File on the host with HF_TOKEN=..., mode 0600; its content never leaves the host.'),
  ipc: z.string().default('host'),
});
export type HostEngineConfig = z.infer<typeof HostEngineConfig>;

export const HostConfig = z.strictObject({
  name: z.string().min(1),
  ssh: z.string().describe('Alias of ~/.ssh/config, user@host[:port] or ssh://user@host[:port].'),
  root: z.string().describe('Absolute folder on the host that Cosmos Bridge owns.'),
  gpus: z
    .int()
    .min(1)
    .optional()
    .describe('GPUs of the host that may be used, from index 0; default: those of one run.'),
  gpus_per_run: z.int().min(1).default(1).describe('GPUs that one run holds: one slot.'),
  gpu: z.string().optional().describe('GPU model, for estimates: "H100 PCIe".'),
  keep_gb: z
    .number()
    .min(0)
    .default(50)
    .describe('Inputs kept on the host for later jobs, in gigabytes; the least recently used go first.'),
  ownership: z.enum(['mine', 'shared', 'rented']),
  price_per_hour: z.number().min(0).default(0),
  engine: z.partialRecord(EngineName, HostEngineConfig).default({}),
});
export type HostConfig = z.infer<typeof HostConfig>;

const LocalConfig = z.strictObject({
  slots: z.int().min(1).default(1).describe('Previews that may run at the same time on this machine.'),
});

const QueueConfig = z.strictObject({
  on_start: z.enum(['resume', 'paused', 'last']).default('last').describe('Whether the queue runs after a restart.'),
  retries: z
    .int()
    .min(0)
    .default(3)
    .describe('How often a job is tried again after a transient failure or one of its host.'),
  backoff: z.number().min(0).default(10).describe('Seconds before the first retry; doubles each time.'),
  canary: z.boolean().default(true).describe('The first job of a new group is verified before the rest start.'),
  stall_minutes: z
    .number()
    .min(1)
    .default(20)
    .describe('A run whose log does not grow for so long is looked at, and stopped when its GPUs are idle.'),
  group_pause: z.int().min(1).default(3).describe('Failures of one class that pause their group.'),
});

const EstimateConfig = z.strictObject({
  gpu: z.string().default('H100 PCIe').describe('GPU assumed where no host is named.'),
});

const PreviewConfig = z.strictObject({
  niceness: z.int().min(0).max(19).default(10).describe('CPU priority of encodes and previews; 19 = lowest.'),
});

const ResultConfig = z.strictObject({
  folder: z.string().optional().describe('Where videos land; relative to cosmos.toml; default: beside the clip.'),
});

const ProjectConfig = z.strictObject({
  near: z.number().optional(),
  far: z.number().optional(),
  budget: z.number().min(0).optional().describe('Dollars.'),
});

const EnginesConfig = z.strictObject({
  'transfer2.5': z
    .strictObject({
      guardrails: z
        .enum(['on', 'offload', 'off'])
        .default('on')
        .describe("NVIDIA's safety filter: on, kept off the GPU between uses, or off."),
      checkpoint: z
        .string()
        .nullable()
        .default(null)
        .describe('Path of another checkpoint on the host; null = the released one.'),
    })
    .prefault({}),
  cosmos3: z
    .strictObject({ model: z.string().default('Cosmos3-Nano').describe('Registered name, or a folder on the host.') })
    .prefault({}),
});

/** Alternative spellings of the passes, in file names and EXR layers; compared without case. */
const AliasConfig = z.strictObject({
  color: z.array(z.string()).default(['color', 'rgb', 'beauty', 'C', 'colour', 'rgba', 'combined']),
  depth: z.array(z.string()).default(['depth', 'Z', 'Pz', 'zdepth']),
  seg: z.array(z.string()).default(['seg', 'segmentation', 'id']),
  edge: z.array(z.string()).default(['edge', 'edges']),
  vis: z.array(z.string()).default(['vis', 'blur']),
});
export type AliasConfig = z.infer<typeof AliasConfig>;

export const Config = z.strictObject({
  daemon: DaemonConfig.prefault({}),
  watch: z.array(WatchConfig).default([]),
  host: z.array(HostConfig).default([]),
  local: LocalConfig.prefault({}),
  queue: QueueConfig.prefault({}),
  estimate: EstimateConfig.prefault({}),
  preview: PreviewConfig.prefault({}),
  results: ResultConfig.prefault({}),
  aliases: AliasConfig.prefault({}),
  engine: EnginesConfig.prefault({}),
  preset: z.record(z.string(), Preset).default({}),
  project: z.record(z.string(), ProjectConfig).default({}),
  defaults: Preset.prefault({ engine: 'preview' }).describe('Preset of last resort.'),
});
export type Config = z.infer<typeof Config>;
