import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type Acquired, SlotLeases } from '../../../../daemon/host/ssh/lease.js';
import { LocalRemote } from '../../../support/local-remote.js';
import { tempDir } from '../../../support/tmp.js';

/** A host whose Docker knows the containers that are named in the file `containers`; without the file it is silent. */
function world() {
  const root = tempDir();
  const folder = path.join(root, 'shared', 'leases');
  mkdirSync(path.join(root, 'bin'));
  writeFileSync(path.join(root, 'bin', 'docker'), `#!/bin/sh\ncat "${root}/containers"\n`, { mode: 0o755 });
  const remote = new LocalRemote({ env: { PATH: `${root}/bin:${process.env.PATH}` } });
  const containers = (...names: string[]) => writeFileSync(path.join(root, 'containers'), `${names.join('\n')}\n`);
  containers();
  const leases = (owner = 'me@laptop') => new SlotLeases({ remote, owner, folder, seconds: 100 });
  const expire = (name: string) => utimesSync(path.join(folder, name), 1_000_000, 1_000_000);
  return { root, folder, leases, containers, expire };
}

test('a lease has a holder with a name, keeps others out, and ends when it is released', async () => {
  const { leases } = world();
  expect(await leases().acquire([0, 1], 'r1')).toEqual({ kind: 'held' });
  const busy = await leases('you@desk').acquire([1, 2], 'r2');
  expect(busy).toMatchObject({ kind: 'busy', holders: [{ gpu: 1, run: 'r1', owner: 'me@laptop', live: true }] });
  expect((await leases().list()).map(({ gpu }) => gpu)).toEqual([0, 1]); // nothing of r2, not even GPU 2
  await leases().release('r1');
  expect(await leases('you@desk').acquire([1, 2], 'r2')).toEqual({ kind: 'held' });
});

test('of eight that want the same GPUs at once, one gets them', async () => {
  const { leases } = world();
  const runs = Array.from({ length: 8 }, (_, index) => `r${index}`);
  const answers = await Promise.all(runs.map((run) => leases(run).acquire([0, 1], run)));
  expect(answers.filter(({ kind }: Acquired) => kind === 'held')).toHaveLength(1);
  expect(new Set((await leases().list()).map(({ run }) => run)).size).toBe(1);
});

test('of eight that find the same lease over at once, one takes it', async () => {
  const { leases, expire } = world();
  await leases().acquire([0], 'old');
  expire('gpu-0.old');
  const runs = Array.from({ length: 8 }, (_, index) => `r${index}`);
  const answers = await Promise.all(runs.map((run) => leases().acquire([0], run)));
  expect(answers.filter(({ kind }) => kind === 'held')).toHaveLength(1);
});

test('an expired lease counts while its container lives, and while Docker is silent', async () => {
  const { leases, containers, expire, root } = world();
  await leases().acquire([0], 'r1');
  expire('gpu-0.r1');
  containers('cosmos-r1', 'other');
  expect(await leases('you').acquire([0], 'r2')).toMatchObject({ kind: 'busy' });
  writeFileSync(path.join(root, 'bin', 'docker'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  expect(await leases('you').acquire([0], 'r2')).toMatchObject({ kind: 'busy' });
});

test('renewing is acquiring again; who lost it to another is told', async () => {
  const { leases, expire } = world();
  await leases().acquire([0], 'r1');
  expire('gpu-0.r1');
  expect(await leases().acquire([0], 'r1')).toEqual({ kind: 'held' });
  expect((await leases().list()).at(0)).toMatchObject({ live: true });
  expire('gpu-0.r1');
  await leases('you').acquire([0], 'r2');
  expect(await leases().acquire([0], 'r1')).toMatchObject({ kind: 'busy', holders: [{ run: 'r2' }] });
});

test('only the released run loses its leases, whatever it is called', async () => {
  const { leases } = world();
  await leases().acquire([0], 'a.r1');
  await leases().acquire([1], 'r1');
  await leases().release('r1');
  expect((await leases().list()).map(({ run }) => run)).toEqual(['a.r1']);
});

test('files of others that are no leases are passed over and left alone; the folder is for everybody', async () => {
  const { leases, folder } = world();
  await leases('a "b" $(c) {"container":"x"}').acquire([0], 'r1');
  writeFileSync(path.join(folder, 'gpu-1.zzz'), 'something else\n');
  expect((await leases().list()).map(({ owner }) => owner)).toEqual(['a "b" $(c) {"container":"x"}']);
  expect(readdirSync(folder)).toContain('gpu-1.zzz');
  expect(statSync(folder).mode & 0o7777).toBe(0o1777);
});
