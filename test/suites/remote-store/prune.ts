import { existsSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../daemon/clock.js';
import { stored, unfinished } from '../../support/contents.js';
import { tempDir } from '../../support/tmp.js';
import { type CreateStore, never, StoreWorld } from './world.js';

export function pruneSuite(create: CreateStore): void {
  describe('prune', () => {
    let world: StoreWorld;
    beforeEach(async () => {
      world = new StoreWorld(await create());
    });

    /** Brings contents of 1,000 bytes whose last use lies further back the earlier they stand. */
    async function aged(count: number) {
      const files = Array.from({ length: count }, (_, index) => world.write(`f${index}`, 1000));
      await world.store.ensure(files, never);
      for (const [index, file] of files.entries()) {
        const used = new Date(systemClock.now() - (count - index) * 3_600_000);
        utimesSync(stored(world.root, file), used, used);
      }
      return files;
    }
    const left = (files: readonly { sha256: string }[]) => files.map((file) => existsSync(stored(world.root, file)));

    test('removes the least recently used until so many bytes are left', async () => {
      const files = await aged(5);
      await world.store.prune(5000);
      expect(left(files)).toEqual([true, true, true, true, true]);
      await world.store.prune(2999);
      expect(left(files)).toEqual([false, false, false, true, true]);
    });

    test('a content that is asked for counts as used', async () => {
      const files = await aged(3);
      await world.store.ensure(files.slice(0, 1), never);
      await world.store.prune(1000);
      expect(left(files)).toEqual([true, false, false]);
    });

    test('keeps what a run folder links, and what was asked for just now', async () => {
      const files = await aged(3);
      await world.store.place(
        files.slice(0, 1).map(({ sha256 }) => ({ sha256, to: 'a' })),
        world.run,
      );
      const fresh = world.write('fresh', 10);
      await world.store.ensure([fresh], never);
      await world.store.prune(0);
      expect(left([...files, fresh])).toEqual([true, false, false, true]);
    });

    test('touches nothing that is not ours', async () => {
      const [file] = await aged(1);
      const cas = path.join(world.root, 'cas');
      const strange = [
        'README',
        'ab',
        `ab/${'c'.repeat(64)}`,
        `aa/${'a'.repeat(63)}`,
        `aa/x\n./aa/${'a'.repeat(64)}`,
        '-rf',
      ];
      for (const name of strange) {
        if (existsSync(path.join(cas, name))) continue;
        mkdirSync(path.dirname(path.join(cas, name)), { recursive: true });
        if (name === 'ab') mkdirSync(path.join(cas, name));
        else writeFileSync(path.join(cas, name), 'not ours');
        utimesSync(path.join(cas, name), 0, 0);
      }
      const outside = tempDir();
      writeFileSync(path.join(outside, 'ff'.repeat(32)), 'elsewhere');
      symlinkSync(outside, path.join(cas, 'ff'));
      world.own();
      await world.store.prune(0);
      expect(strange.filter((name) => !existsSync(path.join(cas, name)))).toEqual([]);
      expect(readdirSync(outside)).toHaveLength(1);
      expect(left(file === undefined ? [] : [file])).toEqual([false]);
    });

    test('unfinished uploads that nobody came back for go after a week', async () => {
      await world.store.ensure([world.write('a', 'x')], never);
      const incoming = path.join(world.root, 'cas', 'incoming');
      for (const [name, days] of [
        ['old.part', 9],
        ['young.part', 1],
      ] as const) {
        writeFileSync(path.join(incoming, name), 'x');
        const then = new Date(systemClock.now() - days * 86_400_000);
        utimesSync(path.join(incoming, name), then, then);
      }
      world.own();
      await world.store.prune(10);
      expect(unfinished(world.root)).toEqual(['young.part']);
    });

    test('a host that has no store yet has nothing to prune', async () => {
      await world.store.prune(0);
      expect(existsSync(world.root)).toBe(false);
    });
  });
}
