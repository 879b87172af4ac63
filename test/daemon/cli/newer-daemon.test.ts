/** Verbs of today against a daemon of a newer version: every row is there, in words, and nothing is refused. */
import { beforeAll, expect, test } from 'vitest';
import type { ResultOf } from '../../../schemas/index.js';
import { runCosmos } from '../../support/cosmos.js';
import { FakeDaemon, FakeError } from '../../support/fake-daemon.js';
import { newerSnapshot } from '../../support/newer-daemon.js';
import { tempDir } from '../../support/tmp.js';

let told: ReturnType<typeof newerSnapshot>;
beforeAll(() => {
  told = newerSnapshot();
});

async function run(...args: string[]) {
  const stateDir = tempDir();
  const [job] = told.jobs;
  if (job === undefined) throw new Error('the snapshot has a job');
  const attempt = {
    ...{ job: job.id, number: 1, run: 'r1', position: 0, logFrom: 0, logTo: null, error: null },
    ...{ outcome: 'handed_over', startedAt: null, endedAt: null },
  };
  const report = {
    ...{ since: '2026-01-01T00:00:00.000Z', jobs: { partial: 2, waiting_for_quota: 1 }, successRate: null },
    ...{ medianSeconds: null, busySeconds: 0, failures: [{ code: 'license_expired', count: 1, example: 'It ended.' }] },
    byEngine: { 'predict2.5': { jobs: 1, frames: 1, seconds: 1 } },
  };
  await FakeDaemon.start(stateDir, {
    'job.list': () => ({ jobs: told.jobs }),
    'job.get': ({ id }) =>
      ({
        job: told.jobs.find((one) => one.id === id) ?? job,
        ...{ attempts: [attempt], spec: null, result: told.results[0] ?? null, later: [] },
      }) as unknown as ResultOf<'job.get'>,
    'job.submit': () => ({ jobs: told.jobs.filter(({ id }) => id === 'j-partial') }),
    'host.list': () => ({ hosts: told.hosts }),
    'clip.list': () => ({ clips: told.clips }),
    'result.list': () => ({ results: told.results }),
    'report.get': () => report as unknown as ResultOf<'report.get'>,
  });
  return runCosmos({ stateDir }, ...args);
}

test.each([
  [
    ['queue', '--all'],
    ['waiting for quota', 'predict2.5', 'blocked by parent', 'partial', 'expired', '3 of 8 videos'],
  ],
  [
    ['job', 'show', 'j-live'],
    ['waiting for quota', 'predict2.5', '(scriptwriter)', 'normals=0.25', 'handed over'],
  ],
  [
    ['host', 'ls'],
    ['slurm', 'suspended', 'transfer2.5 predict2.5'],
  ],
  [
    ['clip', 'ls'],
    ['archived', 'color normals'],
  ],
  [['result', 'ls'], ['shortlist']],
  [['report'], ['2 partial, 1 waiting for quota', 'predict2.5: 1 job', '1 x license_expired: It ended.']],
])('cosmos %j', async (args, words) => {
  const { code, stdout, stderr } = await run(...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const flat = stdout.replaceAll(/\s+/g, ' ');
  expect(words.filter((word) => !flat.includes(word))).toEqual([]);
});

test('programs get the names and fields as they came', async () => {
  const { stdout } = await run('queue', '--json');
  expect(JSON.parse(stdout)).toEqual(told.jobs);
});

test('a job that ended in an unknown way ends the wait: it is said how, and it did not succeed', async () => {
  const { code, stdout } = await run('submit', 'lot', '--wait');
  expect({ code, stdout }).toEqual({ code: 1, stdout: 'lot partial: 3 of 8 videos were made.\n' });
});

test('an error with an unknown code is its sentence', async () => {
  const stateDir = tempDir();
  const refused = new FakeError('license_expired', 'The licence of the model has ended.', { days: 3 });
  await FakeDaemon.start(stateDir, { 'job.get': () => refused });
  const { code, stderr } = await runCosmos({ stateDir }, 'job', 'show', 'j-live');
  expect({ code, stderr }).toEqual({ code: 1, stderr: 'Error: The licence of the model has ended.\n' });
});
