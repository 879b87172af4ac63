/** A host: its slots, its state, its checks, and the draft of one that is to be added. */
import * as z from 'zod';
import { HostConfig, HostEngineConfig } from './config.js';
import { Job } from './job.js';
import { EngineName } from './preset.js';

/** Who holds the GPUs of a slot on the host itself: one of us, or somebody else who shares the host. */
export const SlotLease = z.object({
  owner: z.string().describe('Person and machine: "ann@studio".'),
  run: z.string(),
  since: z.iso.datetime().describe('By the clock of the host.'),
});
export type SlotLease = z.infer<typeof SlotLease>;

export const Slot = z.object({
  index: z.int().min(0),
  run: z.string().nullable().describe('Run of this daemon that has the slot.'),
  lease: SlotLease.nullable().describe('As last looked at; null = nobody, or nobody has looked.'),
});
export type Slot = z.infer<typeof Slot>;

/** What a probe looks at, in the order in which it is shown. */
export const HostCheckName = z.enum([
  'reachable',
  'host key',
  'login',
  'shell',
  'ownership',
  'root',
  'disk',
  'clock',
  'driver',
  'GPUs',
  'GPU use',
  'Docker',
  'image',
  'GPUs in containers',
  'checkout',
  'model cache',
  'token',
]);
export type HostCheckName = z.infer<typeof HostCheckName>;

/** Every problem that a probe can find; those that are errors elsewhere have the same name there. */
export const HostProblem = z.enum([
  'config_invalid',
  'host_name_unknown',
  'host_refused',
  'host_timeout',
  'host_unreachable',
  'host_handshake_failed',
  'host_connection_lost',
  'host_channel_limit',
  'host_key_unknown',
  'host_key_changed',
  'host_key_revoked',
  'host_auth_failed',
  'host_asks',
  'identity_locked',
  'host_shell_failed',
  'ssh_config_differs',
  'tools_missing',
  'check_timeout',
  'check_failed',
  'price_unset',
  'root_unusable',
  'root_split',
  'disk_full',
  'disk_low',
  'clock_skewed',
  'gpu_query_failed',
  'gpu_missing',
  'gpu_busy',
  'gpu_memory_small',
  'driver_too_old',
  'docker_missing',
  'docker_forbidden',
  'docker_unreachable',
  'image_missing',
  'image_unset',
  'image_failed',
  'gpu_runtime_missing',
  'gpu_runtime_untried',
  'checkout_missing',
  'checkout_unset',
  'checkout_old',
  'cache_missing',
  'cache_unset',
  'secrets_missing',
  'secrets_exposed',
  'token_missing',
]);
export type HostProblem = z.infer<typeof HostProblem>;

/** One finding of a probe. */
export const HostCheck = z.object({
  check: HostCheckName,
  engine: EngineName.nullable().describe('null = the check is about the host as a whole.'),
  state: z.enum(['ok', 'warning', 'failed', 'skipped']),
  code: HostProblem.nullable().describe('null when all is well, or nothing was looked at.'),
  message: z.string().describe('One sentence.'),
  remedy: z.string().nullable().describe('What to do, often a command; never null for a warning or a failure.'),
  data: z.record(z.string(), z.json()).describe('The values of the sentence: fingerprint, file, free bytes.'),
});
export type HostCheck = z.infer<typeof HostCheck>;

/** A [[host]] of cosmos.toml as a client asks for it: what has a default may be left out. */
export const HostDraft = z.strictObject({
  ...HostConfig.pick({ ssh: true, gpus: true, gpu: true, ownership: true }).shape,
  name: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, 'A name is letters, digits and ._- (not at the start).')
    .describe('How jobs and commands call it.'),
  root: HostConfig.shape.root.optional().describe("Default: the folder cosmos-bridge in the SSH user's home."),
  gpus_per_run: HostConfig.shape.gpus_per_run.unwrap().optional(),
  price_per_hour: HostConfig.shape.price_per_hour.unwrap().optional(),
  engine: z
    .partialRecord(EngineName, z.strictObject({ ...HostEngineConfig.shape, ipc: z.string().optional() }))
    .optional(),
});
export type HostDraft = z.infer<typeof HostDraft>;

export const HostProbe = z.object({
  name: z.string().describe('As the host is called in cosmos.toml, or as it was asked for.'),
  ok: z.boolean().describe('Nothing failed; there may be warnings.'),
  checks: z.array(HostCheck),
});
export type HostProbe = z.infer<typeof HostProbe>;

/** What a host asks the person who logs in: a password, a one-time code, or more. */
export const HostQuestion = z.object({
  host: z.string().describe('Who asks; it may be a host on the way to another.'),
  user: z.string().describe('The account there.'),
  name: z.string().describe('Heading in the words of the host; often empty.'),
  instruction: z.string().describe('In the words of the host; often empty.'),
  prompts: z.array(z.object({ text: z.string(), echo: z.boolean().describe('What is typed may be shown.') })),
});
export type HostQuestion = z.infer<typeof HostQuestion>;

/** What keeps a host from being used, in the words of a probe but without one. */
export const HostTrouble = HostCheck.pick({ message: true, data: true }).extend({
  code: HostProblem,
  remedy: z.string().describe('What to do, often a command.'),
});
export type HostTrouble = z.infer<typeof HostTrouble>;

/** A machine as clients see it. "unreachable" is a fact about the host; its jobs stay where they are. */
export const Host = z.object({
  id: z.string(),
  kind: z.enum(['local', 'ssh']),
  state: z
    .enum(['online', 'unreachable', 'draining'])
    .describe('A host that drains and cannot be reached is unreachable.'),
  reason: z.string(),
  draining: z.string().nullable().describe('Why it takes nothing new, in a sentence; null = it takes jobs.'),
  problem: HostTrouble.nullable().describe(
    'Why it cannot be used; for a key (host_key_unknown, host_key_changed) data has host and fingerprint for host.trust.',
  ),
  engines: z.array(EngineName),
  gpu: z.string().nullable().describe('GPU model as the estimate tables name it.'),
  gpus: z.int().min(0),
  slots: z.array(Slot),
  pricePerHour: z.number().min(0),
  lastSeen: z.iso.datetime().nullable(),
});
export type Host = z.infer<typeof Host>;

/** What became of a run folder that host.adopt found. */
export const AdoptedRun = z.object({
  run: z.string(),
  owner: z.string().nullable().describe('Person and machine that started it; null = its record cannot be read.'),
  state: z.enum(['adopted', 'known', 'foreign', 'unreadable']).describe('foreign = of another owner: not touched.'),
  jobs: z.array(Job).describe('Jobs that were made from it.'),
  reason: z.string().describe('Why it was not adopted; may be empty.'),
});
export type AdoptedRun = z.infer<typeof AdoptedRun>;
