import { renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../daemon/clock.js';
import { partName } from '../../../daemon/host/transfer/stock.js';
import { RemoteStore } from '../../../daemon/host/transfer/transfer.js';
import { stored, unfinished, visible } from '../../support/contents.js';
import { BIG, type CreateStore, never, StoreWorld } from './world.js';

export function ensureSuite(create: CreateStore): void {
  describe('ensure', () => {
    let world: StoreWorld;
    beforeEach(async () => {
      world = new StoreWorld(await create());
    });

    test('brings small and big files and an empty one, for the owner alone', async () => {
      const files = [world.write('a', 'small'), world.write('b', BIG), world.write('c', 0)];
      expect(await world.store.ensure(files, never)).toEqual({ sentBytes: 5 + BIG });
      expect(visible(world.root)).toEqual(files.map(({ sha256 }) => sha256).sort());
      expect(unfinished(world.root)).toEqual([]);
      for (const file of files) expect(statSync(stored(world.root, file)).mode & 0o777).toBe(0o600);
      expect(statSync(path.dirname(stored(world.root, files[0] ?? world.write('a', '')))).mode & 0o777).toBe(0o700);
    });

    test('sends nothing twice: not one content under two names, nor what an earlier job brought', async () => {
      const [one, same, big] = [world.write('a', 'alike'), world.write('b', 'alike'), world.write('big', BIG)];
      expect(await world.store.ensure([one, same, big, big], never)).toEqual({ sentBytes: 5 + BIG });
      const later = new RemoteStore(world.remote, world.root, systemClock);
      expect(await later.ensure([same, big, world.write('c', 'new')], never)).toEqual({ sentBytes: 3 });
    });

    test('a content that lost its bytes is sent again', async () => {
      const file = world.write('a', 'whole');
      await world.store.ensure([file], never);
      writeFileSync(stored(world.root, file), '');
      expect(await world.store.ensure([file], never)).toEqual({ sentBytes: 5 });
      visible(world.root);
    });

    test('progress counts all bytes of all files, never goes back and ends at their sum', async () => {
      const files = [
        world.write('a', 'already there'),
        world.write('b', 1000),
        world.write('c', BIG),
        world.write('d', BIG),
      ];
      await world.store.ensure(files.slice(0, 1), never);
      const seen: number[] = [];
      await world.store.ensure(files, never, (bytes) => seen.push(bytes));
      expect(seen[0]).toBe(13);
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
      expect(seen.at(-1)).toBe(13 + 1000 + 2 * BIG);
    });

    test('a thousand small files', async () => {
      const files = Array.from({ length: 1000 }, (_, index) => world.write(`f${index}`, `content ${index}`));
      await world.store.ensure(files, never);
      expect(visible(world.root)).toEqual(files.map(({ sha256 }) => sha256).sort());
      expect(await world.store.ensure(files, never)).toEqual({ sentBytes: 0 });
    });

    test.each([
      ['small', 1000],
      ['big', BIG],
    ])('a %s file that is not its hash is never visible', async (_, bytes) => {
      const wrong = { ...world.write('a', bytes), sha256: world.write('b', bytes).sha256 };
      await expect(world.store.ensure([wrong], never)).rejects.toMatchObject({ code: 'transfer_failed' });
      expect(visible(world.root)).toEqual([]);
      expect(unfinished(world.root)).toEqual([]);
    });

    test.each([
      ['small', 1000],
      ['big', BIG],
    ])('a %s file that changed its size is refused', async (_, bytes) => {
      const file = world.write('a', bytes);
      world.write('a', bytes + 1);
      await expect(world.store.ensure([file], never)).rejects.toMatchObject({ code: 'clip_changed' });
      expect(visible(world.root)).toEqual([]);
    });

    test('one that was cut off after its last byte, before it had its name, is not sent again', async () => {
      const file = world.write('a', BIG);
      const mine = new RemoteStore(world.remote, world.root, systemClock, 'me');
      await mine.ensure([file], never);
      renameSync(stored(world.root, file), path.join(world.root, 'cas', 'incoming', partName(file.sha256, 'me')));
      expect(await mine.ensure([file], never)).toEqual({ sentBytes: 0 });
      expect(visible(world.root)).toEqual([file.sha256]);
      expect(unfinished(world.root)).toEqual([]);
    });

    test('two daemons may bring the same contents at the same time', async () => {
      const files = [
        world.write('a', BIG),
        ...Array.from({ length: 50 }, (_, index) => world.write(`f${index}`, 20_000)),
      ];
      const other = new RemoteStore(world.remote, world.root, systemClock, 'other');
      await Promise.all([world.store.ensure(files, never), other.ensure(files, never)]);
      expect(visible(world.root)).toEqual(files.map(({ sha256 }) => sha256).sort());
      expect(unfinished(world.root)).toEqual([]);
    });

    test('an aborted one ends, and the next brings the rest', async () => {
      const files = [world.write('a', BIG), world.write('b', BIG)];
      const abort = new AbortController();
      const broken = world.store.ensure(files, abort.signal, (bytes) => bytes > 0 && abort.abort());
      await expect(broken).rejects.toThrow();
      await world.store.ensure(files, never);
      expect(visible(world.root)).toHaveLength(2);
    });
  });
}
