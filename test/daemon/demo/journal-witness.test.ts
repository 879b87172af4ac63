import { expect, test, vi } from 'vitest';
import { JournalWitness } from '../../../daemon/demo/journal-witness.js';
import type { Event } from '../../../schemas/received.js';
import { ManualClock } from '../../support/clock.js';
import { sampleJob } from '../../support/samples.js';

const event = (seq: number, state: 'queued' | 'running' = 'queued'): Event => ({
  ...{ seq, at: '2026-01-01T00:00:00.000Z', id: 'job-1', kind: 'job', type: state },
  data: sampleJob({ state }),
});
const running = (seen: Event) => (seen.kind === 'job' && seen.data.state === 'running' ? seen.seq : undefined);

test('numbers that follow each other leave no jump, others do', () => {
  const witness = new JournalWitness(new ManualClock(), () => {});
  for (const seq of [1, 2, 3]) witness.take(event(seq));
  expect(witness.jumps).toEqual([]);
  witness.take(event(5));
  witness.take(event(5));
  expect(witness.jumps).toEqual(['3 -> 5', '5 -> 5']);
});

test('waits for what is still to come, and finds what was there', async () => {
  const witness = new JournalWitness(new ManualClock(), () => {});
  witness.take(event(1));
  const later = witness.until('it runs', 5, running);
  witness.take(event(2, 'running'));
  expect(await later).toBe(2);
  expect(await witness.until('it runs', 5, running)).toBe(2);
});

test('what happened before a number does not count when asked for what came after it', async () => {
  const witness = new JournalWitness(new ManualClock(), () => {});
  witness.take(event(1, 'running'));
  const again = witness.until('it runs again', 5, running, 1);
  witness.take(event(2, 'running'));
  expect(await again).toBe(2);
});

test('gives up after its time with a sentence', async () => {
  const clock = new ManualClock();
  const waiting = new JournalWitness(clock, () => {}).until('That it runs', 5, running);
  clock.advance(5000);
  await expect(waiting).rejects.toThrow('That it runs did not happen within 5 seconds.');
});

test('tells every event on, and nobody waits once it is abandoned', async () => {
  const heard = vi.fn();
  const witness = new JournalWitness(new ManualClock(), heard);
  const waiting = witness.until('it runs', 5, running);
  witness.abandon(new Error('gone'));
  await expect(waiting).rejects.toThrow('gone');
  witness.take(event(1));
  expect(heard).toHaveBeenCalledOnce();
});
