/** Everything that running a job needs: a real queue, the local host, and an engine that is a small node program. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { sha256Of } from '../../daemon/artifact/sha256.js';
import { type Clock, systemClock } from '../../daemon/clock.js';
import type { Host } from '../../daemon/host/host.js';
import { LocalHost } from '../../daemon/host/local/local.js';
import { silentLogger } from '../../daemon/log.js';
import { MovieWriter } from '../../daemon/media/frames.js';
import type { MediaTools } from '../../daemon/media/tools.js';
import { Adoptions } from '../../daemon/queue/adoptions.js';
import { ClipStore } from '../../daemon/queue/clips.js';
import { closeDatabase, openDatabase } from '../../daemon/queue/db.js';
import { Journal } from '../../daemon/queue/journal.js';
import { Queue } from '../../daemon/queue/queue.js';
import { ResultStore } from '../../daemon/queue/results.js';
import { RunStore } from '../../daemon/queue/runs.js';
import type { HostOffer } from '../../daemon/run/host-offer.js';
import type { Boundary, RunDependencies, RunSettings } from '../../daemon/run/needs.js';
import { ProgressBoard } from '../../daemon/run/progress.js';
import { RunLogs } from '../../daemon/run/run-log.js';
import { Runner } from '../../daemon/run/runner.js';
import { StateDir } from '../../daemon/state-dir.js';
import { AtWork } from '../../daemon/watchdog/at-work.js';
import type {
  Engine,
  LogReader,
  Member,
  MemberOutcome,
  MemberProgress,
  RunFile,
} from '../../daemon/workload/engine.js';
import type { Job, JobState, Media, Prepared } from '../../schemas/index.js';
import { distFile } from './dist.js';
import { makeOnce } from './made-once.js';
import { tempDir } from './tmp.js';

export const MEDIA: Media = { frames: 6, width: 64, height: 48, fps: { num: 24, den: 1 } };

/** A short movie in which something moves. */
export async function writeMovie(tools: MediaTools, file: string, media: Media = MEDIA, flat = false): Promise<void> {
  const { width, height, fps, frames } = media;
  await makeOnce(JSON.stringify([tools.ffmpeg, media, flat]), file, async () => {
    const writer = new MovieWriter(tools, file, { width, height, fps, format: 'rgb24' });
    for (let frame = 0; frame < frames; frame++) {
      const level = (at: number) => (flat ? 90 : (at + frame * 40) % 256);
      await writer.write(Uint8Array.from({ length: width * height * 3 }, (_, at) => level(at)));
    }
    await writer.close();
  });
}

/** What the job's settings.set says to the engine's program. */
export interface Behaviour {
  /** Milliseconds a frame. */
  readonly frameMs?: number;
  /** Ends with this line and exit code 1 instead of an output. */
  readonly failWith?: string;
  /** Says one line and then nothing, for ever; a child of it does the same. */
  readonly hang?: boolean;
}

/** argv: spec, movie to give back, output. Every start adds a line to starts.txt beside the run folders. */
const PROGRAM = `
const fs = require('node:fs');
const [spec, input, output] = process.argv.slice(1);
const { frameMs = 5, failWith, hang, name } = JSON.parse(fs.readFileSync(spec, 'utf8'));
fs.appendFileSync('../starts.txt', name + '\\n');
const frames = 6;
console.log('begin ' + name);
const step = (i) => {
  console.log('frame ' + i + '/' + frames);
  if (i < frames) return setTimeout(step, frameMs, i + 1);
  fs.mkdirSync('out', { recursive: true });
  fs.copyFileSync(input, output);
  console.log('saved');
};
if (hang) {
  const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  console.log('child ' + child.pid);
  setInterval(() => {}, 1000);
} else if (failWith) {
  console.error(failWith);
  process.exit(1);
} else step(1);`;

class ScriptEngine implements Engine {
  readonly name = 'preview';
  readonly dialect = 'transfer2.5';
  readonly capabilities = { hints: [], computes: [], weights: 'mixed', gpus: [0], memoryGb: null } as const;

  batchKey(): string {
    return 'script';
  }

  command([member]: readonly Member[]) {
    if (member === undefined) throw new Error('a run without members');
    const input = `${path.posix.dirname(member.spec)}/inputs/color.mp4`;
    const output = `out/${member.prepared.name}.mp4`;
    return { argv: [process.execPath, '-e', PROGRAM, member.spec, input, output] as const, env: {} };
  }

  logReader([member]: readonly Member[]): LogReader {
    return new ScriptLogReader(member?.job ?? '');
  }

  outcome({ prepared }: Member, files: readonly RunFile[], log: string): MemberOutcome {
    const video = `out/${prepared.name}.mp4`;
    if (log.includes('saved') && files.some((file) => file.path === video)) {
      return { kind: 'succeeded', outputs: { video, controls: {}, others: [] } };
    }
    const last = log.trim().split('\n').at(-1) ?? '';
    return log.includes(`begin ${prepared.name}\n`) ? { kind: 'failed', message: last } : { kind: 'unreached' };
  }

  expect({ media }: Prepared): Media {
    return media;
  }
}

class ScriptLogReader implements LogReader {
  private text = '';

  constructor(private readonly job: string) {}

  push(bytes: Uint8Array): MemberProgress[] {
    this.text += Buffer.from(bytes).toString();
    const lines = this.text.split('\n');
    this.text = lines.pop() ?? '';
    return lines.flatMap((line) => {
      const found = /^frame (\d+)\/(\d+)$/.exec(line);
      if (found === null) return [];
      return [{ job: this.job, stage: line, fraction: Number(found[1]) / Number(found[2]), logFrom: 0 }];
    });
  }

  skip(): void {
    this.text = '';
  }
}

export interface WorldOptions {
  readonly tools: MediaTools;
  readonly clock?: Clock;
  readonly settings?: Partial<RunSettings>;
  /** Wraps the local host, to make it fail. */
  readonly host?: (local: LocalHost) => Host;
  /** What else the offer can do. */
  readonly offer?: Partial<HostOffer>;
  readonly expected?: Media;
  /** Why the host takes nothing new. */
  readonly draining?: () => string | undefined;
}

/** One state folder; open() is a daemon on it, and may be called again after one "died". */
export class World {
  readonly folder = tempDir();
  readonly clipFolder = path.join(this.folder, 'clip');
  readonly stateDir = new StateDir(path.join(this.folder, 'state'));
  readonly movie = path.join(this.folder, 'color.mp4');
  readonly local = new LocalHost({
    clock: systemClock,
    root: this.stateDir.localHost,
    wrapper: [process.execPath, distFile('daemon/host/local/wrapper/main.js')],
    graceMs: 300,
  });
  prepares = 0;

  private constructor(readonly options: WorldOptions) {
    this.stateDir.create();
    mkdirSync(this.clipFolder);
  }

  static async create(options: WorldOptions): Promise<World> {
    const world = new World(options);
    await writeMovie(options.tools, world.movie);
    return world;
  }

  /** Names of the jobs whose program was started, one a start. */
  starts(): string[] {
    try {
      return readFileSync(path.join(this.stateDir.localHost, 'runs', 'starts.txt'), 'utf8')
        .trim()
        .split('\n');
    } catch {
      return [];
    }
  }

  open(boundary?: Boundary): Daemon {
    return new Daemon(this, boundary);
  }

  async prepare(job: Job): Promise<Prepared> {
    this.prepares++;
    const sha256 = await sha256Of(this.movie);
    mkdirSync(path.dirname(this.stateDir.cas(sha256)), { recursive: true });
    writeFileSync(this.stateDir.cas(sha256), readFileSync(this.movie));
    const spec = path.join(this.stateDir.job(job.id), 'spec.json');
    mkdirSync(path.dirname(spec), { recursive: true });
    writeFileSync(spec, JSON.stringify({ name: job.settings.name, ...job.settings.set }));
    return {
      ...{ name: job.settings.name, spec, specSha256: await sha256Of(spec), hints: [] },
      inputs: [{ path: 'inputs/color.mp4', sha256, bytes: 1 }],
      media: this.options.expected ?? MEDIA,
    };
  }
}

export class Daemon {
  readonly queue: Queue;
  readonly runs: RunStore;
  readonly results: ResultStore;
  readonly journal: Journal;
  readonly adoptions: Adoptions;
  readonly deps: RunDependencies;
  readonly runner: Runner;

  constructor(
    private readonly world: World,
    boundary?: Boundary,
  ) {
    const { clock = systemClock, tools, settings, host = (local) => local } = world.options;
    const db = openDatabase(world.stateDir.database);
    this.journal = new Journal(db, clock);
    this.queue = new Queue(db, this.journal, clock);
    this.runs = new RunStore(db, this.journal, clock);
    this.results = new ResultStore(db, this.journal);
    this.adoptions = new Adoptions(db, this.runs, this.journal, clock);
    const basics = { host: host(world.local), engines: ['preview'], slots: 1, pricePerHour: 0 } as const;
    const offer: HostOffer = { ...basics, ...world.options.offer };
    const engine = new ScriptEngine();
    this.deps = {
      ...{ queue: this.queue, runs: this.runs, results: this.results, journal: this.journal, clock, tools, boundary },
      clips: new ClipStore(db, this.journal),
      preparer: { prepare: (job) => world.prepare(job) },
      engines: { get: (name) => (name === 'preview' ? engine : undefined) },
      offers: {
        get: (id) => (id === 'local' ? offer : undefined),
        list: () => [offer],
        draining: () => world.options.draining?.(),
      },
      ...{ logs: new RunLogs(world.stateDir), progress: new ProgressBoard(clock), stateDir: world.stateDir },
      ...{ log: silentLogger, version: '0.0.0', holdReason: () => null },
      work: new AtWork({ file: world.stateDir.atWork, startId: 'start-1', clock, log: silentLogger }),
      settings: {
        ...{ retries: 2, backoff: 0.02, canary: false, groupPause: 99, stallMinutes: null, resultsFolder: null },
        ...settings,
      },
    };
    this.runner = new Runner(this.deps);
    onTestFinished(async () => {
      void this.runner.close(); // not awaited: a daemon that "died" at a boundary never comes back from there
      await Promise.all(this.runs.open().map((run) => world.local.stop(run.id)));
      closeDatabase(db);
    });
  }

  start(): this {
    this.runner.start();
    onTestFinished(() => this.runner.close());
    return this;
  }

  submit(behaviour: Behaviour = {}, name = 'street'): Job {
    const set = Object.fromEntries(Object.entries(behaviour));
    const [job] = this.queue.submit([
      {
        ...{ clip: null, name, engine: 'preview', host: null, priority: 0, project: null, tags: [], sweep: null },
        source: { kind: 'spec', spec: path.join(this.world.clipFolder, 'x.json') },
        files: [],
        settings: {
          ...{ engine: 'preview', host: null, preset: null, prompt: 'a street', promptSource: 'submit' },
          ...{ promptOverridden: [], weights: {}, name, set },
        },
      },
    ]);
    if (job === undefined) throw new Error('nothing was submitted');
    writeFileSync(path.join(this.world.clipFolder, 'x.json'), '{}');
    return job;
  }

  /** The job once it is in one of these states. */
  async reaches(id: string, ...states: JobState[]): Promise<Job> {
    return vi.waitFor(
      () => {
        const job = this.queue.need(id);
        if (!states.includes(job.state)) throw new Error(`${id} is ${job.state}: ${job.reason}`);
        return job;
      },
      { interval: 20 },
    );
  }
}
