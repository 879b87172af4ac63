/** What another user of a shared GPU host can do to those who lease its GPUs: a real daemon, sshd and Docker engine. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { hostOfFile } from '../gpu-host/hosts.js';
import { RemoteWorld } from '../gpu-host/remote-world.js';
import { simImage } from '../gpu-host/sim/image.js';

const OTHER = '65534';
const host = await hostOfFile({ images: [await simImage()] });

test('a lock of the lease folder that somebody holds for ever is told by name, and its end lets the job go on', async () => {
  const leases = path.join(`/proc/${host.pid}/root`, 'var', 'tmp', 'cosmos-bridge', 'leases');
  mkdirSync(leases, { recursive: true });
  for (const folder of [path.dirname(leases), leases]) chmodSync(folder, 0o1777);
  const lock = path.join(leases, '.lock');
  if (!existsSync(lock)) writeFileSync(lock, '', { mode: 0o644 });
  const hold = ['-t', String(host.pid), '-m', '-p', 'setpriv', `--reuid=${OTHER}`, '--clear-groups', 'flock'];
  const command = [...hold, '/var/tmp/cosmos-bridge/leases/.lock', 'sh', '-c', 'echo held; exec sleep 600'];
  const neighbour = spawn('nsenter', command, { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const gone = once(neighbour, 'exit');
  const end = () => {
    if (neighbour.exitCode === null && neighbour.signalCode === null) process.kill(-(neighbour.pid ?? 0), 'SIGKILL');
  };
  onTestFinished(end);
  await once(neighbour.stdout, 'data');

  const world = await RemoteWorld.on(host);
  world.writeClip();
  const id = await world.submit();
  const waiting = await world.awaitJob(id, ({ reason }) => reason.includes('.lock is held by'));
  expect(waiting.reason).toMatch(
    /No GPU can be taken on the host, because \/var\/tmp\/cosmos-bridge\/leases\/\.lock is held by \S+.* \(process \d+\) for longer than any of us takes: ask them to end that/,
  );
  expect(waiting.error).toBeNull();
  end();
  await gone;
  expect(await world.ended(id)).toMatchObject({ state: 'succeeded', error: null });
});
