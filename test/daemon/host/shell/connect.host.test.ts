import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { trustHostKey } from '../../../../daemon/host/shell/keys/trust.js';
import { clientOf, hostBlock, SshClient } from '../../../support/ssh-client.js';
import { SSH_USER, Sshd } from '../../../support/sshd.js';

/** The server's word that a login was tried; OpenSSH writes it for every request, at DEBUG1. */
const AUTHENTICATION = 'userauth-request';

async function code(opening: Promise<unknown>): Promise<unknown> {
  return opening.then(
    () => 'open',
    (error: { code: unknown }) => error.code,
  );
}

describe('host key', () => {
  test('unknown: blocked before a login is tried, trusted by its fingerprint, then open', async () => {
    const sshd = await Sshd.up();
    const client = clientOf(sshd).knows();
    await expect(client.open('gpu')).rejects.toMatchObject({
      code: 'host_key_unknown',
      data: { fingerprint: sshd.fingerprint, keyType: 'ssh-ed25519', knownAs: `[127.0.0.1]:${sshd.port}` },
    });
    await sshd.logged('Killing privsep child');
    expect(sshd.log()).not.toContain(AUTHENTICATION);

    await trustHostKey(client.target('gpu'), sshd.fingerprint, client.options);
    expect(sshd.log()).not.toContain(AUTHENTICATION);
    expect(readFileSync(client.knownHosts, 'utf8')).toBe(`${sshd.knownHostsLine}\n`);

    await client.open('gpu');
    await sshd.logged(AUTHENTICATION);
  });

  test('changed: blocked before a login is tried, with both fingerprints; trust replaces our own line', async () => {
    const sshd = await Sshd.up();
    const client = clientOf(sshd).knows();
    const before = sshd.fingerprint;
    await trustHostKey(client.target('gpu'), before, client.options);
    await sshd.kill();
    sshd.newHostKey();
    await sshd.start();

    const refused = client.open('gpu');
    await expect(refused).rejects.toMatchObject({ code: 'host_key_changed', data: { fingerprint: sshd.fingerprint } });
    await expect(refused).rejects.toThrow(before);
    await sshd.logged('Killing privsep child');
    expect(sshd.log()).not.toContain(AUTHENTICATION);

    expect(await code(trustHostKey(client.target('gpu'), before, client.options))).toBe('host_key_changed');
    await trustHostKey(client.target('gpu'), sshd.fingerprint, client.options);
    expect(readFileSync(client.knownHosts, 'utf8')).toBe(`${sshd.knownHostsLine}\n`);
    await client.open('gpu');
  });

  test('revoked: blocked before a login is tried, and trust is refused', async () => {
    const sshd = await Sshd.up();
    const client = clientOf(sshd).knows(sshd.knownHostsLine, `@revoked ${sshd.knownHostsLine}`);
    expect(await code(client.open('gpu'))).toBe('host_key_revoked');
    expect(await code(trustHostKey(client.target('gpu'), sshd.fingerprint, client.options))).toBe('host_key_revoked');
    expect(sshd.log()).not.toContain(AUTHENTICATION);
    expect(existsSync(client.knownHosts)).toBe(false);
  });

  test('of several keys the host shows the one that is known', async () => {
    const sshd = await Sshd.up();
    const rsa = path.join(sshd.root, 'rsa');
    execFileSync('ssh-keygen', ['-q', '-t', 'rsa', '-b', '2048', '-N', '', '-f', rsa]);
    await sshd.kill();
    sshd.configure([`HostKey ${rsa}`]);
    await sshd.start();
    const [type, key] = readFileSync(`${rsa}.pub`, 'utf8').split(' ');
    const client = clientOf(sshd).knows(`[127.0.0.1]:${sshd.port} ${type} ${key}`);
    await client.open('gpu');
  });
});

describe('the way', () => {
  test('through a jump host; an unknown one is blocked by its own name', async () => {
    const [gate, inner] = [await Sshd.up(), await Sshd.up()];
    const client = clientOf(inner, '  ProxyJump gate\n').config(
      `Host gpu\n${hostBlock(inner)}  ProxyJump gate\nHost gate\n${hostBlock(gate)}`,
    );
    await expect(client.open('gpu')).rejects.toMatchObject({ code: 'host_key_unknown', data: { host: 'gate' } });
    client.knows(inner.knownHostsLine, gate.knownHostsLine);
    const connection = await client.open('gpu');
    const { stdout } = await connection.run('echo "$SSH_CONNECTION"');
    expect(stdout.toString().trim()).toMatch(new RegExp(` ${inner.port}$`));
    expect(gate.log()).toContain('direct-tcpip');
    connection.close();
    await gate.logged('Disconnected from user');
  });

  test('by a URI, as itself and as a jump host', async () => {
    const [gate, inner] = [await Sshd.up(), await Sshd.up()];
    const client = new SshClient();
    const keys = `IdentityFile ${gate.identityFile}\nIdentityFile ${inner.identityFile}\n`;
    client.config(`${keys}Host 127.0.0.1\n  ProxyJump ssh://${SSH_USER}@localhost:${gate.port}\n`);
    client.knows(inner.knownHostsLine, gate.knownHostsLine, gate.knownHostsLine.replace('127.0.0.1', 'localhost'));
    const connection = await client.open(`ssh://${SSH_USER}@127.0.0.1:${inner.port}/`);
    expect((await connection.run('exit 5')).exitCode).toBe(5);
    expect(gate.log()).toContain('direct-tcpip');
  });

  test('two jump hosts in a row', async () => {
    const servers = [await Sshd.up(), await Sshd.up(), await Sshd.up()] as const;
    const [first, second, inner] = servers;
    const client = new SshClient().config(
      `Host gpu\n${hostBlock(inner)}  ProxyJump a,b\nHost a\n${hostBlock(first)}Host b\n${hostBlock(second)}`,
    );
    client.knows(...servers.map((sshd) => sshd.knownHostsLine));
    const connection = await client.open('gpu');
    expect((await connection.run('exit 5')).exitCode).toBe(5);
    expect(first.log()).toContain(`port ${second.port}`);
    expect(second.log()).toContain(`port ${inner.port}`);
  });

  test('a jump host that may not forward, or finds nobody', async () => {
    const gate = await Sshd.up({ config: ['AllowTcpForwarding no'] });
    const gone = await Sshd.up();
    await gone.kill();
    const client = new SshClient().knows(gate.knownHostsLine);
    client.config(`Host gpu\n${hostBlock(gone)}  ProxyJump gate\nHost gate\n${hostBlock(gate)}`);
    await expect(client.open('gpu')).rejects.toThrow(/gate, which does not allow TCP forwarding.*AllowTcpForwarding/);
    await gate.kill();
    gate.configure(['AllowTcpForwarding yes']);
    await gate.start();
    await expect(client.open('gpu')).rejects.toMatchObject({ code: 'host_unreachable', data: { through: 'gate' } });
    const silent = `Host silent\n  HostName 127.0.0.1\n  Port ${await listen(() => {})}\n  ConnectTimeout 1\n`;
    client.config(`${silent}  ProxyJump gate\nHost gate\n${hostBlock(gate)}`);
    await expect(client.open('silent')).rejects.toMatchObject({ code: 'host_timeout', data: { host: 'silent' } });
  });

  test('nobody listens; no such name; a silent port; something else than SSH', async () => {
    const sshd = await Sshd.up();
    const client = clientOf(sshd, 'Host *\n  ConnectTimeout 1\n');
    await sshd.kill();
    expect(await code(client.open('gpu'))).toBe('host_refused');
    expect(await code(client.open('nobody.invalid'))).toBe('host_name_unknown');
    await expect(client.open('ada@[fe80::1%nope]:22')).rejects.toThrow(
      /names "nope", which is no network interface here/,
    );
    await expect(client.open('fe80::1')).rejects.toThrow(/write the interface that leads to the host: fe80::1%eth0\./);
    expect(await code(client.open(`127.0.0.1:${await listen(() => {})}`))).toBe('host_timeout');
    const web = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(await code(client.open(`127.0.0.1:${web}`))).toMatch(/^host_(handshake_failed|connection_lost)$/);
  });
});

async function listen(onConnection: (socket: net.Socket) => void): Promise<number> {
  const sockets: net.Socket[] = [];
  const server = net.createServer((socket) => {
    sockets.push(socket);
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

test('a wrong user is refused by a sentence that names the user and the keys', async () => {
  const sshd = await Sshd.up();
  const refused = clientOf(sshd).open('nobody-here@gpu');
  await expect(refused).rejects.toMatchObject({ code: 'host_auth_failed', data: { tried: [sshd.identityFile] } });
  await expect(refused).rejects.toThrow(/nobody-here.*Check the user name/);
});
