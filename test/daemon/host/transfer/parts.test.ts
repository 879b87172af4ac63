import { describe, expect, test } from 'vitest';
import { groups } from '../../../../daemon/host/transfer/arguments.js';
import { parseFree } from '../../../../daemon/host/transfer/ask-host.js';
import { ByteReader, EndOfBytes } from '../../../../daemon/host/transfer/byte-reader.js';
import { Progress } from '../../../../daemon/host/transfer/progress.js';
import { ManualClock } from '../../../support/clock.js';

describe('free space from df -Pk', () => {
  const head = 'Filesystem     1024-blocks     Used Available Capacity Mounted on\n';
  test.each([
    ['/dev/sda1 263174212 12869800 82318436 14% /', 82318436],
    ['//nas/my share 7 100 200 300 50% /mnt/my disk 7', 300],
    ['tmpfs 8192 8192 0 100% /x', 0],
    ['overlay 100 300 -200 150% /x', 0],
    ['none 0 0 0 - /x', 0],
  ])('%s', (line, kib) => {
    expect(parseFree(`${head}${line}\n12 ab/abc\n`)).toBe(kib * 1024);
  });
});

describe('groups of arguments', () => {
  test('keep everything, in order, below the limit', () => {
    const items = Array.from({ length: 3000 }, (_, index) => [`é${index}`.repeat(20), 'x']);
    const cut = [...groups(items)];
    expect(cut.flat()).toEqual(items);
    expect(cut.length).toBeGreaterThan(1);
    for (const group of cut) expect(Buffer.byteLength(group.flat().join(' '))).toBeLessThan(48 * 1024);
  });

  test('one that is too long goes alone', () => {
    expect([...groups([['a'], ['b'.repeat(60_000)], ['c']])].map((group) => group.length)).toEqual([1, 1, 1]);
  });
});

describe('progress', () => {
  test('never goes back, and tells no more often than anyone looks', () => {
    const clock = new ManualClock();
    const seen: number[] = [];
    const progress = new Progress(clock, (bytes) => seen.push(bytes), 5);
    for (const bytes of [1, 2, 3]) progress.within(bytes);
    clock.advance(100);
    progress.within(50);
    clock.advance(100);
    progress.within(20);
    progress.finish(60);
    expect(seen).toEqual([5, 55, 65]);
  });
});

describe('bytes in portions of our own', () => {
  async function* three() {
    for (const text of ['ab', 'cdef', 'g']) yield Buffer.from(text);
  }

  test('across the pieces of the stream', async () => {
    const reader = new ByteReader(three());
    expect([await reader.text(3), await reader.text(0), await reader.text(4)]).toEqual(['abc', '', 'defg']);
    expect(await reader.hasMore()).toBe(false);
  });

  test('what comes behind is told, not read to an end that may never come', async () => {
    const reader = new ByteReader(three());
    await reader.text(3);
    expect(await reader.hasMore()).toBe(true);
  });

  test('a stream that ends early is an error', async () => {
    await expect(new ByteReader(three()).text(8)).rejects.toBeInstanceOf(EndOfBytes);
  });
});
