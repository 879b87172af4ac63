import { expect, test } from 'vitest';
import { ProgressBoard } from '../../../daemon/run/progress.js';
import { WorkTurns } from '../../../daemon/run/work-turns.js';
import { ManualClock } from '../../support/clock.js';

/** Long past the time that a command has to come first. */
const LATER = 60_000;

/** Turns in which a daemon has died at the steps of these jobs. */
function turns(...suspects: string[]) {
  const clock = new ManualClock();
  const atWork = new Set<string>();
  const work = {
    begin: (job: string) => void atWork.add(job),
    rest: (job: string) => void atWork.delete(job),
    forget: () => {},
    deaths: (job: string) => (suspects.includes(job) ? 1 : 0),
  };
  const all = new WorkTurns({ work, clock, progress: new ProgressBoard(clock) });
  all.start();
  const of = (id: string, signal = new AbortController().signal) => all.of({ id, state: 'preparing' }, signal);
  return { clock, atWork, of };
}

test('a job that never did any harm begins at once, also while others wait', async () => {
  const { atWork, of } = turns('suspect');
  void of('suspect').begin();
  await of('one').begin();
  await of('two').begin();
  expect([...atWork]).toEqual(['one', 'two']);
});

test('those at whose step a daemon died begin after a pause, and one after another', async () => {
  const { clock, atWork, of } = turns('a', 'b');
  const [a, b] = [of('a'), of('b')];
  const began = [a.begin(), b.begin()];
  await Promise.resolve();
  expect([...atWork]).toEqual([]);
  clock.advance(LATER);
  await began[0];
  expect([...atWork]).toEqual(['a']);
  await a.begin(); // a step that begins anew has its turn already
  a.rest();
  await began[1];
  expect([...atWork]).toEqual(['b']);
});

test('one that is interrupted while it waits lets the next one go on', async () => {
  const { clock, atWork, of } = turns('a', 'b', 'c');
  const controller = new AbortController();
  const [a, b, c] = [of('a'), of('b', controller.signal), of('c')];
  const began = [a.begin(), b.begin(), c.begin()];
  clock.advance(LATER);
  await began[0];
  controller.abort(new Error('cancelled'));
  await expect(began[1]).rejects.toThrow('cancelled');
  a.rest();
  await began[2];
  expect([...atWork]).toEqual(['c']);
});

test('one that is cancelled in the pause never begins', async () => {
  const { atWork, of } = turns('a');
  const controller = new AbortController();
  const began = of('a', controller.signal).begin();
  controller.abort(new Error('cancelled'));
  await expect(began).rejects.toThrow('cancelled');
  expect([...atWork]).toEqual([]);
});
