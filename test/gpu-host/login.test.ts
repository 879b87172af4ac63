import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { execute, until } from './execute.js';
import { hostOfFile, hostOfTest } from './hosts.js';

const host = await hostOfFile();

test('OpenSSH logs in by key, as a user who is not root', async () => {
  const { exitCode, stdout, stderr } = await host.ssh('id -un; id -u; pwd; groups');
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toBe(`${host.user}\n62001\n${host.home}\nartist docker\n`);
  expect(host.serverLog()).toContain(`Accepted publickey for ${host.user}`);
});

test("root's files are not the user's", async () => {
  const secret = path.join(host.home, '..', 'secret');
  await host.sh('umask 077; echo secret >"$1"', secret);
  expect(await host.ssh('cat', secret)).toMatchObject({ exitCode: 1, stdout: '' });
  expect(await host.ssh('touch', '/etc/mine', '/opt/mine')).toMatchObject({ exitCode: 1 });
  expect(await host.ssh('sh -c "echo mine >$HOME/mine; stat -c %U $HOME/mine"')).toMatchObject({ stdout: 'artist\n' });
});

test('the fingerprint is the one ssh sees', async () => {
  const scanned = await execute(['ssh-keyscan', '-t', 'ed25519', '-p', String(host.port), host.address]);
  const { stdout } = await execute(['ssh-keygen', '-lf', '-'], scanned.stdout);
  expect(stdout).toContain(host.hostKey);
});

test('a stranger is refused, and the server shows who asked', async () => {
  const before = host.serverLog().length;
  const stranger = await execute(['ssh', ...host.sshOptions, `stranger@${host.address}`, 'true']);
  expect(stranger).toMatchObject({ exitCode: 255 });
  expect(stranger.stderr).toContain('Permission denied (publickey)');
  expect(host.serverLog().slice(before)).toContain('Invalid user stranger');
});

test('a locked key needs its passphrase', async () => {
  const locked = await host.lockedIdentity('open sesame');
  const options = host.sshOptions.map((word) => (word.startsWith('IdentityFile=') ? `IdentityFile=${locked}` : word));
  const login = ['ssh', ...options, `${host.user}@${host.address}`, 'true'];
  expect(await execute(login)).toMatchObject({ exitCode: 255 }); // no user can be asked
  await execute(['ssh-keygen', '-p', '-P', 'open sesame', '-N', '', '-f', locked]);
  expect(await execute(login)).toMatchObject({ exitCode: 0 });
});

test('a stopped sshd refuses connections and comes back with the same key; sessions live through it', async () => {
  const key = host.hostKey;
  const args = [...host.sshOptions, `${host.user}@${host.address}`, 'echo begun; cat'];
  const session = spawn('ssh', args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const [begun] = await once(session.stdout, 'data');
  await host.stopSshd();
  expect((await host.ssh('true')).stderr).toContain('Connection refused');
  session.stdin.end('still here');
  expect(String(begun) + (await text(session.stdout))).toBe('begun\nstill here');
  await host.startSshd();
  expect(host.hostKey).toBe(key);
  expect(await host.ssh('true')).toMatchObject({ exitCode: 0 });
});

test('dropped sessions end on both sides, and what they started goes on', async () => {
  const left = host.ssh('sleep 1000 </dev/null >/dev/null 2>&1 & echo $! >pid; sleep 1000');
  await until('the session runs', async () => (await host.sh('cat "$1"', path.join(host.home, 'pid'))).stdout !== '');
  await host.dropSessions();
  expect(await left).toMatchObject({ exitCode: 255 });
  expect(await host.sh('kill "$(cat "$1")"', path.join(host.home, 'pid'))).toMatchObject({ exitCode: 0 });
  expect(await host.ssh('true')).toMatchObject({ exitCode: 0 });
});

test('with another host key, ssh stops before it authenticates', async () => {
  const known = host.sshOptions;
  await host.replaceHostKey();
  const before = host.serverLog().length;
  const { exitCode, stderr } = await execute(['ssh', ...known, `${host.user}@${host.address}`, 'true']);
  expect(exitCode).toBe(255);
  expect(stderr).toContain('REMOTE HOST IDENTIFICATION HAS CHANGED');
  expect(host.serverLog().slice(before)).not.toContain('userauth-request');
  expect(await host.ssh('true')).toMatchObject({ exitCode: 0 });
  expect(host.serverLog().slice(before)).toContain('userauth-request');
});

describe.each(['bash', 'fish', 'tcsh'] as const)('login shell %s', (shell) => {
  test('is what the command line meets', async () => {
    const { stdout } = await (await hostOfTest({ shell, docker: false })).ssh('echo $SHELL');
    expect(stdout.trim().split('/').at(-1)).toBe(shell);
  });
});

test('a script for root gets its arguments byte for byte', async () => {
  const hostile = '$(reboot) "\' \n -x';
  expect(await host.sh('printf %s "$1"', hostile)).toMatchObject({ stdout: hostile });
  writeFileSync(path.join(host.home, 'seen'), 'from this machine');
  expect(await host.ssh('cat seen')).toMatchObject({ stdout: 'from this machine' });
});
