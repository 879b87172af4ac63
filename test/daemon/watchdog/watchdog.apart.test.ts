import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { StateDir } from '../../../daemon/state-dir.js';
import { readStandstill } from '../../../daemon/watchdog/standstill.js';
import { distFile } from '../../support/dist.js';
import { stateOf } from '../../support/processes.js';
import { tempDir } from '../../support/tmp.js';

const NEVER = 1_000_000;

interface Options {
  readonly stand: string;
  readonly told: number;
  readonly end: number;
  readonly node?: readonly string[];
}

/** A process whose loop turns until {@link Watched.stand}. */
class Watched {
  readonly stateDir = new StateDir(path.join(tempDir(), 'state'));
  readonly exited: Promise<unknown[]>;
  private errors = '';
  private words = '';

  private constructor(
    readonly child: ChildProcess,
    stateDir: StateDir,
  ) {
    this.stateDir = stateDir;
    this.exited = once(child, 'exit');
    child.stdout?.on('data', (data) => (this.words += data));
    child.stderr?.on('data', (data) => (this.errors += data));
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await this.exited;
    });
  }

  static async start({ stand, told, end, node = [] }: Options): Promise<Watched> {
    const stateDir = new StateDir(path.join(tempDir(), 'state'));
    const limits = ['--told', String(told), '--end', String(end)];
    const args = [distFile('test/support/standing-process.js'), '--state-dir', stateDir.root, ...limits];
    const child = spawn(process.execPath, [...node, ...args, '--stand', stand], { stdio: 'pipe' });
    const watched = new Watched(child, stateDir);
    await watched.says('up');
    return watched;
  }

  stand(): void {
    this.child.stdin?.write('\n');
  }

  async says(word: string): Promise<void> {
    await vi.waitFor(() => expect(this.words).toContain(word));
  }

  get errorOutput(): string {
    return this.errors;
  }

  get log(): string {
    return existsSync(this.stateDir.daemonLog) ? readFileSync(this.stateDir.daemonLog, 'utf8') : '';
  }

  told() {
    return vi.waitFor(() => readStandstill(this.stateDir.standstill) ?? expect.fail('nothing is told'));
  }
}

test.each(['await', 'loop'])(
  'a loop that stands for ever (%s) is told with its job, then ended with a last word',
  async (stand) => {
    const watched = await Watched.start({ stand, told: 100, end: 600 });
    watched.stand();
    expect(await watched.told()).toMatchObject({
      ...{ pid: watched.child.pid, startId: 'start-1' },
      work: [{ job: 'job-poison', step: 'preparing' }],
    });
    expect(await watched.exited).toEqual([null, 'SIGKILL']);
    expect(readStandstill(watched.stateDir.standstill)).toMatchObject({ ended: true });
    const last = JSON.parse(watched.log.trim().split('\n').at(-1) ?? '');
    expect(last).toMatchObject({ level: 60 });
    expect(last.msg).toMatch(
      /stood still for 1 s, at work on preparing job-poison: the watchdog ends the daemon \(process \d+\)/,
    );
    expect(watched.errorOutput).toContain(last.msg);
  },
);

test('a loop that goes on takes back what was told', async () => {
  const watched = await Watched.start({ stand: '1500', told: 100, end: NEVER });
  watched.stand();
  await watched.told();
  await vi.waitFor(() => expect(watched.log).toContain('The event loop goes on'));
  expect(existsSync(watched.stateDir.standstill)).toBe(false);
  await watched.says('back');
});

test('a process that was stopped for longer than the limit lives on', async () => {
  const watched = await Watched.start({ stand: '1', told: NEVER, end: 2000 });
  const pid = watched.child.pid ?? 0;
  watched.child.kill('SIGSTOP');
  await vi.waitFor(() => expect(stateOf(pid)).toBe('T'));
  const stoppedAt = performance.now();
  await vi.waitFor(() => expect(performance.now() - stoppedAt).toBeGreaterThan(2500));
  watched.child.kill('SIGCONT');
  watched.stand();
  await watched.says('back');
  expect(watched.log).toBe('');
});

test('while a debugger may hold the main thread nothing is told or ended', async () => {
  const watched = await Watched.start({ stand: '1500', told: 100, end: 600, node: ['--inspect=127.0.0.1:0'] });
  watched.stand();
  await watched.says('back');
  expect(watched.log).toBe('');
});
