import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { expect, test } from 'vitest';
import { execute } from './execute.js';
import { hostOfTest } from './hosts.js';
import { TINY_IMAGE, tinyImage } from './tiny-image.js';

test('a reboot ends every process and keeps the disk, the images and the host key', async () => {
  const host = await hostOfTest({ images: [await tinyImage()], homeBytes: 2 ** 20 });
  const key = host.hostKey;
  await host.docker('run', '-d', '--name', 'steady', TINY_IMAGE, 'sleep', '1000');
  await host.ssh('echo kept >kept; sleep 1000 </dev/null >/dev/null 2>&1 &');
  await host.reboot();

  expect(await host.ssh('cat kept; pgrep sleep')).toMatchObject({ stdout: 'kept\n', exitCode: 1 });
  expect((await host.ssh(`docker inspect --format '{{.State.Status}}' steady`)).stdout).toBe('exited\n');
  expect(await host.ssh('docker run --rm', TINY_IMAGE, 'true')).toMatchObject({ exitCode: 0 });
  expect(host.hostKey).toBe(key);
});

test('a full disk is the kernel’s own', async () => {
  const host = await hostOfTest({ docker: false, homeBytes: 2 ** 20 });
  await host.fillDisk(4096);
  expect((await host.ssh('head -c 100000 /dev/zero >big')).stderr).toContain('No space left on device');
  await host.freeDisk();
  expect(await host.ssh('head -c 100000 /dev/zero >big')).toMatchObject({ exitCode: 0 });
  expect(() => writeFileSync(path.join(host.home, 'more'), Buffer.alloc(2 ** 21))).toThrow('ENOSPC');
});

test('the clock of a host can be wrong', async () => {
  const host = await hostOfTest({ docker: false });
  const wrong = async () =>
    Number((await host.ssh('date +%s')).stdout) - Number((await execute(['date', '+%s'])).stdout);
  expect(Math.abs(await wrong())).toBeLessThanOrEqual(1);
  host.setClockSkew(-3600);
  expect(Math.abs((await wrong()) + 3600)).toBeLessThanOrEqual(1);
});

test('behind a WAN every round trip takes its time, and a cut line is silent until it heals', async () => {
  const host = await hostOfTest({ docker: false, wan: { roundTripMs: 40, megabits: 100 } });
  const trips = [await roundTrip(host), await roundTrip(host), await roundTrip(host), await roundTrip(host)];
  expect(Math.min(...trips)).toBeGreaterThanOrEqual(39); // timers are rounded down to a millisecond
  expect(Math.min(...trips)).toBeLessThan(80);

  host.wan.change({ roundTripMs: 10 });
  expect(Math.min(await roundTrip(host), await roundTrip(host), await roundTrip(host))).toBeLessThan(39);

  host.cutNetwork();
  const cut = await execute([
    'ssh',
    '-o',
    'ConnectTimeout=1',
    ...host.sshOptions,
    `${host.user}@${host.address}`,
    'true',
  ]);
  expect(cut.stderr).toContain('timed out');
  host.healNetwork();
  expect(await host.ssh('true')).toMatchObject({ exitCode: 0 });
});

test('a line is no faster than its rate', async () => {
  const host = await hostOfTest({ docker: false, wan: { roundTripMs: 1, megabits: 8 } });
  const begin = performance.now();
  const { stdout } = await host.ssh('head -c 1000000 /dev/zero');
  expect(stdout.length).toBe(1_000_000); // one second of the line
  expect(performance.now() - begin).toBeGreaterThan(900);
});

/** Milliseconds that TCP's handshake takes. */
async function roundTrip(host: { address: string; port: number }): Promise<number> {
  const begin = performance.now();
  const socket = connect(host.port, host.address);
  await once(socket, 'connect');
  const took = performance.now() - begin;
  socket.destroy();
  return took;
}
