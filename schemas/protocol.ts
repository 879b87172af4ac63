/**
 * THE table: every method and notification between daemon and clients, with a sentence each.
 * JSON-RPC 2.0 over WebSocket (`/rpc`), params always by name. The OpenRPC document is generated from here.
 */
import { z } from 'zod';
import { Clip, Watch, WatchMode } from './clip.js';
import { Estimate } from './estimate.js';
import { Event, Progress, QueueStatus, Snapshot } from './event.js';
import { Host, HostCheck, HostDraft, HostProbe } from './host.js';
import { Job, JobState } from './job.js';
import { Dialect, EngineName, HintKey, Weight } from './preset.js';
import { Attempt, Result, ResultMark, Run } from './run.js';
import { CheckReport } from './spec/issue.js';

/** Grows with every incompatible change of this table. */
export const PROTOCOL_VERSION = 1;

export interface MethodDefinition {
  readonly about: string;
  readonly params: z.ZodType;
  readonly result: z.ZodType;
}

const method = <P extends z.ZodType, R extends z.ZodType>(about: string, params: P, result: R) => ({
  about,
  params,
  result,
});

const nothing = z.strictObject({});
const ids = z.strictObject({ ids: z.array(z.string()).min(1).describe('Job ids.') });
const jobs = z.object({ jobs: z.array(Job) });
const Target = z.string().min(1).describe('Clip id, clip name, clip path, or path of a spec file.');

/** Everything a submit can choose; absent = the next weaker source decides (manifest, preset, defaults). */
export const JobOptions = z.strictObject({
  engine: EngineName.optional(),
  host: z.string().optional(),
  preset: z.string().optional(),
  prompt: z.string().optional(),
  weights: z.partialRecord(HintKey, Weight).optional(),
  seed: z.int().min(0).optional(),
  set: z.record(z.string(), z.json()).optional().describe('Spec fields by their NVIDIA name.'),
  draft: z.boolean().optional().describe('Cheapest useful run: one chunk, few steps.'),
  priority: z.int().optional(),
  project: z.string().optional(),
  tags: z.array(z.string()).optional(),
});
export type JobOptions = z.infer<typeof JobOptions>;

/** A sweep is the product of its axes: {"seed":[1,2],"edge":[0.3,0.6]} makes four jobs a target. */
export const Sweep = z.record(z.string(), z.array(z.json()).min(1));
export type Sweep = z.infer<typeof Sweep>;

/** What a submit would do, without doing it. */
export const Plan = z.object({
  name: z.string(),
  engine: EngineName,
  host: z.string().nullable(),
  prompt: z.string(),
  promptSource: z.string(),
  inputs: z.array(z.object({ path: z.string(), bytes: z.int() })),
  bytes: z.int(),
  spec: z.string().describe('The spec as it would be written.'),
  check: CheckReport,
  estimate: Estimate.nullable(),
  wouldHold: z.string().nullable().describe('Why a person would have to release it first.'),
});
export type Plan = z.infer<typeof Plan>;

const LogPiece = z.object({
  run: z.string(),
  from: z.int().describe('First byte of the piece in the run log.'),
  to: z.int().describe('Byte after the piece.'),
  text: z.string().describe('UTF-8, cut between characters; \\r kept.'),
});

const DaemonStatus = z.object({
  pid: z.int(),
  version: z.string(),
  startId: z.string().describe('Changes with every start.'),
  stateDir: z.string(),
  startedAt: z.iso.datetime(),
  url: z.string(),
  queue: QueueStatus,
  jobs: z.partialRecord(JobState, z.int()).describe('How many jobs are in each state.'),
  clips: z.int(),
  seq: z.int().describe('Last journaled event.'),
});

const Report = z.object({
  since: z.iso.datetime(),
  jobs: z.partialRecord(JobState, z.int()),
  successRate: z.number().nullable(),
  medianSeconds: z.number().nullable(),
  busySeconds: z.number(),
  failures: z.array(z.object({ code: z.string(), count: z.int(), example: z.string() })),
  byEngine: z.record(z.string(), z.object({ jobs: z.int(), frames: z.int(), seconds: z.number() })),
});

const Cost = z.object({
  total: z.number().describe('Dollars: price of the host x the time a run held its slot.'),
  entries: z.array(
    z.object({ group: z.string(), host: z.string(), jobs: z.int(), seconds: z.number(), dollars: z.number() }),
  ),
  note: z.string(),
});

export const methods = {
  hello: method(
    'First call of a connection: exchange of versions.',
    z.strictObject({ client: z.string(), protocol: z.int() }),
    z.object({ protocol: z.int(), version: z.string(), startId: z.string(), stateDir: z.string() }),
  ),
  'daemon.status': method('What the daemon is and does.', nothing, DaemonStatus),
  'daemon.stop': method('Stop the daemon; runs go on and are picked up at the next start.', nothing, nothing),
  'config.get': method(
    'Presets, projects and defaults as the daemon read them.',
    nothing,
    z.object({ file: z.string().nullable(), presets: z.array(z.string()), projects: z.array(z.string()) }),
  ),

  'clip.list': method('All known clips.', nothing, z.object({ clips: z.array(Clip) })),
  'clip.get': method('One clip by id, name or path.', z.strictObject({ clip: z.string() }), z.object({ clip: Clip })),
  'clip.register': method(
    'Make a folder or movie outside the watched folders known as a clip, and list it now.',
    z.strictObject({ path: z.string(), mode: WatchMode.optional() }),
    z.object({ clip: Clip }),
  ),

  'watch.list': method('Watched folders.', nothing, z.object({ watches: z.array(Watch) })),
  'watch.add': method(
    'Watch a folder. Clips already there are listed as existing and not submitted.',
    z.strictObject({
      path: z.string(),
      mode: WatchMode.optional(),
      settle: z.number().min(0).optional(),
      poll: z.boolean().optional(),
      autoSend: z.boolean().optional(),
      preset: z.string().optional(),
      fps: z.number().positive().optional(),
    }),
    z.object({ watch: Watch }),
  ),
  'watch.remove': method('Stop watching a folder; files and jobs stay.', z.strictObject({ path: z.string() }), nothing),
  'watch.setAutoSend': method(
    'Submit new ready clips of this folder by themselves, or not.',
    z.strictObject({ path: z.string(), autoSend: z.boolean(), preset: z.string().optional() }),
    z.object({ watch: Watch }),
  ),

  'spec.check': method(
    'Check spec text or files: what NVIDIA says and what it would miss.',
    z.strictObject({ file: z.string(), text: z.string().optional(), engine: Dialect.optional() }),
    z.object({ report: CheckReport }),
  ),
  'spec.compile': method(
    'The spec a submit would write, without submitting.',
    z.strictObject({ target: Target, options: JobOptions.optional() }),
    z.object({ text: z.string(), report: CheckReport, estimate: Estimate.nullable() }),
  ),
  'spec.save': method(
    'Write a hand-edited spec beside its clip; it then takes precedence over generated ones.',
    z.strictObject({ clip: z.string(), text: z.string() }),
    z.object({ path: z.string(), report: CheckReport }),
  ),
  'estimate.get': method(
    'Chunks, seconds and dollars of a clip on a GPU, with the source of the numbers.',
    z.strictObject({
      target: Target.optional(),
      engine: EngineName.optional(),
      frames: z.int().min(1).optional(),
      gpu: z.string().optional(),
      gpus: z.int().min(1).optional(),
      options: JobOptions.optional(),
    }),
    z.object({ estimate: Estimate }),
  ),

  'job.submit': method(
    'Make jobs from clips or specs; the same idempotency key returns the same jobs.',
    z.strictObject({
      targets: z.array(Target).min(1),
      options: JobOptions.optional(),
      sweep: Sweep.optional(),
      idempotencyKey: z.string().optional(),
    }),
    jobs,
  ),
  'job.plan': method(
    'What job.submit would do: settings, files, bytes, spec, check and estimate of each job.',
    z.strictObject({ targets: z.array(Target).min(1), options: JobOptions.optional(), sweep: Sweep.optional() }),
    z.object({ plans: z.array(Plan) }),
  ),
  'job.list': method(
    'Jobs, newest last; with a filter.',
    z.strictObject({
      states: z.array(JobState).optional(),
      clip: z.string().optional(),
      limit: z.int().min(1).optional(),
    }),
    jobs,
  ),
  'job.get': method(
    'One job with its attempts.',
    z.strictObject({ id: z.string() }),
    z.object({ job: Job, attempts: z.array(Attempt), spec: z.string().nullable(), result: Result.nullable() }),
  ),
  'job.cancel': method('Cancel jobs; a running one is stopped first and verified gone.', ids, jobs),
  'job.retry': method('Run ended jobs again as a new attempt.', ids, jobs),
  'job.clone': method(
    'New jobs like these, with changes.',
    z.strictObject({ ids: z.array(z.string()).min(1), options: JobOptions.optional() }),
    jobs,
  ),
  'job.edit': method(
    'Change a job that has not started.',
    z.strictObject({ id: z.string(), options: JobOptions }),
    z.object({ job: Job }),
  ),
  'job.move': method(
    'Order among waiting jobs: to the front, or before another.',
    z.strictObject({ id: z.string(), before: z.string().nullable().describe('null = run next.') }),
    z.object({ job: Job }),
  ),
  'job.setPriority': method(
    'Priority of waiting jobs.',
    z.strictObject({ ids: z.array(z.string()).min(1), priority: z.int() }),
    jobs,
  ),
  'job.release': method('Let held jobs go on: a person has decided.', ids, jobs),

  'queue.get': method('Is the queue paused, and why.', nothing, QueueStatus),
  'queue.pause': method(
    'Start nothing more; what runs goes on.',
    z.strictObject({ reason: z.string().optional() }),
    QueueStatus,
  ),
  'queue.resume': method('Start jobs again.', nothing, QueueStatus),

  'run.list': method(
    'Runs, newest last.',
    z.strictObject({ limit: z.int().min(1).optional() }),
    z.object({ runs: z.array(Run) }),
  ),
  'run.get': method(
    'One run with its attempts.',
    z.strictObject({ id: z.string() }),
    z.object({ run: Run, attempts: z.array(Attempt) }),
  ),
  'host.list': method('Hosts and their slots.', nothing, z.object({ hosts: z.array(Host) })),
  'host.probe': method(
    'Look at everything a host needs; each finding also comes as a host.check notification while the probe goes on.',
    z.strictObject({
      host: z.union([z.string().min(1), HostDraft]).describe('Name in cosmos.toml, an SSH target, or one to be added.'),
    }),
    z.object({ probe: HostProbe }),
  ),
  'host.add': method(
    'Probe a host and write it into cosmos.toml when nothing failed. It is used from the next start of the daemon on.',
    z.strictObject({
      host: HostDraft,
      force: z.boolean().optional().describe('Write it even though checks failed.'),
    }),
    z.object({
      added: z.boolean(),
      file: z.string().describe('The cosmos.toml it is, or would be, written to.'),
      probe: HostProbe,
    }),
  ),
  'host.trust': method(
    'Trust exactly the key with this fingerprint for a host; it must be the one that the host shows now.',
    z.strictObject({
      host: z.string().min(1).describe('Name in cosmos.toml, or an SSH target.'),
      fingerprint: z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/, 'A fingerprint is SHA256: and 43 characters.'),
    }),
    z.object({ host: z.string(), fingerprint: z.string() }),
  ),
  'host.unlock': method(
    'Open an encrypted private key of this machine; it stays open in the memory of the daemon, and nowhere else.',
    z.strictObject({ file: z.string().min(1), passphrase: z.string() }),
    nothing,
  ),

  'log.read': method(
    'A piece of the log of a job attempt, or of a whole run; a negative from counts from the end.',
    z.strictObject({
      id: z.string().describe('Job or run id.'),
      attempt: z.int().min(1).optional(),
      from: z.int().optional(),
      bytes: z.int().min(1).max(1_048_576).optional(),
    }),
    LogPiece.extend({ size: z.int(), ended: z.boolean() }),
  ),
  'log.follow': method(
    'Send the log from byte `from` on as log.data notifications until log.end.',
    z.strictObject({ id: z.string(), attempt: z.int().min(1).optional(), from: z.int().optional() }),
    z.object({
      follow: z.string().describe('Names this follow in its notifications.'),
      run: z.string(),
      from: z.int(),
    }),
  ),
  'log.unfollow': method('End a follow.', z.strictObject({ follow: z.string() }), nothing),

  'result.list': method(
    'Verified outputs, newest last.',
    z.strictObject({ clip: z.string().optional() }),
    z.object({ results: z.array(Result) }),
  ),
  'result.mark': method(
    'A person judges a result; null takes the mark back.',
    z.strictObject({ job: z.string(), mark: ResultMark.nullable() }),
    z.object({ result: Result }),
  ),
  'result.media': method(
    'Expiring URLs of the files of a result (HTTP with ranges).',
    z.strictObject({ job: z.string() }),
    z.object({
      video: z.string(),
      poster: z.string().nullable(),
      contactSheet: z.string().nullable(),
      expiresAt: z.iso.datetime(),
    }),
  ),
  'cost.get': method(
    'What was spent, by project, host or engine.',
    z.strictObject({
      by: z.enum(['project', 'host', 'engine', 'clip']).optional(),
      since: z.iso.datetime().optional(),
    }),
    Cost,
  ),
  'report.get': method(
    'How the jobs went since a moment.',
    z.strictObject({ since: z.iso.datetime().optional() }),
    Report,
  ),

  'event.subscribe': method(
    'Events after `since` and from now on. Without since, or when it is older than what is kept: a snapshot instead.',
    z.strictObject({ since: z.int().min(0).optional() }),
    z.object({
      seq: z.int().describe('The snapshot is true here; events follow from seq + 1.'),
      snapshot: Snapshot.nullable(),
    }),
  ),
} as const satisfies Record<string, MethodDefinition>;

export const notifications = {
  event: { about: 'One journaled event; sequence numbers have no gap.', params: Event },
  progress: { about: 'Latest progress of a live job.', params: Progress },
  'host.check': {
    about: 'The next finding of a probe that this client asked for.',
    params: z.object({ host: z.string(), check: HostCheck }),
  },
  'log.data': { about: 'The next piece of a followed log.', params: LogPiece.extend({ follow: z.string() }) },
  'log.gap': {
    about: 'This client read too slowly: bytes were left out; read them with log.read.',
    params: z.object({ follow: z.string(), run: z.string(), from: z.int(), to: z.int() }),
  },
  'log.end': {
    about: 'The followed log is complete.',
    params: z.object({ follow: z.string(), run: z.string(), size: z.int() }),
  },
} as const satisfies Record<string, { about: string; params: z.ZodType }>;

export type Methods = typeof methods;
export type MethodName = keyof Methods;
export type Params<M extends MethodName> = z.infer<Methods[M]['params']>;
export type ResultOf<M extends MethodName> = z.infer<Methods[M]['result']>;
export type Notifications = typeof notifications;
export type NotificationName = keyof Notifications;
export type NotificationParams<N extends NotificationName> = z.infer<Notifications[N]['params']>;

/** `<state>/daemon.json`, mode 0600: how clients find the running daemon. */
export const Discovery = z.object({
  url: z.string().describe('ws://127.0.0.1:<port>/rpc'),
  http: z.string().describe('http://127.0.0.1:<port>'),
  token: z.string(),
  pid: z.int(),
  version: z.string(),
  protocol: z.int(),
  startId: z.string(),
  startedAt: z.iso.datetime(),
});
export type Discovery = z.infer<typeof Discovery>;

/** `<config>/install.json`, written by `cosmos daemon install`: how clients start a daemon. */
export const Install = z.object({
  argv: z.array(z.string()).min(1).describe('Command line that starts a detached daemon.'),
  stateDir: z.string(),
  config: z.string().nullable(),
  version: z.string(),
});
export type Install = z.infer<typeof Install>;
