import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { BIG, type CreateStore, HOSTILE, never, StoreWorld } from './world.js';

export function fetchSuite(create: CreateStore): void {
  describe('fetch', () => {
    let world: StoreWorld;
    beforeEach(async () => {
      world = new StoreWorld(await create());
    });

    test('brings small and big files and empty ones byte for byte, whatever their names', async () => {
      const names = [...HOSTILE, 'empty', 'big'];
      const what = (name: string) => (name === 'big' ? BIG : name === 'empty' ? '' : `content of ${name}`);
      const files = names.map((name) => ({ name, ...world.onHost(`out/${name}`, what(name)) }));
      await world.store.fetch(
        files.map(({ from, name }) => ({ from, to: path.join(world.local, 'got', name) })),
        never,
      );
      for (const { from, name } of files) {
        expect(readFileSync(path.join(world.local, 'got', name)).equals(readFileSync(from))).toBe(true);
      }
      expect(readdirSync(path.join(world.local, 'got')).sort()).toEqual(names.sort());
    });

    test('two links to one file are both fetched, and a path may start at the root', async () => {
      const file = world.write('a', 'once');
      await world.store.ensure([file], never);
      await world.store.place(
        [
          { ...file, to: 'a' },
          { ...file, to: 'b' },
        ],
        world.run,
      );
      const wanted = ['a', 'b'].map((name) => ({ from: `runs/r1/${name}`, to: path.join(world.local, `got-${name}`) }));
      await world.store.fetch(wanted, never);
      for (const { to } of wanted) expect(readFileSync(to, 'utf8')).toBe('once');
    });

    test('keeps the order: each is complete before the next one begins', async () => {
      const names = ['1', '2', 'big', '3'];
      const files = names.map((name) => world.onHost(name, name === 'big' ? BIG : 5000));
      const to = (name: string) => path.join(world.local, `got-${name}`);
      const states: string[] = [];
      const look = () => states.push(names.filter((name) => existsSync(to(name))).join(' '));
      await world.store.fetch(
        names.map((name, index) => ({ from: files[index]?.from ?? '', to: to(name) })),
        never,
        look,
      );
      look();
      expect(states.filter((state) => !names.join(' ').startsWith(state))).toEqual([]);
      expect(states.at(-1)).toBe(names.join(' '));
    });

    test('progress counts all bytes and never goes back', async () => {
      const files = [world.onHost('a', 1000), world.onHost('b', BIG)];
      const seen: number[] = [];
      const wanted = files.map(({ from }, index) => ({ from, to: path.join(world.local, `got-${index}`) }));
      await world.store.fetch(wanted, never, (bytes) => seen.push(bytes));
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
      expect(seen.at(-1)).toBe(1000 + BIG);
    });

    test('says which file is not there, and that a folder is none', async () => {
      const file = world.onHost('folder/a', 'x');
      const missing = { from: path.join(world.run, 'no such'), to: path.join(world.local, 'x') };
      const folder = { from: path.join(world.run, 'folder'), to: path.join(world.local, 'y') };
      await expect(
        world.store.fetch([{ from: file.from, to: path.join(world.local, 'a') }, missing], never),
      ).rejects.toThrow(/no such/);
      await expect(world.store.fetch([folder], never)).rejects.toMatchObject({ code: 'not_found' });
    });

    test('replaces an older file of the name', async () => {
      const { from } = world.onHost('a', 'new');
      const to = path.join(world.local, 'old');
      writeFileSync(to, 'something longer');
      await world.store.fetch([{ from, to }], never);
      expect(readFileSync(to, 'utf8')).toBe('new');
    });
  });
}
