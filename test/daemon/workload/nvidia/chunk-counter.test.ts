import { describe, expect, it } from 'vitest';
import { ChunkCounter } from '../../../../daemon/workload/nvidia/chunk-counter.js';

/** @param drawn steps of bars of `of` steps, in the order of the log. */
function count(drawn: readonly number[], of: number, ranks?: number) {
  const counter = new ChunkCounter(ranks);
  for (const [index, at] of drawn.entries()) counter.take({ kind: 'bar', at, of, text: `${at}/${of} ${index}` });
  return counter.position;
}

describe('counting chunks by their bars', () => {
  it('knows nothing before the first bar', () => {
    expect(count([], 4)).toBeUndefined();
  });

  it.each([
    ['of one GPU', [0, 1, 2, 3, 4, 4, 0, 1], 2, 1],
    ['that end twice', [0, 4, 4, 0, 4, 4, 0], 3, 0],
    ['drawn so seldom that steps are missing', [0, 3, 4, 0, 2, 4, 0, 3], 3, 3],
    ['of two GPUs in step', [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 0, 0, 1, 1], 2, 1],
    ['of two GPUs, one late at the end', [0, 0, 1, 1, 2, 2, 3, 3, 4, 0, 4, 4, 0, 1, 1], 2, 1],
    ['of two GPUs, one late by a step', [0, 0, 1, 2, 1, 2, 3, 4, 3, 0, 4, 0, 1, 1], 2, 1],
    ['of three GPUs, all ends late', [0, 0, 0, 1, 1, 1, 4, 0, 4, 0, 4, 0, 2], 2, 2],
    ['of two GPUs, one beginning lost', [0, 0, 1, 1, 4, 4, 0, 1, 1, 4, 4, 0, 0, 1], 3, 1],
    ['of two GPUs, one beginning late', [0, 1, 0, 1, 4, 4, 0, 0, 1], 2, 1],
  ])('%s', (_, drawn, chunk, step) => {
    expect(count(drawn, 4)).toEqual({ chunk, step, steps: 4 });
  });

  it('of one step each, on as many GPUs as there are', () => {
    expect(count([0, 1, 0, 1, 0], 1)).toMatchObject({ chunk: 3, step: 0 });
    expect(count([0, 0, 1, 0, 1, 0, 1, 1], 1)).toMatchObject({ chunk: 2, step: 1 });
    expect(count([0, 0, 1, 1, 0, 0, 1], 1, 2)).toMatchObject({ chunk: 2, step: 1 });
  });

  it('by ends alone, where no beginning is in the log', () => {
    expect(count([4, 4, 4], 4)).toMatchObject({ chunk: 3 });
    expect(count([4, 4, 4, 4], 4, 2)).toMatchObject({ chunk: 2 });
    expect(count([4, 4, 2], 4, 2)).toMatchObject({ chunk: 2, step: 2 });
  });
});
