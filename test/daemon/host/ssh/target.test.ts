import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { SshClient } from '../../../support/ssh-client.js';

describe('what is typed', () => {
  test.each([
    ['gpu1', { host: 'gpu1', port: 22, user: 'me', knownAs: 'gpu1' }],
    ['ada@gpu1', { host: 'gpu1', port: 22, user: 'ada', knownAs: 'gpu1' }],
    ['ada@gpu1:2222', { host: 'gpu1', port: 2222, user: 'ada', knownAs: '[gpu1]:2222' }],
    ['ada@[::1]:2222', { host: '::1', port: 2222, user: 'ada', knownAs: '[::1]:2222' }],
    ['fe80::1', { host: 'fe80::1', port: 22, user: 'me', knownAs: 'fe80::1' }],
  ])('%s', (ssh, expected) => {
    expect(new SshClient().target(ssh)).toMatchObject(expected);
  });

  test.each(['', '-oProxyCommand=reboot', 'a b', '-l@gpu1', 'gpu1:0', 'gpu1:70000', 'gpu1:'])(
    '"%s" is refused',
    (ssh) => {
      expect(() => new SshClient().target(ssh)).toThrow(expect.objectContaining({ code: 'config_invalid' }));
    },
  );
});

describe('what ~/.ssh/config says', () => {
  test('the first value wins, what is typed wins over all, identities add up', () => {
    const client = new SshClient().config(`
Host gpu*
  HostName %h.example.org
  IdentityFile ~/.ssh/%r@%h
Host gpu1 !gpu2
  Port 2200
  User ada
  HostName never.example
  IdentityFile "~/.ssh/with space"
Host *
  User other
  ConnectTimeout 3
  AddressFamily inet6
`);
    expect(client.target('gpu1')).toMatchObject({
      host: 'gpu1.example.org',
      port: 2200,
      user: 'ada',
      knownAs: '[gpu1.example.org]:2200',
      identityFiles: [client.ssh('ada@gpu1.example.org'), client.ssh('with space')],
      identitiesNamed: true,
      connectMs: 3000,
      family: 6,
    });
    expect(client.target('eve@gpu1:1')).toMatchObject({ user: 'eve', port: 1 });
    expect(client.target('gpu2')).toMatchObject({ user: 'other', port: 22 });
  });

  test('without a word, default keys and the usual files', () => {
    const client = new SshClient({ SSH_AUTH_SOCK: '/run/agent' });
    expect(client.target('gpu1')).toMatchObject({
      identityFiles: ['id_ed25519', 'id_ecdsa', 'id_rsa', 'id_ed25519_sk', 'id_ecdsa_sk'].map((name) =>
        client.ssh(name),
      ),
      identitiesNamed: false,
      identitiesOnly: false,
      agentSocket: '/run/agent',
      knownHostsFiles: [client.ssh('known_hosts'), client.ssh('known_hosts2'), ...client.environment.systemKnownHosts],
    });
  });

  test('agent, alias of the key, files of known hosts', () => {
    const client = new SshClient({ SSH_AUTH_SOCK: '/run/agent', MINE: '/run/mine' }).config(`
Host a
  IdentityAgent none
  IdentitiesOnly yes
Host b
  IdentityAgent $MINE
Host c
  IdentityAgent \${MINE}/sock
  HostKeyAlias farm
  Port 2222
  UserKnownHostsFile ~/a "~/b c"
`);
    expect(client.target('a')).toMatchObject({ agentSocket: undefined, identitiesOnly: true });
    expect(client.target('b')).toMatchObject({ agentSocket: '/run/mine' });
    const c = client.target('c');
    expect(c).toMatchObject({ agentSocket: '/run/mine/sock', knownAs: 'farm' });
    expect(c.knownHostsFiles.slice(0, 2)).toEqual([path.join(client.home, 'a'), path.join(client.home, 'b c')]);
  });

  test('Include, also by pattern and inside a section; the system file comes last', () => {
    const client = new SshClient().config('Include conf.d/*.conf\nHost gpu1\n  Include only-gpu1\n');
    mkdirSync(client.ssh('conf.d'));
    writeFileSync(client.ssh('conf.d', 'a.conf'), 'Host gpu1\n  User from-a\n');
    writeFileSync(client.ssh('only-gpu1'), 'Port 2201\n');
    mkdirSync(path.join(client.home, 'system'));
    writeFileSync(path.join(client.home, 'system', 'ssh_config'), 'Host *\n  User from-system\n  Port 9\n');
    expect(client.target('gpu1')).toMatchObject({ user: 'from-a', port: 2201 });
    expect(client.target('gpu2')).toMatchObject({ user: 'from-system', port: 9 });
  });

  test('Match by host and user; Match exec is never run and does not apply', () => {
    const client = new SshClient();
    const trace = path.join(client.home, 'trace');
    client.config(`
Match exec "touch ${trace}"
  User executed
Match !exec "touch ${trace}"
  User executed
Match originalhost gpu1 user me
  Port 2202
Match host gpu*,other !user me
  Port 2203
CanonicalizeHostname yes
`);
    expect(client.target('gpu1')).toMatchObject({ user: 'me', port: 2202 });
    expect(client.target('ada@gpu2')).toMatchObject({ user: 'ada', port: 2203 });
    expect(() => writeFileSync(trace, '', { flag: 'wx' })).not.toThrow();
  });

  test('jumps: the first hop brings its own, the nearest comes first', () => {
    const client = new SshClient().config(`
Host gpu1
  ProxyJump inner,eve@last:2209
Host inner
  ProxyJump gate
  User ada
Host last
  ProxyJump never
`);
    const { jumps } = client.target('gpu1');
    expect(jumps.map(({ user, host, port }) => `${user}@${host}:${port}`)).toEqual([
      'me@gate:22',
      'ada@inner:22',
      'eve@last:2209',
    ]);
    expect(jumps.every((hop) => hop.jumps.length === 0)).toBe(true);
  });

  test.each([
    ['a circle of jumps', 'Host a\n  ProxyJump b\nHost b\n  ProxyJump a\n', /circle/],
    ['a circle of Includes', 'Include config\n', /circle/],
    ['ProxyCommand', 'Host a\n  ProxyCommand nc %h %p\n', /ProxyCommand.*ProxyJump/],
    ['an unknown token', 'Host a\n  IdentityFile ~/%Z\n', /%Z/],
    ['a variable that is not set', `Host a\n  IdentityFile \${NOPE}/id\n`, /NOPE/],
    ['an open quote', 'Host a\n  IdentityFile "~/x\n', /config:2: a quotation mark has no partner/],
  ])('%s is refused with a sentence', (_, text, message) => {
    const client = new SshClient().config(text);
    expect(() => client.target('a')).toThrow(
      expect.objectContaining({ code: 'config_invalid', message: expect.stringMatching(message) }),
    );
  });
});
