import { expect, test } from 'vitest';
import { compareText, Sorted } from '../../../extension/src/views/sorted.js';

interface Item {
  readonly id: string;
  readonly rank: number;
}

const byRank = (a: Item, b: Item) => a.rank - b.rank || compareText(a.id, b.id);

test('stays as sorting anew would leave it, whatever comes, changes and goes', () => {
  const sorted = new Sorted<Item>(byRank);
  const plain = new Map<string, Item>();
  let seed = 7;
  const random = (limit: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % limit;
  };
  for (let step = 0; step < 2000; step++) {
    const id = `i${random(60)}`;
    if (random(4) === 0) {
      expect(sorted.remove(id)).toBe(plain.delete(id));
      continue;
    }
    const item = { id, rank: random(10) };
    const before = [...plain.values()].sort(byRank).findIndex((one) => one.id === id);
    plain.set(id, item);
    const after = [...plain.values()].sort(byRank).findIndex((one) => one.id === id);
    expect(sorted.put(item)).toBe(before !== after);
    expect(sorted.indexOf(id)).toBe(after);
  }
  const expected = [...plain.values()].sort(byRank);
  expect(sorted.first(99)).toEqual(expected);
  expect(sorted.first(3)).toEqual(expected.slice(0, 3));
  expect(sorted.size).toBe(expected.length);
  expect(sorted.indexOf('nobody')).toBe(-1);
});
