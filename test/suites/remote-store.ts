/** What RemoteStore promises, over any Remote whose files this machine sees at the same paths. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../daemon/clock.js';
import type { Remote } from '../../daemon/host/remote.js';
import { RemoteStore } from '../../daemon/host/transfer.js';
import { contentOf, MB, stored, unfinished, visible } from '../support/contents.js';
import { tempDir } from '../support/tmp.js';

export interface StoreUnderTest {
  readonly remote: Remote;
  /** A folder on the host that is not there yet. */
  readonly root: string;
  /** Gives what the test itself made below the root to the host's user. */
  own?(): void;
}

const never = new AbortController().signal;
const BIG = 9 * MB;
const HOSTILE = [
  "quote's.mp4",
  '"double".mp4',
  'new\nline',
  '$(reboot)',
  '`id`',
  '-rf',
  'ü 名前 🎬.png',
  'a\\b',
  '*',
  ' ',
  '\t',
  '%s%n',
];

export function remoteStoreSuite(create: () => StoreUnderTest | Promise<StoreUnderTest>): void {
  let subject: StoreUnderTest;
  let store: RemoteStore;
  let local: string;
  let root: string;
  let run: string;
  beforeEach(async () => {
    subject = await create();
    root = subject.root;
    run = path.posix.join(root, 'runs', 'r1');
    store = new RemoteStore(subject.remote, root, systemClock, 'daemon');
    local = tempDir();
  });
  const write = (name: string, what: number | string) => contentOf(local, name, what);
  const onHost = (name: string, what: number | string) => {
    mkdirSync(path.dirname(path.join(run, name)), { recursive: true });
    const content = contentOf(run, name, what);
    subject.own?.();
    return content;
  };

  describe('ensure', () => {
    test('brings small and big files and an empty one, for the owner alone', async () => {
      const files = [write('a', 'small'), write('b', BIG), write('c', 0)];
      expect(await store.ensure(files, never)).toEqual({ sentBytes: 5 + BIG });
      expect(visible(root)).toEqual(files.map(({ sha256 }) => sha256).sort());
      expect(unfinished(root)).toEqual([]);
      for (const file of files) expect(statSync(stored(root, file)).mode & 0o777).toBe(0o600);
      expect(statSync(path.dirname(stored(root, files[0] ?? write('a', '')))).mode & 0o777).toBe(0o700);
    });

    test('sends nothing twice: not one content under two names, nor what an earlier job brought', async () => {
      const [one, same, big] = [write('a', 'alike'), write('b', 'alike'), write('big', BIG)];
      expect(await store.ensure([one, same, big, big], never)).toEqual({ sentBytes: 5 + BIG });
      const later = new RemoteStore(subject.remote, root, systemClock);
      expect(await later.ensure([same, big, write('c', 'new')], never)).toEqual({ sentBytes: 3 });
    });

    test('a content that lost its bytes is sent again', async () => {
      const file = write('a', 'whole');
      await store.ensure([file], never);
      writeFileSync(stored(root, file), '');
      expect(await store.ensure([file], never)).toEqual({ sentBytes: 5 });
      visible(root);
    });

    test('progress counts all bytes of all files, never goes back and ends at their sum', async () => {
      const files = [write('a', 'already there'), write('b', 1000), write('c', BIG), write('d', BIG)];
      await store.ensure(files.slice(0, 1), never);
      const seen: number[] = [];
      await store.ensure(files, never, (bytes) => seen.push(bytes));
      expect(seen[0]).toBe(13);
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
      expect(seen.at(-1)).toBe(13 + 1000 + 2 * BIG);
    });

    test('a thousand small files', async () => {
      const files = Array.from({ length: 1000 }, (_, index) => write(`f${index}`, `content ${index}`));
      await store.ensure(files, never);
      expect(visible(root)).toEqual(files.map(({ sha256 }) => sha256).sort());
      expect(await store.ensure(files, never)).toEqual({ sentBytes: 0 });
    });

    test.each([
      ['small', 1000],
      ['big', BIG],
    ])('a %s file that is not its hash is never visible', async (_, bytes) => {
      const wrong = { ...write('a', bytes), sha256: write('b', bytes).sha256 };
      await expect(store.ensure([wrong], never)).rejects.toMatchObject({ code: 'transfer_failed' });
      expect(visible(root)).toEqual([]);
      expect(unfinished(root)).toEqual([]);
    });

    test.each([
      ['small', 1000],
      ['big', BIG],
    ])('a %s file that changed its size is refused', async (_, bytes) => {
      const file = write('a', bytes);
      write('a', bytes + 1);
      await expect(store.ensure([file], never)).rejects.toMatchObject({ code: 'clip_changed' });
      expect(visible(root)).toEqual([]);
    });

    test('two daemons may bring the same contents at the same time', async () => {
      const files = [write('a', BIG), ...Array.from({ length: 50 }, (_, index) => write(`f${index}`, 20_000))];
      const other = new RemoteStore(subject.remote, root, systemClock, 'other');
      await Promise.all([store.ensure(files, never), other.ensure(files, never)]);
      expect(visible(root)).toEqual(files.map(({ sha256 }) => sha256).sort());
      expect(unfinished(root)).toEqual([]);
    });

    test('an aborted one ends, and the next brings the rest', async () => {
      const files = [write('a', BIG), write('b', BIG)];
      const abort = new AbortController();
      const broken = store.ensure(files, abort.signal, (bytes) => bytes > 0 && abort.abort());
      await expect(broken).rejects.toThrow();
      await store.ensure(files, never);
      expect(visible(root)).toHaveLength(2);
    });
  });

  describe('place', () => {
    test('gives contents their names by hard link, whatever the names', async () => {
      const files = HOSTILE.map((name, index) => ({ name, ...write(`f${index}`, `content of ${name}`) }));
      await store.ensure(files, never);
      await store.place(
        files.map(({ sha256, name }) => ({ sha256, to: `in/${name}/${name}` })),
        run,
      );
      for (const { name, ...file } of files) {
        expect(readFileSync(path.join(run, 'in', name, name), 'utf8')).toBe(`content of ${name}`);
        expect(statSync(stored(root, file)).nlink).toBe(2);
      }
      expect(readdirSync(path.join(run, 'in')).sort()).toEqual([...HOSTILE].sort());
    });

    test('may be repeated, and replaces what has the name', async () => {
      const [one, two] = [write('a', 'one'), write('b', 'two')];
      await store.ensure([one, two], never);
      const to = path.posix.join(run, 'spec.json');
      for (const { sha256 } of [one, one, two]) await store.place([{ sha256, to }]);
      expect(readFileSync(to, 'utf8')).toBe('two');
      expect(readdirSync(run)).toEqual(['spec.json']);
    });

    test.each(['../r2/x', '/etc/x', 'a/../../x', '..', '.', ''])('"%s" may not leave the folder', async (to) => {
      const file = write('a', 'x');
      await store.ensure([file], never);
      await expect(store.place([{ ...file, to }], run)).rejects.toMatchObject({ code: 'internal' });
    });

    test('goes through no symbolic link that a run left', async () => {
      const file = write('a', 'x');
      await store.ensure([file], never);
      const outside = tempDir();
      mkdirSync(run, { recursive: true });
      symlinkSync(outside, path.join(run, 'inputs'));
      subject.own?.();
      await expect(store.place([{ ...file, to: 'inputs/sub/x' }], run)).rejects.toThrow(/symbolic link/);
      await store.place([{ ...file, to: 'inputs' }], run); // the link itself is replaced
      expect(readdirSync(outside)).toEqual([]);
      expect(readFileSync(path.join(run, 'inputs'), 'utf8')).toBe('x');
    });

    test('a content that a run wrote into is noticed, removed and can be sent again', async () => {
      const [file, good] = [write('a', 'as it was'), write('b', 'good')];
      await store.ensure([file, good], never);
      await store.place([{ ...file, to: 'a' }], run);
      writeFileSync(path.join(run, 'a'), 'as it i s'); // through the link
      const again = () =>
        store.place(
          [file, good].map((item) => ({ ...item, to: `next/${item.sha256}` })),
          run,
        );
      await expect(again()).rejects.toMatchObject({ code: 'transfer_failed' });
      expect(visible(root)).toEqual([good.sha256]);
      await store.ensure([file], never);
      await again();
      expect(readFileSync(path.join(run, 'next', file.sha256), 'utf8')).toBe('as it was');
    });

    test('more names than one command takes', async () => {
      const file = write('a', 'x');
      await store.ensure([file], never);
      const long = 'n'.repeat(200);
      await store.place(
        Array.from({ length: 400 }, (_, index) => ({ ...file, to: `${long}${index}` })),
        run,
      );
      expect(readdirSync(run)).toHaveLength(400);
    });
  });

  describe('fetch', () => {
    test('brings small and big files and empty ones byte for byte, whatever their names', async () => {
      const names = [...HOSTILE, 'empty', 'big'];
      const what = (name: string) => (name === 'big' ? BIG : name === 'empty' ? '' : `content of ${name}`);
      const files = names.map((name) => ({ name, ...onHost(`out/${name}`, what(name)) }));
      await store.fetch(
        files.map(({ from, name }) => ({ from, to: path.join(local, 'got', name) })),
        never,
      );
      for (const { from, name } of files) {
        expect(readFileSync(path.join(local, 'got', name)).equals(readFileSync(from))).toBe(true);
      }
      expect(readdirSync(path.join(local, 'got')).sort()).toEqual(names.sort());
    });

    test('two links to one file are both fetched, and a path may start at the root', async () => {
      const file = write('a', 'once');
      await store.ensure([file], never);
      await store.place(
        [
          { ...file, to: 'a' },
          { ...file, to: 'b' },
        ],
        run,
      );
      const wanted = ['a', 'b'].map((name) => ({ from: `runs/r1/${name}`, to: path.join(local, `got-${name}`) }));
      await store.fetch(wanted, never);
      for (const { to } of wanted) expect(readFileSync(to, 'utf8')).toBe('once');
    });

    test('keeps the order: each is complete before the next one begins', async () => {
      const names = ['1', '2', 'big', '3'];
      const files = names.map((name) => onHost(name, name === 'big' ? BIG : 5000));
      const to = (name: string) => path.join(local, `got-${name}`);
      const states: string[] = [];
      const look = () => states.push(names.filter((name) => existsSync(to(name))).join(' '));
      await store.fetch(
        names.map((name, index) => ({ from: files[index]?.from ?? '', to: to(name) })),
        never,
        look,
      );
      look();
      expect(states.filter((state) => !names.join(' ').startsWith(state))).toEqual([]);
      expect(states.at(-1)).toBe(names.join(' '));
    });

    test('progress counts all bytes and never goes back', async () => {
      const files = [onHost('a', 1000), onHost('b', BIG)];
      const seen: number[] = [];
      const wanted = files.map(({ from }, index) => ({ from, to: path.join(local, `got-${index}`) }));
      await store.fetch(wanted, never, (bytes) => seen.push(bytes));
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
      expect(seen.at(-1)).toBe(1000 + BIG);
    });

    test('says which file is not there, and that a folder is none', async () => {
      const file = onHost('folder/a', 'x');
      const missing = { from: path.join(run, 'no such'), to: path.join(local, 'x') };
      const folder = { from: path.join(run, 'folder'), to: path.join(local, 'y') };
      await expect(store.fetch([{ from: file.from, to: path.join(local, 'a') }, missing], never)).rejects.toThrow(
        /no such/,
      );
      await expect(store.fetch([folder], never)).rejects.toMatchObject({ code: 'not_found' });
    });

    test('replaces an older file of the name', async () => {
      const { from } = onHost('a', 'new');
      const to = path.join(local, 'old');
      writeFileSync(to, 'something longer');
      await store.fetch([{ from, to }], never);
      expect(readFileSync(to, 'utf8')).toBe('new');
    });
  });

  describe('prune', () => {
    /** Brings contents of 1,000 bytes whose last use lies further back the earlier they stand. */
    async function aged(count: number) {
      const files = Array.from({ length: count }, (_, index) => write(`f${index}`, 1000));
      await store.ensure(files, never);
      for (const [index, file] of files.entries()) {
        const used = new Date(systemClock.now() - (count - index) * 3_600_000);
        utimesSync(stored(root, file), used, used);
      }
      return files;
    }
    const left = (files: readonly { sha256: string }[]) => files.map((file) => existsSync(stored(root, file)));

    test('removes the least recently used until so many bytes are left', async () => {
      const files = await aged(5);
      await store.prune(5000);
      expect(left(files)).toEqual([true, true, true, true, true]);
      await store.prune(2999);
      expect(left(files)).toEqual([false, false, false, true, true]);
    });

    test('a content that is asked for counts as used', async () => {
      const files = await aged(3);
      await store.ensure(files.slice(0, 1), never);
      await store.prune(1000);
      expect(left(files)).toEqual([true, false, false]);
    });

    test('keeps what a run folder links, and what was asked for just now', async () => {
      const files = await aged(3);
      await store.place(
        files.slice(0, 1).map(({ sha256 }) => ({ sha256, to: 'a' })),
        run,
      );
      const fresh = write('fresh', 10);
      await store.ensure([fresh], never);
      await store.prune(0);
      expect(left([...files, fresh])).toEqual([true, false, false, true]);
    });

    test('touches nothing that is not ours', async () => {
      const [file] = await aged(1);
      const cas = path.join(root, 'cas');
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
      subject.own?.();
      await store.prune(0);
      expect(strange.filter((name) => !existsSync(path.join(cas, name)))).toEqual([]);
      expect(readdirSync(outside)).toHaveLength(1);
      expect(left(file === undefined ? [] : [file])).toEqual([false]);
    });

    test('unfinished uploads that nobody came back for go after a week', async () => {
      await store.ensure([write('a', 'x')], never);
      const incoming = path.join(root, 'cas', 'incoming');
      for (const [name, days] of [
        ['old.part', 9],
        ['young.part', 1],
      ] as const) {
        writeFileSync(path.join(incoming, name), 'x');
        const then = new Date(systemClock.now() - days * 86_400_000);
        utimesSync(path.join(incoming, name), then, then);
      }
      subject.own?.();
      await store.prune(10);
      expect(unfinished(root)).toEqual(['young.part']);
    });

    test('a host that has no store yet has nothing to prune', async () => {
      await store.prune(0);
      expect(existsSync(root)).toBe(false);
    });
  });
}
