import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../../../daemon/clock.js';
import { HostProgram } from '../../../../daemon/demo/sim/host-program.js';
import { tempDir } from '../../../support/tmp.js';

function program(text: string): HostProgram {
  const file = path.join(tempDir(), 'main.mjs');
  writeFileSync(file, text);
  return new HostProgram(file, systemClock);
}

const ACCESS = {
  ...{ address: '127.0.0.1', port: 2222, user: 'artist', identityFile: '/id', knownHosts: 'k', hostKey: 'SHA256:x' },
  ...{ root: '/root', image: 'cosmos-sim:1', checkout: '/checkout', hfCache: '/cache', envFile: '/env' },
};

test('tells how to reach the host, and ends with its standard input', async () => {
  const host = program(`console.log(${JSON.stringify(JSON.stringify(ACCESS))}); process.stdin.resume();`);
  expect(await host.access()).toEqual(ACCESS);
  expect(await host.close()).toBe(true);
});

test('a host that cannot be had is told with its last words', async () => {
  const host = program('console.error("noise\\nIt needs docker.io."); process.exitCode = 1;');
  await expect(host.access()).rejects.toThrow(/could not be brought up: It needs docker\.io\./);
  expect(await host.close()).toBe(false);
});

test('another line than expected is told as such', async () => {
  const host = program('console.log("{}"); process.stdin.resume();');
  await expect(host.access()).rejects.toThrow(/did not say how to reach it/);
  expect(await host.close()).toBe(true);
});
