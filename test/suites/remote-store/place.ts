import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { stored, visible } from '../../support/contents.js';
import { tempDir } from '../../support/tmp.js';
import { type CreateStore, HOSTILE, never, StoreWorld } from './world.js';

export function placeSuite(create: CreateStore): void {
  describe('place', () => {
    let world: StoreWorld;
    beforeEach(async () => {
      world = new StoreWorld(await create());
    });

    test('gives contents their names by hard link, whatever the names', async () => {
      const files = HOSTILE.map((name, index) => ({ name, ...world.write(`f${index}`, `content of ${name}`) }));
      await world.store.ensure(files, never);
      await world.store.place(
        files.map(({ sha256, name }) => ({ sha256, to: `in/${name}/${name}` })),
        world.run,
      );
      for (const { name, ...file } of files) {
        expect(readFileSync(path.join(world.run, 'in', name, name), 'utf8')).toBe(`content of ${name}`);
        expect(statSync(stored(world.root, file)).nlink).toBe(2);
      }
      expect(readdirSync(path.join(world.run, 'in')).sort()).toEqual([...HOSTILE].sort());
    });

    test('may be repeated, and replaces what has the name', async () => {
      const [one, two] = [world.write('a', 'one'), world.write('b', 'two')];
      await world.store.ensure([one, two], never);
      const to = path.posix.join(world.run, 'spec.json');
      for (const { sha256 } of [one, one, two]) await world.store.place([{ sha256, to }]);
      expect(readFileSync(to, 'utf8')).toBe('two');
      expect(readdirSync(world.run)).toEqual(['spec.json']);
    });

    test.each(['../r2/x', '/etc/x', 'a/../../x', '..', '.', ''])('"%s" may not leave the folder', async (to) => {
      const file = world.write('a', 'x');
      await world.store.ensure([file], never);
      await expect(world.store.place([{ ...file, to }], world.run)).rejects.toMatchObject({ code: 'internal' });
    });

    test('goes through no symbolic link that a run left', async () => {
      const file = world.write('a', 'x');
      await world.store.ensure([file], never);
      const outside = tempDir();
      mkdirSync(world.run, { recursive: true });
      symlinkSync(outside, path.join(world.run, 'inputs'));
      world.own();
      await expect(world.store.place([{ ...file, to: 'inputs/sub/x' }], world.run)).rejects.toThrow(/symbolic link/);
      await world.store.place([{ ...file, to: 'inputs' }], world.run); // the link itself is replaced
      expect(readdirSync(outside)).toEqual([]);
      expect(readFileSync(path.join(world.run, 'inputs'), 'utf8')).toBe('x');
    });

    test('a content that a run wrote into is noticed, removed and can be sent again', async () => {
      const [file, good] = [world.write('a', 'as it was'), world.write('b', 'good')];
      await world.store.ensure([file, good], never);
      await world.store.place([{ ...file, to: 'a' }], world.run);
      writeFileSync(path.join(world.run, 'a'), 'as it i s'); // through the link
      const again = () =>
        world.store.place(
          [file, good].map((item) => ({ ...item, to: `next/${item.sha256}` })),
          world.run,
        );
      await expect(again()).rejects.toMatchObject({ code: 'transfer_failed' });
      expect(visible(world.root)).toEqual([good.sha256]);
      await world.store.ensure([file], never);
      await again();
      expect(readFileSync(path.join(world.run, 'next', file.sha256), 'utf8')).toBe('as it was');
    });

    test('more names than one command takes', async () => {
      const file = world.write('a', 'x');
      await world.store.ensure([file], never);
      const long = 'n'.repeat(200);
      await world.store.place(
        Array.from({ length: 400 }, (_, index) => ({ ...file, to: `${long}${index}` })),
        world.run,
      );
      expect(readdirSync(world.run)).toHaveLength(400);
    });
  });
}
