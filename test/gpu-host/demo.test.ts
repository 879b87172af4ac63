/** `cosmos demo --host sim` proves itself: one JSON object, every proof in it, and nothing left behind. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cosmos, runCosmos } from '../support/cosmos.js';
import { tempDir } from '../support/tmp.js';
import { DISK_PREFIX } from './disk.js';

/** Folders of the hosts that children of a process are: their names have the ids of those. */
function hostsOf(pid: number | undefined): string[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  const isOurs = (name: string) => children.some((child) => name.startsWith(`${DISK_PREFIX}${child}-`));
  return readdirSync(tmpdir()).flatMap((name) => (isOurs(name) ? [path.join(tmpdir(), name)] : []));
}

/** Would break every login if anybody asked it. */
const NOT_OURS = { SSH_AUTH_SOCK: '/nonexistent/agent' };

test.each([
  ['transfer2.5', { width: 640, height: 360 }],
  ['cosmos3', { width: 1280, height: 720 }],
] as const)('the demo on a simulated host with %s', async (engine, size) => {
  const stateDir = tempDir();
  const keep = path.join(stateDir, 'kept');
  const args = ['--json', 'demo', '--host', 'sim', '--engine', engine, '--keep', keep];
  const { code, stdout, stderr } = await runCosmos({ stateDir, env: NOT_OURS }, ...args);
  expect(code, stderr).toBe(0);
  const report = JSON.parse(stdout);

  expect(report).toMatchObject({ ok: true, state: 'succeeded', engine, simulated: true, frames: 48, fps: 24, ...size });
  expect(report.proved).toHaveLength(12);
  expect(report.host).toMatchObject({
    name: 'sim',
    image: 'cosmos-sim:1',
    container: expect.stringMatching(/^\w{64}$/),
  });
  const steps = report.host.stages.filter((stage: string) => /^chunk 1\/1, step \d+\/35$/.test(stage));
  expect(steps.length).toBeGreaterThan(5);
  for (const file of [report.output, report.contactSheet, report.spec]) expect(existsSync(file), file).toBe(true);

  const [, address, port] = /@(.*):(\d+)$/.exec(report.host.login) ?? [];
  expect(readFileSync(path.join(keep, 'home', '.ssh', 'config'), 'utf8')).toContain(
    `HostName ${address}\n  Port ${port}`,
  );
  expect(existsSync(path.join(stateDir, '.ssh'))).toBe(false); // the home of the user who started it
  expect(readFileSync(path.join(keep, 'state', 'daemon.log'), 'utf8')).not.toContain('HF_TOKEN=');
});

test('stopped while the host is up, it takes everything down', async () => {
  const { child, finished } = cosmos({ stateDir: tempDir() }, 'demo', '--host', 'sim');
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (data) => {
      said += data;
      if (said.includes('checks fine')) resolve();
    });
    child.once('exit', () => resolve());
  });
  expect(said).toContain('checks fine');
  const [host = ''] = hostsOf(child.pid);
  expect(existsSync(host)).toBe(true);

  child.kill('SIGINT');
  const { code, stdout } = await finished;
  expect(code).toBe(1);
  expect(stdout).toContain('The demo was stopped by SIGINT.');
  expect(existsSync(host)).toBe(false);
});

test('an engine without a host is a mistake', async () => {
  const { code, stderr } = await runCosmos({ stateDir: tempDir() }, 'demo', '--engine', 'cosmos3');
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('--engine goes with --host sim') });
});
