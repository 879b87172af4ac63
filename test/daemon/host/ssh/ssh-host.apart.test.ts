/** The contract of hosts over a shell of this machine: plain processes, no SSH and no Docker. */
import path from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../../../daemon/clock.js';
import { identify, isAlive } from '../../../../daemon/host/local/process-tree.js';
import { readRecord } from '../../../../daemon/host/ssh/run-record.js';
import { SshHost } from '../../../../daemon/host/ssh/ssh-host.js';
import { RemoteStore } from '../../../../daemon/host/transfer/transfer.js';
import { hostSuite } from '../../../suites/host.js';
import { LocalRemote } from '../../../support/local-remote.js';
import { collectBytes, FOREVER, nodeCommand } from '../../../support/run-command.js';
import { tempDir } from '../../../support/tmp.js';

const never = new AbortController().signal;

function sshHost(root: string, remote = new LocalRemote()): SshHost {
  const store = new RemoteStore(remote, root, systemClock);
  return new SshHost({ id: 'gpu1', remote, store, clock: systemClock, root, owner: 'me@laptop', graceSeconds: 1 });
}

describe('SshHost with plain processes', () => {
  hostSuite(() => {
    const root = path.join(tempDir(), "it's a root");
    return { host: sshHost(root), again: () => sshHost(root), lives: (pid) => isAlive(identify(pid)) };
  });
});

describe.each([
  ['busybox', ['/usr/bin/busybox', 'sh']],
  ['bash', ['bash', '--posix']],
] as const)('the scripts in %s', (_name, shell) => {
  test('start, follow, stop and tell', async () => {
    const host = sshHost(tempDir(), new LocalRemote({ shell }));
    onTestFinished(() => host.stop('r1'));
    await host.start('r1', nodeCommand(`console.log('hi'); ${FOREVER}`));
    const following = collectBytes(host.follow('r1', 0, never));
    await vi.waitFor(async () => expect(await host.inspect('r1')).toEqual({ state: 'running', logBytes: 3 }));
    await host.stop('r1');
    expect((await following).toString()).toBe('hi\n');
    expect(await host.inspect('r1')).toMatchObject({ state: 'exited', exitCode: 143 });
  });
});

test('what a run is for can be read by another machine; its environment cannot', async () => {
  const host = sshHost(tempDir());
  onTestFinished(() => host.stop('r1')); // also waits for its end: what still writes would keep its folder
  const command = nodeCommand('', { TOKEN: 'secret' });
  await host.start('r1', { ...command, about: { jobs: ['job-1'], pricePerHour: 2.5 } });
  await host.start('r1', { ...command, about: { jobs: ['another'] } }); // adopted: nothing is written again
  const record = await readRecord(new LocalRemote(), host.runFolder('r1'));
  expect(record).toMatchObject({ run: 'r1', owner: 'me@laptop', argv: command.argv, container: null });
  expect(record?.about).toEqual({ jobs: ['job-1'], pricePerHour: 2.5 });
  expect(JSON.stringify(record)).not.toContain('secret');
});

test('a cut line shows as an error of the connection, and following goes on at the byte after the last one', async () => {
  const remote = new LocalRemote();
  const host = sshHost(tempDir(), remote);
  onTestFinished(() => host.stop('r1'));
  const lines = 5000;
  await host.start('r1', nodeCommand(`for (let i = 0; i < ${lines}; i++) console.log('line ' + i)`));
  const seen: Uint8Array[] = [];
  const size = () => seen.reduce((sum, { length }) => sum + length, 0);
  for (let cuts = 0; ; cuts++) {
    if (cuts < 5) remote.line.cutAfter = 6000;
    try {
      for await (const bytes of host.follow('r1', size(), never)) seen.push(bytes);
      break;
    } catch (error) {
      expect(error).toMatchObject({ code: 'host_connection_lost' });
    }
  }
  const expected = Array.from({ length: lines }, (_, i) => `line ${i}\n`).join('');
  expect(Buffer.concat(seen).toString()).toBe(expected);
});

test('a file that does not exist yet is followed from its first byte, until the run ends', async () => {
  const host = sshHost(tempDir());
  onTestFinished(() => host.stop('r1'));
  const script = `const fs = require('node:fs'); setTimeout(() => {
    fs.mkdirSync('out'); fs.writeFileSync('out/debug.log', 'one\\n');
    setTimeout(() => fs.appendFileSync('out/debug.log', 'two\\n'), 300) }, 300)`;
  await host.start('r1', nodeCommand(script));
  expect((await collectBytes(host.followFile('r1', 'out/debug.log', 0, never))).toString()).toBe('one\ntwo\n');
  expect((await collectBytes(host.followFile('r1', 'out/debug.log', 4, never))).toString()).toBe('two\n');
});

test('a follower that is told to leave leaves nothing on the host', async () => {
  const remote = new LocalRemote();
  const host = sshHost(tempDir(), remote);
  onTestFinished(() => host.stop('r1'));
  await host.start('r1', nodeCommand(`console.log('hi'); ${FOREVER}`));
  const controller = new AbortController();
  const following = (async () => {
    for await (const _ of host.follow('r1', 0, controller.signal)) controller.abort();
  })();
  await expect(following).rejects.toMatchObject({ name: 'AbortError' });
  await remote.idle();
});

test.each(['', '../r1', '-rf', 'a b', 'a\nb', '$(reboot)', 'ä', 'x'.repeat(101)])(
  '%j cannot name a run',
  async (name) => {
    await expect(sshHost(tempDir()).inspect(name)).rejects.toMatchObject({ code: 'internal' });
  },
);

test('arguments and environment arrive byte for byte', async () => {
  const hostile = ['$(reboot)', '`id`', '"', "'", '\\', 'a\nb', '-n', '--', '*', '', 'ü 😀', '$HOME', '%s\\n', ';'];
  const host = sshHost(tempDir());
  const script = 'process.stdout.write(JSON.stringify([process.argv.slice(1), process.env.HOSTILE]))';
  await host.start('r1', {
    argv: [process.execPath, '-e', script, '--', ...hostile],
    env: { HOSTILE: hostile.join('') },
  });
  const printed = JSON.parse((await collectBytes(host.follow('r1', 0, never))).toString());
  expect(printed).toEqual([hostile, hostile.join('')]);
});

test('a follower that comes just when the run ends, ends', async () => {
  const host = sshHost(tempDir());
  const runs = Array.from({ length: 20 }, (_, index) => `r${index}`);
  const logs = runs.map(async (run, index) => {
    await host.start(run, { argv: ['sh', '-c', 'sleep "$1"; echo end', 'sh', `0.${index}`], env: {} });
    return (await collectBytes(host.follow(run, 0, never))).toString();
  });
  expect(await Promise.all(logs)).toEqual(runs.map(() => 'end\n'));
});
