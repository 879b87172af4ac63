import { expect, test } from 'vitest';
import { movesOfDrop } from '../../../../extension/src/views/queue/drop.js';
import type { Job } from '../../../../schemas/index.js';
import { makeJob } from '../../../support/messages.js';

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id, position) => makeJob({ id, position })) as [Job, Job, Job, Job];
const waiting = [a, b, c, d];

/** The order after the moves, as the daemon makes it. */
function after(dragged: Job[], target: Job | undefined): string {
  const order = waiting.map(({ id }) => id);
  for (const { id, before } of movesOfDrop(dragged, target, waiting)) {
    order.splice(order.indexOf(id), 1);
    order.splice(before === null ? 0 : order.indexOf(before), 0, id);
  }
  return order.join('');
}

test('dropped on a job from below: before it; from above: behind it', () => {
  expect(after([d], b)).toBe('adbc');
  expect(after([a], c)).toBe('bcad');
  expect(after([a], d)).toBe('bcda');
});

test('several keep their order', () => {
  expect(after([c, d], a)).toBe('cdab');
  expect(after([a, b], c)).toBe('cabd');
  expect(after([a, b], d)).toBe('cdab');
});

test('dropped on no job they run next', () => {
  expect(after([c, d], undefined)).toBe('cdab');
});

test('what has started neither moves nor can be moved to', () => {
  const running = makeJob({ id: 'r', state: 'running' });
  expect(movesOfDrop([running], b, waiting)).toEqual([]);
  expect(movesOfDrop([a], running, waiting)).toEqual([]);
  expect(movesOfDrop([a], a, waiting)).toEqual([]);
});
