/** One disk that does not answer: its askers are told, it keeps few threads, others are not touched, it comes back. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { Disks } from '../../../daemon/foreign/all-disks.js';
import { Disk } from '../../../daemon/foreign/disk.js';
import { ManualClock } from '../../support/clock.js';
import { tempDir } from '../../support/tmp.js';

const SILENT = { code: 'disk_silent', data: { disk: '/mnt/nas' } };

/** A question that is answered when the test says so. */
function question() {
  let answer = (_: string) => {};
  const answered = new Promise<string>((resolve) => {
    answer = resolve;
  });
  return { ask: vi.fn(() => answered), answer: () => answer('yes') };
}

function diskOf(most = 2) {
  const clock = new ManualClock();
  const look = question();
  const changed = vi.fn();
  return { clock, look, changed, disk: new Disk({ point: '/mnt/nas', most, clock, look: look.ask, changed }) };
}

test('so many threads and no more; the next asks when one is answered', async () => {
  const { disk } = diskOf();
  const asked = [question(), question(), question()] as const;
  const answers = asked.map(({ ask }) => disk.run(ask));
  expect(asked.map(({ ask }) => ask.mock.calls.length)).toEqual([1, 1, 0]);
  asked[0].answer();
  expect(await answers[0]).toBe('yes');
  await vi.waitFor(() => expect(asked[2].ask).toHaveBeenCalled());
});

test('in time it is silent: who waits and who comes is told, and nothing more is asked', async () => {
  const { disk, clock, changed } = diskOf();
  const asked = [question(), question(), question()] as const;
  const answers = asked.map(({ ask }) => disk.run(ask));
  const child = disk.during(() => new Promise(() => {}));
  clock.advance(20_000);
  for (const answer of [...answers, child]) await expect(answer).rejects.toMatchObject(SILENT);
  const late = question();
  await expect(disk.run(late.ask)).rejects.toThrow(/^The disk at \/mnt\/nas does not answer\./);
  expect([late.ask.mock.calls.length, asked[2].ask.mock.calls.length, disk.held]).toEqual([0, 0, 3]); // two questions and a look
  expect(changed).toHaveBeenCalledTimes(1);
});

test('it is back when an old question is answered, or a look succeeds while a thread is free', async () => {
  const { disk, clock, look, changed } = diskOf();
  const stuck = question();
  const answer = disk.run(stuck.ask);
  clock.advance(16_000);
  await expect(answer).rejects.toMatchObject(SILENT);
  clock.advance(60_000);
  expect(look.ask).toHaveBeenCalledTimes(1); // one look at a time, however long it takes
  look.answer();
  await vi.waitFor(() => expect(disk.isSilent).toBe(false));
  expect(changed).toHaveBeenCalledTimes(2);
  expect(await disk.run(async () => 'read')).toBe('read');
  stuck.answer();
  await vi.waitFor(() => expect(disk.held).toBe(0));
});

test('a disk that holds all its threads stays silent until one is given back', async () => {
  const { disk, clock, look } = diskOf(1);
  const stuck = question();
  const answer = disk.run(stuck.ask);
  clock.advance(16_000);
  await expect(answer).rejects.toMatchObject(SILENT);
  clock.advance(10_000);
  look.answer();
  await vi.waitFor(() => expect(disk.held).toBe(1));
  expect(disk.isSilent).toBe(true);
  stuck.answer();
  await vi.waitFor(() => expect(disk.isSilent).toBe(false));
});

test('a question that may take long is waited for while the disk answers looks, and not when it does not', async () => {
  const { disk, clock, look } = diskOf();
  const long = question();
  const answer = disk.run(long.ask, 120_000);
  clock.advance(16_000);
  look.answer();
  await vi.waitFor(() => expect(disk.held).toBe(1));
  expect(disk.isSilent).toBe(false);
  long.answer();
  expect(await answer).toBe('yes');
  const other = diskOf();
  const never = other.disk.run(question().ask, 120_000);
  other.clock.advance(40_000);
  await expect(never).rejects.toMatchObject(SILENT);
});

/** Each top folder is a disk of its own. */
function twoDisks() {
  const root = tempDir();
  const [dead, well] = [path.join(root, 'dead'), path.join(root, 'well')];
  for (const folder of [dead, well]) mkdirSync(folder);
  writeFileSync(path.join(well, 'file'), 'read');
  symlinkSync(dead, path.join(well, 'link'));
  const mountOf = (file: string) => ({ point: [dead, well].find((one) => file.startsWith(one)) ?? '/' });
  const clock = new ManualClock();
  return { dead, well, clock, disks: new Disks({ clock, mountOf, most: 2 }) };
}

test('real threads that never return take nothing from another disk, also behind a link that lies there', async () => {
  if (process.platform === 'win32') return expect(path.sep).toBe('\\'); // there is no pipe that keeps a thread
  const { dead, well, clock, disks } = twoDisks();
  const pipe = path.join(dead, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const readPipe = (file: string) => disks.run(file, (at) => open(at, 'r')); // blocks its thread until somebody writes
  const answers = [readPipe(pipe), readPipe(pipe), readPipe(path.join(well, 'link', 'pipe'))];
  const failed = Promise.allSettled(answers);
  await vi.waitFor(() => expect(disks.held).toBe(2));
  clock.advance(20_000);
  expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  await expect(disks.run(path.join(well, 'link', 'other'), readFile)).rejects.toMatchObject({ data: { disk: dead } });
  expect(String(await disks.run(path.join(well, 'file'), readFile))).toBe('read');
  const writer = openSync(pipe, 'w'); // the cable is in again
  await vi.waitFor(() => expect(disks.held).toBe(0));
  closeSync(writer);
  await expect(disks.run(path.join(dead, 'no'), readFile)).rejects.toMatchObject({ code: 'ENOENT' });
});
