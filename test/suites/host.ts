/** The contract of every Host: real processes, real files. Call it inside a describe of the implementation. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Host, HostCommand, RunStatus, StagedFile } from '../../daemon/host/host.js';
import { collectBytes, FOREVER, nodeCommand } from '../support/run-command.js';
import { tempDir } from '../support/tmp.js';

export interface HostUnderTest {
  readonly host: Host;
  /** The same place through a new object, as after a restart of the daemon. */
  again(): Host;
  /** Whether a process with this id lives where the host runs things. */
  lives(pid: number): boolean;
}

const never = new AbortController().signal;

const FOUR_BYTES = { bytes: 4, what: "the test's file" };

export function hostSuite(create: () => HostUnderTest): void {
  let subject: HostUnderTest;
  let host: Host;
  beforeEach(() => {
    subject = create();
    host = subject.host;
  });

  /** Starts a run that is stopped when the test ends, whatever happens. */
  async function start(run: string, command: HostCommand): Promise<void> {
    onTestFinished(() => host.stop(run));
    await host.start(run, command);
  }

  const log = async (run: string, from = 0) => collectBytes(host.follow(run, from, never));
  const logged = (run: string, bytes: number) =>
    vi.waitFor(async () => {
      const status = await host.inspect(run);
      if (status.state === 'absent' || status.logBytes < bytes) throw new Error(`${run} has no ${bytes} bytes of log`);
    });
  const ended = (run: string) =>
    vi.waitFor(async () => {
      const status = await host.inspect(run);
      if (status.state === 'running') throw new Error(`${run} still runs`);
      return status;
    });

  describe('starting', () => {
    test('a run that nobody started is absent', async () => {
      expect(await host.inspect('r1')).toEqual({ state: 'absent' });
    });

    test('runs in the run folder with its environment, and says how it ended', async () => {
      await start(
        'r1',
        nodeCommand('console.log(process.cwd(), process.env.GREETING); process.exit(3)', { GREETING: 'hi' }),
      );
      expect((await log('r1')).toString()).toBe(`${host.runFolder('r1')} hi\n`);
      expect(await ended('r1')).toMatchObject({ state: 'exited', exitCode: 3 });
    });

    test('starts once, however often and by whomever start is called', async () => {
      const command = nodeCommand(`console.log('began'); ${FOREVER}`);
      await Promise.all([start('r1', command), subject.again().start('r1', command), host.start('r1', command)]);
      await logged('r1', 6);
      await subject.again().start('r1', command);
      await host.stop('r1');
      await host.start('r1', command); // ended runs do not start again either
      expect((await log('r1')).toString()).toBe('began\n');
    });

    test('a command that does not exist ends with 127 and says so in the log', async () => {
      await start('r1', { argv: ['/nonexistent/cosmos', 'x'], env: {} });
      expect(await ended('r1')).toMatchObject({ state: 'exited', exitCode: 127 });
      expect((await log('r1')).toString()).toMatch(/could not be started.*nonexistent/);
    });

    test('leaves nothing of an ended run behind', async () => {
      const script = `const c = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(FOREVER)}]);
        console.log(c.pid); process.exit(0)`;
      await start('r1', nodeCommand(script));
      expect(await ended('r1')).toMatchObject({ state: 'exited', exitCode: 0 });
      const left = Number((await log('r1')).toString());
      await vi.waitFor(() => expect(subject.lives(left)).toBe(false));
    });
  });

  describe('following', () => {
    test('gives every byte in order, carriage returns and halves of characters included', async () => {
      const script = `
        const out = (bytes) => new Promise((done) => process.stdout.write(bytes, done));
        const half = Buffer.from('ä');
        (async () => {
          for (let i = 0; i < 20; i++) { await out('step ' + i + '\\r'); await new Promise((r) => setTimeout(r, 5)); }
          await out(half.subarray(0, 1)); await new Promise((r) => setTimeout(r, 50)); await out(half.subarray(1));
          process.stderr.write('\\nerr\\n');
        })()`;
      await start('r1', nodeCommand(script));
      const steps = Array.from({ length: 20 }, (_, i) => `step ${i}\r`).join('');
      expect((await log('r1')).toString()).toBe(`${steps}ä\nerr\n`);
    });

    test('goes on from any byte, live and after the end', async () => {
      await start('r1', nodeCommand('console.log("0123456789"); setTimeout(() => console.log("late"), 100)'));
      await logged('r1', 11);
      expect((await log('r1', 5)).toString()).toBe('56789\nlate\n');
      expect((await log('r1', 11)).toString()).toBe('late\n');
      expect((await log('r1', 16)).toString()).toBe('');
    });

    test('two megabytes arrive whole', async () => {
      const script = `const line = 'x'.repeat(99) + '\\n'; for (let i = 0; i < 20000; i++) process.stdout.write(line)`;
      await start('r1', nodeCommand(script));
      const bytes = await log('r1');
      expect(bytes.length).toBe(2_000_000);
    });

    test('leaves when told to, and the run goes on', async () => {
      await start('r1', nodeCommand(`console.log('here'); ${FOREVER}`));
      const controller = new AbortController();
      const following = (async () => {
        for await (const bytes of host.follow('r1', 0, controller.signal)) if (bytes.length > 0) controller.abort();
      })();
      await expect(following).rejects.toMatchObject({ name: 'AbortError' });
      expect(await host.inspect('r1')).toMatchObject({ state: 'running' });
    });
  });

  describe('stopping', () => {
    test('ends the whole tree, also what ignores being asked', async () => {
      const stubborn = `process.on('SIGTERM', () => {}); console.log('deep ' + process.pid); ${FOREVER}`;
      const script = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(stubborn)}],
        { stdio: 'inherit' }); process.on('SIGTERM', () => {}); ${FOREVER}`;
      await start('r1', nodeCommand(script));
      await logged('r1', 6);
      await host.stop('r1');
      const deep = Number(/deep (\d+)/.exec((await log('r1')).toString())?.[1]);
      expect(deep).toBeGreaterThan(0);
      expect(subject.lives(deep)).toBe(false);
      expect(await host.inspect('r1')).toMatchObject({ state: 'exited', exitCode: 137 });
    });

    test('asks first: a command may end in its own way', async () => {
      await start(
        'r1',
        nodeCommand(
          `process.on('SIGTERM', () => { console.log('bye'); process.exit(7) }); console.log('hi'); ${FOREVER}`,
        ),
      );
      await logged('r1', 3);
      await host.stop('r1');
      expect((await log('r1')).toString()).toBe('hi\nbye\n');
      expect(await host.inspect('r1')).toMatchObject({ state: 'exited', exitCode: 7 });
    });

    test('ends a follower, is harmless when repeated, and before any start keeps the run from starting', async () => {
      await start('r1', nodeCommand(`console.log('hi'); ${FOREVER}`));
      const following = log('r1');
      await logged('r1', 3);
      await Promise.all([host.stop('r1'), subject.again().stop('r1')]);
      expect((await following).toString()).toBe('hi\n');

      await host.stop('r2');
      await host.start('r2', nodeCommand('console.log("must not run")'));
      expect((await ended('r2')) satisfies RunStatus).toMatchObject({ state: 'exited', logBytes: 0 });
    });
  });

  describe('files', () => {
    function frozen(content: string): { from: string; sha256: string } {
      const folder = tempDir();
      const sha256 = createHash('sha256').update(content).digest('hex');
      writeFileSync(path.join(folder, sha256), content);
      return { from: path.join(folder, sha256), sha256 };
    }

    test('staged files are there for the command, also when staged twice', async () => {
      const files: StagedFile[] = [
        { ...frozen('one'), to: 'specs/a/inputs/depth.mp4' },
        { ...frozen('two'), to: 'specs/a/x.json' },
      ];
      await host.stage('r1', files, never);
      await host.stage('r1', files, never);
      await start(
        'r1',
        nodeCommand(`const fs = require('node:fs');
        process.stdout.write(fs.readFileSync('specs/a/inputs/depth.mp4', 'utf8') + fs.readFileSync('specs/a/x.json', 'utf8'));
        fs.mkdirSync('out'); fs.writeFileSync('out/video.mp4', 'made')`),
      );
      expect((await log('r1')).toString()).toBe('onetwo');
      const names = (await host.files('r1', 99)).map(({ path: name, bytes }) => [name, bytes]);
      expect(names).toEqual(
        expect.arrayContaining([
          ['specs/a/x.json', 3],
          ['out/video.mp4', 4],
        ]),
      );
      expect(names.filter(([name]) => String(name).includes('.part'))).toEqual([]);
    });

    test('collected files arrive whole under their name, replacing an earlier try', async () => {
      await start('r1', nodeCommand(`require('node:fs').writeFileSync('made.txt', 'made')`));
      await ended('r1');
      const to = path.join(tempDir(), 'deep', 'made.txt');
      mkdirSync(path.dirname(to));
      writeFileSync(to, 'half');
      await host.collect('r1', [{ from: 'made.txt', to, limit: FOUR_BYTES }], never);
      expect(readFileSync(to, 'utf8')).toBe('made');
    });

    test('what is bigger than it may be stays there, and nothing of it is fetched', async () => {
      const made = `const fs = require('node:fs');
        fs.writeFileSync('small', 'made'); fs.writeFileSync('big', ''); fs.truncateSync('big', 2e12)`;
      await start('r1', nodeCommand(made));
      await ended('r1');
      const folder = tempDir();
      const wanted = ['small', 'big'].map((from) => ({ from, to: path.join(folder, from), limit: FOUR_BYTES }));
      await expect(host.collect('r1', wanted, never)).rejects.toMatchObject({
        code: 'too_much_from_host',
        message: expect.stringMatching(
          /^The host offers 2 TB as the test's file; at most 4 B are fetched, so nothing was\. It is left at .*r1.*big on /,
        ),
      });
      expect(readdirSync(folder)).toEqual([]);
    });

    test('links, and what leads out of the run folder by one, are not fetched', async () => {
      const made = `const fs = require('node:fs'); fs.mkdirSync('out'); fs.writeFileSync('out/real', 'made');
        fs.symlinkSync('/etc/hostname', 'link'); fs.symlinkSync('out/real', 'inner'); fs.symlinkSync('/etc', 'etc')`;
      await start('r1', nodeCommand(made));
      await ended('r1');
      const folder = tempDir();
      for (const from of ['link', 'inner', 'etc/hostname', 'out', 'nothing']) {
        const wanted = [{ from, to: path.join(folder, 'x'), limit: { bytes: 1e6, what: "the test's file" } }];
        await expect(host.collect('r1', wanted, never), from).rejects.toMatchObject({ code: 'not_found' });
      }
      expect(readdirSync(folder)).toEqual([]);
      const names = (await host.files('r1', 99)).map((file) => file.path);
      expect(names).toContain('out/real');
      expect(names.filter((name) => /link|inner|etc/.test(name))).toEqual([]);
    });

    test('more files than are looked at are told, whatever they are called', async () => {
      const made = `const fs = require('node:fs');
        for (let i = 0; i < 300; i++) fs.writeFileSync('\\x1b[2J\\n' + 'x'.repeat(200) + i, '')`;
      await start('r1', nodeCommand(made));
      await ended('r1');
      expect((await host.files('r1', 400)).length).toBeGreaterThanOrEqual(300);
      await expect(host.files('r1', 299)).rejects.toMatchObject({ code: 'too_much_from_host' });
    });

    test('a run that says more than it may is ended by its host, also when nobody follows it', async () => {
      const talker = "const text = 'x'.repeat(65536); for (;;) require('node:fs').writeSync(1, text)";
      await start('r1', { ...nodeCommand(talker), logLimit: 10e6 });
      const status = await ended('r1');
      expect(status).toMatchObject({ state: 'exited', logBytes: expect.toSatisfy((bytes: number) => bytes > 10e6) });
    });

    test('nothing outside the run folder can be named', async () => {
      await expect(host.stage('r1', [{ ...frozen('x'), to: '../r2/x' }], never)).rejects.toMatchObject({
        code: 'internal',
      });
      await expect(
        host.collect('r1', [{ from: '/etc/hosts', to: path.join(tempDir(), 'x'), limit: FOUR_BYTES }], never),
      ).rejects.toThrow();
    });

    test('a removed run is absent', async () => {
      await start('r1', nodeCommand(''));
      await ended('r1');
      await host.remove('r1');
      expect(await host.inspect('r1')).toEqual({ state: 'absent' });
    });
  });
}
