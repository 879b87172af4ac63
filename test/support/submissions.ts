/** Submissions on a real queue, with folders that know the clips they are given. */
import path from 'node:path';
import { CosmosError } from '../../daemon/errors.js';
import { silentLogger } from '../../daemon/log.js';
import { openDatabase } from '../../daemon/queue/db.js';
import { Journal } from '../../daemon/queue/journal.js';
import { Queue } from '../../daemon/queue/queue.js';
import type { SubmissionDeps } from '../../daemon/submit/needs.js';
import { Submissions } from '../../daemon/submit/submit.js';
import { type Clip, Config, type Watch } from '../../schemas/index.js';
import { filesOf } from './clips.js';
import { ManualClock } from './clock.js';
import { fixedPresets } from './presets.js';
import { tempDir } from './tmp.js';

export interface SubmissionFixture {
  readonly submissions: Submissions;
  readonly queue: Queue;
  readonly clips: Map<string, Clip>;
  readonly stale: [clip: string, exceptRevision: number][];
  readonly warnings: string[];
}

export interface FixtureOptions {
  readonly clips?: readonly Clip[];
  readonly watches?: readonly Watch[];
  readonly config?: Record<string, unknown>;
  readonly pricePerHour?: number;
}

export function makeSubmissions(options: FixtureOptions = {}): SubmissionFixture {
  const clock = new ManualClock();
  const db = openDatabase(path.join(tempDir(), 'cosmos.db'));
  const queue = new Queue(db, new Journal(db, clock), clock);
  const clips = new Map(options.clips?.map((clip) => [clip.id, clip]));
  const stale: SubmissionFixture['stale'] = [];
  const warnings: string[] = [];
  const log = silentLogger.child({});
  log.warn = (_facts: unknown, message?: string) => void warnings.push(message ?? '');
  const config = Config.parse(options.config ?? {});
  const deps: SubmissionDeps = {
    queue,
    results: { markStale: (clip, revision) => stale.push([clip, revision]) },
    folders: {
      resolve: (reference) => resolve([...clips.values()], reference),
      files: async (clip) => filesOf(clip),
      list: () => [...(options.watches ?? [])],
    },
    clips: { list: () => [...clips.values()], get: (id) => clips.get(id) },
    config,
    presets: fixedPresets(config.preset),
    estimate: () => null,
    pricePerHour: () => options.pricePerHour ?? 0,
    log,
  };
  return { submissions: new Submissions(deps), queue, clips, stale, warnings };
}

function resolve(clips: readonly Clip[], reference: string): Clip {
  const found = clips.find(({ id, name, path: place }) => [id, name, place].includes(reference));
  if (found !== undefined) return found;
  throw new CosmosError('not_found', `There is no clip ${reference}.`, { near: clips.map(({ name }) => name) });
}

export function makeWatch(folder: string, changes: Partial<Watch> = {}): Watch {
  const base = { path: folder, mode: 'tree', settle: 5, poll: false, autoSend: true, preset: null, fps: 25 } as const;
  return { ...base, source: 'added', state: 'online', ...changes };
}
