/** Two people on one host, as two users of its kernel; one of them may mean harm. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Acquired, SlotLeases } from '../../../../daemon/host/ssh/lease.js';
import { LocalRemote } from '../../../support/local-remote.js';
import { SHARED_TMP, tempDir } from '../../../support/tmp.js';

const [ANNA, BEN] = [61_001, 61_002];
const LONG_AGO = 1_000_000;

/** A folder as /var/tmp is one, and the leases of each person in it. */
function world() {
  const root = tempDir(SHARED_TMP);
  chmodSync(root, 0o755);
  const shared = path.join(root, 'var-tmp');
  mkdirSync(shared);
  chmodSync(shared, 0o1777);
  writeFileSync(path.join(root, 'docker'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  const env = { PATH: `${root}:${process.env.PATH}` };
  const folder = path.join(shared, 'cosmos-bridge', 'leases');
  const of = (uid: number, owner: string) =>
    new SlotLeases({ remote: new LocalRemote({ uid, env }), owner, folder, seconds: 100, patience: 1 });
  return { shared, folder, anna: of(ANNA, 'anna@desk'), ben: of(BEN, 'ben@laptop') };
}

/** A file of Anna's that nobody else may read or write. */
function diaryIn(folder: string): string {
  const diary = path.join(folder, 'diary');
  writeFileSync(diary, 'dear diary', { mode: 0o600 });
  chownSync(diary, ANNA, ANNA);
  utimesSync(diary, LONG_AGO, LONG_AGO);
  return diary;
}

function plant(uid: number, link: string, target: string): void {
  symlinkSync(target, link);
  execFileSync('chown', ['--no-dereference', `${uid}`, link]);
}

test('who comes second finds the GPU taken, by name, and takes another one', async () => {
  const { anna, ben } = world();
  expect(await anna.acquire([0], 'r-anna')).toEqual({ kind: 'held' });
  const busy = await ben.acquire([0, 1], 'r-ben');
  expect(busy).toMatchObject({ kind: 'busy', holders: [{ gpu: 0, owner: 'anna@desk', live: true }] });
  expect(await ben.acquire([1], 'r-ben')).toEqual({ kind: 'held' });
  for (const one of [anna, ben]) {
    const seen = (await one.list()).map(({ gpu, owner, live }) => [gpu, owner, live]);
    expect(seen).toEqual([
      [0, 'anna@desk', true],
      [1, 'ben@laptop', true],
    ]);
  }
});

test('of two people who want the same GPU at the same moment, again and again, one gets it', async () => {
  const { anna, ben } = world();
  for (let round = 0; round < 5; round++) {
    const people = [anna, ben, anna, ben].map((one, index) => one.acquire([0], `r${round}-${index}`));
    const answers = await Promise.all(people);
    expect(answers.filter(({ kind }: Acquired) => kind === 'held')).toHaveLength(1);
    await Promise.all([0, 2].map((index) => anna.release(`r${round}-${index}`)));
    await Promise.all([1, 3].map((index) => ben.release(`r${round}-${index}`)));
  }
});

test('the lease of another is never removed, not even when it is over', async () => {
  const { folder, anna, ben } = world();
  await anna.acquire([0], 'r-anna');
  await expect(ben.release('r-anna')).rejects.toMatchObject({ code: 'host_step_failed' });
  expect(await ben.acquire([0], 'r-ben')).toMatchObject({ kind: 'busy' });
  utimesSync(path.join(folder, 'gpu-0.r-anna'), LONG_AGO, LONG_AGO);
  expect(await ben.acquire([0], 'r-ben')).toEqual({ kind: 'held' });
  expect(lstatSync(path.join(folder, 'gpu-0.r-anna')).uid).toBe(ANNA);
  expect(await anna.acquire([0], 'r-anna')).toMatchObject({ kind: 'busy', holders: [{ owner: 'ben@laptop' }] });
});

test('links that somebody has laid lead no write and no look astray', async () => {
  const { shared, folder, anna, ben } = world();
  await ben.acquire([7], 'r-ben'); // the folder is his: kernels let everybody follow his links in it
  const diary = diaryIn(shared);
  for (const name of [`.now.${ANNA}`, '.draft.r-anna', 'gpu-0.r-anna', 'gpu-0.zzz'])
    plant(BEN, path.join(folder, name), diary);
  execFileSync('mkfifo', [path.join(folder, 'gpu-1.pipe')]);
  await anna.acquire([0, 1], 'r-anna').catch(() => undefined); // to fail is allowed
  expect((await anna.list()).map(({ run }) => run)).toContain('r-ben');
  expect(readFileSync(diary, 'utf8')).toBe('dear diary');
  expect(lstatSync(diary).mtimeMs).toBe(LONG_AGO * 1000);
});

test.each([
  ['the lock is a link', (folder: string, diary: string) => plant(BEN, path.join(folder, '.lock'), diary), /\.lock/],
  ['the lock is a pipe', (folder: string) => execFileSync('mkfifo', [path.join(folder, '.lock')]), /\.lock/],
  ['everybody may remove what is in the folder', (folder: string) => chmodSync(folder, 0o777), /leases/],
])('where %s nothing is done, and the sentence says why', async (_, harm, named) => {
  const { shared, folder, anna } = world();
  mkdirSync(folder, { recursive: true });
  for (const place of [path.dirname(folder), folder]) {
    chmodSync(place, 0o1777);
    chownSync(place, BEN, BEN);
  }
  harm(folder, diaryIn(shared));
  const taking = anna.acquire([0], 'r-anna');
  await expect(taking).rejects.toMatchObject({ code: 'leases_blocked', message: expect.stringMatching(named) });
});

test('a folder that is a link to somewhere else is not used', async () => {
  const { shared, anna } = world();
  const elsewhere = path.join(shared, 'elsewhere');
  mkdirSync(elsewhere);
  chownSync(elsewhere, ANNA, ANNA);
  plant(BEN, path.join(shared, 'cosmos-bridge'), elsewhere);
  await expect(anna.acquire([0], 'r-anna')).rejects.toMatchObject({ code: 'leases_blocked' });
});

test('a lock that somebody holds for ever is told by their name; leases are seen and given back meanwhile', async () => {
  const { folder, anna, ben } = world();
  await ben.acquire([1], 'r-ben');
  await anna.acquire([2], 'r-anna');
  const hold = [
    '--reuid',
    `${BEN}`,
    '--clear-groups',
    'flock',
    path.join(folder, '.lock'),
    'sh',
    '-c',
    'echo held; exec sleep 600',
  ];
  const neighbour = spawn('setpriv', hold, { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const gone = once(neighbour, 'exit');
  const end = () => process.kill(-(neighbour.pid ?? 0), 'SIGKILL');
  onTestFinished(() => {
    if (neighbour.exitCode === null && neighbour.signalCode === null) end();
  });
  await once(neighbour.stdout, 'data');
  await expect(anna.acquire([0], 'r-anna-2')).rejects.toMatchObject({
    code: 'leases_blocked',
    message: expect.stringMatching(
      /^No GPU can be taken on the host, because \S+\/\.lock is held by uid 61002 \(process \d+\) for longer than any of us takes: ask them to end that\. The job goes on by itself then\.$/,
    ),
  });
  expect((await anna.list()).map(({ run }) => run)).toEqual(expect.arrayContaining(['r-ben', 'r-anna']));
  await anna.release('r-anna');
  expect((await anna.list()).map(({ run }) => run)).toEqual(['r-ben']);
  end();
  await gone;
  expect(await anna.acquire([0], 'r-anna-2')).toEqual({ kind: 'held' });
});

test('leases of the future, garbage, huge files and numbers that are none keep nobody out, and are over at once', async () => {
  const { folder, anna, ben } = world();
  await ben.acquire([0], 'r-ben');
  const plantFile = (name: string, content: string | Buffer, when = Date.now() / 1000) => {
    writeFileSync(path.join(folder, name), content, { mode: 0o644 });
    chownSync(path.join(folder, name), BEN, BEN);
    utimesSync(path.join(folder, name), when, when);
  };
  const lease = (facts: object) =>
    JSON.stringify({ container: 'cosmos-x', seconds: 100, run: 'x', owner: 'ben', ...facts });
  utimesSync(path.join(folder, 'gpu-0.r-ben'), 4_000_000_000, 4_000_000_000); // the year 2096
  plantFile('gpu-0.garbage', 'no lease at all\n');
  plantFile('gpu-0.empty', '');
  plantFile('gpu-0.nul', Buffer.alloc(300));
  plantFile('gpu-0.huge', Buffer.alloc(2 ** 24, '{"container":"x","seconds":100}'));
  plantFile('gpu-0.ever', lease({ seconds: '99999999999999999999' }).replace(/"(9+)"/, '$1'), Date.now() / 1000 - 4000);
  plantFile('gpu-0.words', lease({ seconds: 'x$(touch pwned)' }), Date.now() / 1000 - 4000);
  for (let index = 0; index < 1500; index++) writeFileSync(path.join(folder, `gpu-0.g${index}`), '\u001b]0;x\u0007');
  expect(await anna.acquire([0], 'r-anna')).toEqual({ kind: 'held' });
  const live = (await anna.list()).filter((one) => one.live);
  expect(live.map(({ run }) => run)).toEqual(['r-anna']);
  for (let index = 0; index < 1000; index++) writeFileSync(path.join(folder, `gpu-3.g${index}x`), '', { mode: 0o644 });
  for (let index = 0; index < 1001; index++) writeFileSync(path.join(folder, `gpu-3.h${index}x`), '', { mode: 0o644 });
  await expect(anna.acquire([3], 'r-3')).rejects.toMatchObject({
    code: 'leases_blocked',
    message: expect.stringContaining('has more than 2000 files named gpu-3.*: remove them, or ask their owners to'),
  });
});
