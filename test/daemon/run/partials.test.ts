import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { silentLogger } from '../../../daemon/log.js';
import { Partials } from '../../../daemon/run/partials.js';
import { StateDir } from '../../../daemon/state-dir.js';
import type { Job, Result } from '../../../schemas/index.js';
import { tempDir } from '../../support/tmp.js';

let state: StateDir;
let folder: string;
beforeEach(() => {
  state = new StateDir(tempDir());
  folder = path.join(state.run('r1'), 'results', 'job-1');
  mkdirSync(folder, { recursive: true });
  for (const name of ['v.mp4', 'depth.mp4.part']) writeFileSync(path.join(folder, name), 'x');
});

function partials(job: Partial<Job> | undefined, poster: string | null = null): Partials {
  const result = poster === null ? undefined : ({ poster } as Result);
  return new Partials({
    queue: { get: () => job as Job | undefined } as never,
    runs: { attempts: () => [{ run: 'r1' }] } as never,
    results: { put: () => {}, get: () => result },
    stateDir: state,
    log: silentLogger,
  });
}

const left = () => (existsSync(folder) ? readdirSync(folder).sort() : 'nothing');

test.each<[string, Partial<Job>, string[] | 'nothing']>([
  ['collects it: a cut fetch goes on', { state: 'collecting', run: 'r1' }, ['depth.mp4.part', 'v.mp4']],
  ['collects another run', { state: 'collecting', run: 'r2' }, 'nothing'],
  ['is cancelled', { state: 'cancelled', run: 'r1' }, 'nothing'],
  ['waits again', { state: 'queued', run: null }, 'nothing'],
  ['has failed: what is whole shows why', { state: 'failed', run: 'r1' }, ['v.mp4']],
])('of a job that %s', (_name, job, expected) => {
  const subject = partials({ id: 'job-1', ...job });
  subject.jobRests('job-1');
  expect(left()).toEqual(expected);
  subject.sweep();
  expect(left()).toEqual(expected);
});

test('what a result shows stays, its parts do not', () => {
  partials({ id: 'job-1', state: 'cancelled', run: 'r2' }, path.join(folder, 'v.mp4')).sweep();
  expect(left()).toEqual(['v.mp4']);
});

test('what nobody knows keeps what is whole; scratch of a daemon that died goes', () => {
  for (const scratch of ['evidence', 'adopt']) mkdirSync(path.join(state.run('r1'), scratch));
  partials(undefined).sweep();
  expect(left()).toEqual(['v.mp4']);
  expect(readdirSync(state.run('r1'))).toEqual(['results']);
});
