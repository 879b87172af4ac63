/** What a server serves: the real journal, queue, stores and run logs; what needs a disk full of clips is a fake. */
import { access } from 'node:fs/promises';
import type { Clock } from '../../../daemon/clock.js';
import { CosmosError } from '../../../daemon/errors.js';
import { closeDatabase, openDatabase } from '../../../daemon/queue/db.js';
import type { JobDraft } from '../../../daemon/queue/job-draft.js';
import { Journal } from '../../../daemon/queue/journal.js';
import { Queue } from '../../../daemon/queue/queue.js';
import { ResultStore } from '../../../daemon/queue/results.js';
import { RunStore } from '../../../daemon/queue/runs.js';
import { ProgressBoard } from '../../../daemon/run/progress.js';
import { RunLogs } from '../../../daemon/run/run-log.js';
import type { FleetService, HostService, Services } from '../../../daemon/server/services.js';
import { StateDir } from '../../../daemon/state-dir.js';
import { controlsOutlook } from '../../../daemon/workload/transfer/controls.js';
import type { CheckReport, Clip, Estimate, Job, Result, Run, Watch } from '../../../schemas/index.js';

export class Parts {
  readonly stateDir: StateDir;
  readonly journal: Journal;
  readonly queue: Queue;
  readonly runs: RunStore;
  readonly logs: RunLogs;
  readonly progress: ProgressBoard;
  readonly results: ResultStore;
  readonly clips: Clip[] = [];
  readonly watches: Watch[] = [];
  /** How often daemon.stop reached the daemon. */
  stops = 0;
  private readonly db;

  constructor(
    folder: string,
    readonly clock: Clock,
  ) {
    this.stateDir = new StateDir(folder);
    this.stateDir.create();
    this.db = openDatabase(this.stateDir.database);
    this.journal = new Journal(this.db, clock);
    this.queue = new Queue(this.db, this.journal, clock);
    this.runs = new RunStore(this.db, this.journal, clock);
    this.results = new ResultStore(this.db, this.journal);
    this.logs = new RunLogs(this.stateDir);
    this.progress = new ProgressBoard(clock);
  }

  /** What a look at a host finds. */
  probe: HostService['probe'] = async (host) => {
    return { name: typeof host === 'string' ? host : host.name, ok: true, checks: [] };
  };

  /** How a host lets a person in. */
  login: FleetService['login'] = noHost;

  /** What the runner would say of queued jobs. */
  waiting: ReadonlyMap<string, string> = new Map();

  close(): void {
    closeDatabase(this.db);
  }

  /** Jobs in state queued, unless `state` says preparing. */
  submit(names: readonly string[], state: 'queued' | 'preparing' = 'queued'): Job[] {
    const jobs = this.queue.submit(names.map(draft));
    if (state === 'preparing') return jobs;
    return jobs.map((job) => must(this.queue.move(job, { event: 'prepared' })));
  }

  /** One run with these jobs as members, running. */
  run(jobs: readonly Job[], pricePerHour = 0): { run: Run; jobs: Job[] } {
    const place = { host: 'local', slot: 0, engine: 'preview', batchKey: 'k', pricePerHour } as const;
    const claimed = must(this.queue.claim({ ...place, jobs: [...jobs] }));
    this.runs.started(claimed.run.id);
    const running = claimed.jobs.map((job) => {
      return must(this.queue.move(must(this.queue.move(job, { event: 'staged' })), { event: 'started' }));
    });
    return { run: claimed.run, jobs: running };
  }

  /** Appends to the daemon's copy of a run log. */
  async say(run: string, bytes: string | Buffer): Promise<void> {
    await this.logs.append(run, this.logs.size(run), Buffer.from(bytes));
  }

  services(): Services {
    const { queue, runs, results, journal, logs, progress } = this;
    return {
      ...{ queue, runs, results, journal, logs },
      runner: {
        waiting: () => this.waiting,
        progress: (job) => progress.get(job),
        onProgress: (listener) => progress.onProgress(listener),
        onLog: (listener) => logs.onData(listener),
      },
      clips: { list: () => this.clips },
      folders: {
        list: () => this.watches,
        add: async ({ path: folder, ...options }) => watch(folder, options),
        remove: async () => {},
        withdraw: async () => this.clips[0] as Clip,
        setAutoSend: (folder, autoSend) => watch(folder, { autoSend }),
        register: async () => must(this.clips[0]),
        resolve: (reference) => this.resolve(reference),
      },
      submissions: {
        submit: async ({ targets, idempotencyKey }) => queue.submit(targets.map(draft), idempotencyKey),
        plan: async () => [],
        clone: async (ids) => queue.submit(ids.map((id) => draft(queue.need(id).name))),
        edit: async (id) => queue.edit(queue.need(id), queue.need(id).settings) ?? queue.need(id),
        compileJob: async (id, options) => ({
          text: JSON.stringify({ name: queue.need(id).name, ...options?.set }),
          report: report('x.json'),
          estimate: estimate(93),
        }),
        controls: ({ engine = 'preview', passes, weights = {} }) => controlsOutlook({ engine, passes, weights }),
        compile: async () => ({ text: '{}', report: report('x.json'), estimate: estimate(93) }),
      },
      thumbnails: { of: async ({ name }) => ({ color: `data:image/jpeg;base64,${name}` }) },
      specs: {
        check: async (file) => ({ report: report(file), outlook: [] }),
        checkFile: async (file) => {
          await access(file);
          return { report: report(file), outlook: [] };
        },
        translate: async (_file, text) => ({ text, losses: [] }),
      },
      hosts: {
        probe: (host, onlooker) => this.probe(host, onlooker),
        add: async ({ name }) => ({ added: true, file: '/cosmos.toml', probe: { name, ok: true, checks: [] } }),
        trust: async () => {},
        unlock: async () => {},
      },
      fleet: {
        list: () => [],
        login: (host, ask) => this.login(host, ask),
        drain: noHost,
        resume: noHost,
        forget: noHost,
        adopt: noHost,
      },
      presets: {
        list: () => [{ name: 'night', values: { seed: 2 } }],
        names: () => ['night'],
        save: (preset, replaced) => ({ preset, file: '/cosmos.toml', replaced }),
        remove: () => {},
      },
      estimates: { defaultGpu: 'H100 PCIe', get: ({ frames, gpu }) => ({ ...estimate(frames), gpu }) },
      daemon: {
        ...{ pid: process.pid, version: '0.1.0', startId: 'start-1', startedAt: '2026-01-01T00:00:00.000Z' },
        stateDir: this.stateDir.root,
        config: { file: null, projects: [] },
        stop: () => {
          this.stops += 1;
        },
      },
    };
  }

  private resolve(reference: string): Clip {
    const clip = this.clips.find(({ id, name }) => id === reference || name === reference);
    if (clip === undefined) throw new CosmosError('not_found', `There is no clip "${reference}".`, { near: [] });
    return clip;
  }
}

function noHost(id: string): never {
  throw new CosmosError('not_found', `There is no host ${id}.`, { near: [] });
}

export function must<T>(value: T | null | undefined): T {
  if (value === undefined || value === null) throw new Error('the test lost something it relies on');
  return value;
}

export function draft(name: string): JobDraft {
  return {
    ...{ clip: null, name, engine: 'preview', host: null, priority: 0, project: null, tags: [], sweep: null },
    source: { kind: 'spec', spec: `/specs/${name}.json` },
    files: [],
    settings: {
      ...{ engine: 'preview', host: null, preset: null, prompt: 'rain', promptSource: 'submit', promptOverridden: [] },
      ...{ weights: {}, name, set: {} },
    },
  };
}

export function clip(name: string, facts: Partial<Clip> = {}): Clip {
  return {
    ...{ id: `clip-${name}`, name, path: `/renders/${name}`, root: '/renders', state: 'ready', reason: '', bytes: 0 },
    ...{ warnings: [], existing: false, revision: 1, passes: [], sources: {}, range: null, frames: 8, fps: 24 },
    ...{ width: 64, height: 48, contentKey: null, hasManifest: false, manifest: null, promptFile: null },
    ...{ specFile: null, updatedAt: '2026-01-01T00:00:00.000Z' },
    ...facts,
  };
}

export function result(job: string, video: string, facts: Partial<Result> = {}): Result {
  return {
    ...{ job, clip: null, name: 'city', video, provenance: `${video}.json`, poster: null, contactSheet: null },
    ...{ controls: {}, sha256: '0'.repeat(64), bytes: 1, frames: 8, width: 64, height: 48, fps: 24, preview: true },
    ...{ stale: false, mark: null, createdAt: '2026-01-01T00:00:00.000Z' },
    ...facts,
  };
}

function watch(folder: string, { autoSend = false }: { autoSend?: boolean }): Watch {
  return {
    ...{ path: folder, mode: 'tree', settle: 5, poll: false, autoSend, preset: null, fps: 24 },
    ...{ source: 'added', state: 'online' },
  };
}

function report(file: string): CheckReport {
  return { file, engine: 'transfer2.5', nvidia: 'accepts', stage: null, ok: true, issues: [] };
}

function estimate(frames: number): Estimate {
  return {
    ...{ engine: 'preview', gpu: 'none', gpus: 1, frames, chunks: 1, framesPerChunk: frames },
    ...{ secondsPerChunk: null, seconds: null, dollars: null, source: 'test', confidence: 'none', hint: null },
  };
}
