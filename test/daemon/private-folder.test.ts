import { chmodSync, chownSync, lstatSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { closeFolder, makePrivate } from '../../daemon/private-folder.js';
import { asUsual, giveUsualMode } from '../../daemon/usual-mode.js';
import { tempDir } from '../support/tmp.js';

const modeOf = (file: string) => (lstatSync(file).mode & 0o7777).toString(8);
const isRoot = process.geteuid?.() === 0;

describe.skipIf(process.platform === 'win32')('a private folder', () => {
  test('is made with its parents for its owner alone', () => {
    const folder = path.join(tempDir(), 'a', 'state');
    makePrivate(folder);
    expect([modeOf(folder), modeOf(path.dirname(folder))]).toEqual(['700', '700']);
    expect(closeFolder(folder)).toEqual({ wasOpen: null, entries: 0 });
  });

  test('that somebody made open, with a backup in it, is closed to its last file, links not followed', () => {
    const base = tempDir();
    const folder = path.join(base, 'state');
    const elsewhere = path.join(base, 'movie.mp4');
    mkdirSync(path.join(folder, 'jobs', 'deep'), { recursive: true });
    for (const name of ['cosmos.db', 'cosmos.db-wal', 'jobs/deep/spec.json', 'tool'])
      writeFileSync(path.join(folder, name), '');
    writeFileSync(elsewhere, '');
    symlinkSync(elsewhere, path.join(folder, 'jobs', 'link'));
    for (const [name, mode] of [
      ['', 0o755],
      ['jobs', 0o775],
      ['jobs/deep', 0o777],
      ['tool', 0o755],
    ] as const) {
      chmodSync(path.join(folder, name), mode);
    }
    for (const name of ['cosmos.db', 'cosmos.db-wal', 'jobs/deep/spec.json']) chmodSync(path.join(folder, name), 0o644);
    chmodSync(elsewhere, 0o664);

    expect(closeFolder(folder)).toEqual({ wasOpen: '755', entries: 6 });
    for (const name of ['', 'jobs', 'jobs/deep', 'tool'])
      expect([name, modeOf(path.join(folder, name))]).toEqual([name, '700']);
    for (const name of ['cosmos.db', 'cosmos.db-wal', 'jobs/deep/spec.json']) {
      expect([name, modeOf(path.join(folder, name))]).toEqual([name, '600']);
    }
    expect(modeOf(elsewhere)).toBe('664');
    expect(closeFolder(folder)).toEqual({ wasOpen: null, entries: 0 });
  });

  test('a file that a backup put into a closed folder is closed, and what lies below', () => {
    const folder = path.join(tempDir(), 'state');
    makePrivate(folder);
    mkdirSync(path.join(folder, 'jobs'), { mode: 0o700 });
    writeFileSync(path.join(folder, 'jobs', 'spec.json'), '', { mode: 0o600 });
    chmodSync(path.join(folder, 'jobs', 'spec.json'), 0o640);
    writeFileSync(path.join(folder, 'daemon.log'), '');
    chmodSync(path.join(folder, 'daemon.log'), 0o604);
    expect(closeFolder(folder)).toEqual({ wasOpen: null, entries: 2 });
  });

  test('a link is refused, naming where it leads', () => {
    const base = tempDir();
    symlinkSync('elsewhere', path.join(base, 'state'));
    expect(() => makePrivate(path.join(base, 'state'))).toThrow(
      `The state folder ${base}/state is a link to ${base}/elsewhere. Name ${base}/elsewhere itself, with --state-dir or COSMOS_STATE_DIR.`,
    );
  });

  test.each([
    [0o777, 'refused'],
    [0o757, 'refused'],
    [0o1777, 'taken'],
    [0o755, 'taken'],
    [0o775, 'taken'], // of our own group, as umask 002 makes it
  ])('below a folder of mode %o it is %s', (mode, verdict) => {
    const above = path.join(tempDir(), 'above');
    mkdirSync(above);
    chmodSync(above, mode);
    const make = () => makePrivate(path.join(above, 'between', 'state'));
    if (verdict === 'taken') make();
    else
      expect(make).toThrow(
        `lies below ${realpathSync(above)}, where other users may rename and replace folders (mode ${mode.toString(8)})`,
      );
  });

  test.runIf(isRoot)(
    'what belongs to others is refused: the folder, one above it, a group of others, a gift in it',
    () => {
      const base = tempDir();
      const folder = (name: string) => {
        const made = path.join(base, name);
        mkdirSync(made, { mode: 0o755 });
        return made;
      };
      const foreign = folder('foreign');
      chownSync(foreign, 65534, 65534);
      expect(() => makePrivate(foreign)).toThrow(
        /belongs to \S+ \(uid 65534\), and this runs as root \(uid 0\)\. Run it as that user/,
      );
      expect(() => makePrivate(path.join(foreign, 'state'))).toThrow(
        /lies below \S+foreign, which belongs to \S+ \(uid 65534\)/,
      );
      const shared = folder('shared');
      chownSync(shared, 0, 65534);
      chmodSync(shared, 0o2775);
      expect(() => makePrivate(path.join(shared, 'state'))).toThrow(
        /where other users may rename and replace folders \(mode 2775\)/,
      );
      const open = folder('open');
      writeFileSync(path.join(open, 'daemon.log'), '');
      chownSync(path.join(open, 'daemon.log'), 65534, 65534);
      expect(() => closeFolder(open)).toThrow(
        /holds daemon\.log, which belongs to \S+ \(uid 65534\)\. Remove it, or make it yours/,
      );
      const way = folder('way');
      symlinkSync(folder('real'), path.join(way, 'link'));
      makePrivate(path.join(way, 'link', 'state')); // a link of ours on the way is our own choice
    },
  );
});

test.skipIf(process.platform === 'win32')('a copied file gets the mode of a new one', () => {
  const file = path.join(tempDir(), 'video.mp4');
  writeFileSync(file, '', { mode: 0o600 });
  giveUsualMode(file);
  const neighbour = path.join(path.dirname(file), 'new.txt');
  asUsual(() => writeFileSync(neighbour, ''));
  expect(modeOf(file)).toBe(modeOf(neighbour));
});
