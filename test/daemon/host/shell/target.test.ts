import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { sshArguments } from '../../../../daemon/host/shell/config/destination.js';
import { SshClient } from '../../../support/ssh-client.js';

describe('what is typed', () => {
  test.each([
    ['gpu1', { host: 'gpu1', port: 22, user: 'me', knownAs: 'gpu1' }],
    ['ada@gpu1', { host: 'gpu1', port: 22, user: 'ada', knownAs: 'gpu1' }],
    ['ada@gpu1:2222', { host: 'gpu1', port: 2222, user: 'ada', knownAs: '[gpu1]:2222' }],
    ['ada@[::1]:2222', { host: '::1', port: 2222, user: 'ada', knownAs: '[::1]:2222' }],
    ['fe80::1', { host: 'fe80::1', port: 22, user: 'me', knownAs: 'fe80::1' }],
    ['GPU1.Lab', { host: 'gpu1.lab', knownAs: 'gpu1.lab', name: 'GPU1.Lab' }],
    ['me@corp.example@gpu1', { host: 'gpu1', user: 'me@corp.example' }],
    ['CORP\\ada@gpu1', { host: 'gpu1', user: 'CORP\\ada' }],
    ['ada@[gpu1]:2222', { host: 'gpu1', port: 2222 }],
    ['127.1', { host: '127.0.0.1', knownAs: '127.0.0.1' }],
    ['root@[fe80::1%eth0]:22', { host: 'fe80::1%eth0', user: 'root', port: 22, knownAs: 'fe80::1%eth0' }],
    ['root@[FE80::0001%eth0]:2201', { host: 'fe80::1%eth0', knownAs: '[fe80::1%eth0]:2201' }],
    ['fe80::1%eth0', { host: 'fe80::1%eth0', user: 'me' }],
    ['ssh://gpu1', { host: 'gpu1', port: 22, user: 'me' }],
    ['ssh://root@127.0.0.1:2201', { host: '127.0.0.1', port: 2201, user: 'root', knownAs: '[127.0.0.1]:2201' }],
    ['SSH://root@gpu1:2201/', { host: 'gpu1', port: 2201, name: 'SSH://root@gpu1:2201/' }],
    ['ssh://me%40corp@gpu1', { user: 'me@corp', host: 'gpu1' }],
    ['ssh://CORP%3Aada@gpu1', { user: 'CORP:ada' }],
    ['ssh://ada;fingerprint=x@gpu1', { user: 'ada', host: 'gpu1' }],
    ['ssh://ada@[fe80::1%25eth0]:2201', { host: 'fe80::1%eth0', port: 2201, knownAs: '[fe80::1%eth0]:2201' }],
    ['ssh://ada@[fe80::1%eth0]/', { host: 'fe80::1%eth0', port: 22 }],
  ])('%s', (ssh, expected) => {
    expect(new SshClient().target(ssh)).toMatchObject(expected);
  });

  test.each([
    ['', /not an SSH host; write alias, user@host/],
    ['-oProxyCommand=reboot', /cannot be the name of a host/],
    ['a b', /cannot be the name of a host/],
    ['-l@gpu1', /"-l" cannot be the name of a user/],
    ['gpu1:0', /"0" is not a port, which is a number from 1 to 65535/],
    ['gpu1:70000', /"70000" is not a port/],
    ['gpu1:', /"" is not a port/],
    ['@gpu1', /not an SSH host/],
    ['gpu1:/data', /"\/data" is not a port/],
    ['fe80::zz', /"fe80::zz" is no IPv6 address/],
    ['gpu%x', /cannot be the name of a host/],
    ['gpu1;reboot', /cannot be the name of a host/],
    ['a$(b)@gpu1', /cannot be the name of a user/],
    ['ssh://', /this is not understood; write ssh:\/\/user@host:port/],
    ['ssh://gpu1/data', /no path may follow the host/],
    ['ssh://a%4@gpu1', /% in the user as %25/],
    ['ssh://gpu1:0', /this is not understood/],
    ['ssh://a@b@gpu1', /this is not understood/],
    ['docker://gpu1', /docker:\/\/ is no way to log in; write alias/],
    ['sftp://ada@gpu1', /sftp:\/\/ is no way to log in/],
    [
      'ssh root@1.2.3.4 -p 40022 -i ~/.ssh/id',
      /this is a command; write root@1.2.3.4:40022; name its key with IdentityFile/,
    ],
    ['ssh -p 40022 root@1.2.3.4 -L 8080:localhost:8080', /this is a command; write root@1.2.3.4:40022\./],
  ])('"%s" is refused, and told how to write it', (ssh, message) => {
    expect(() => new SshClient().target(ssh)).toThrow(
      expect.objectContaining({ code: 'config_invalid', message: expect.stringMatching(message) }),
    );
  });

  test.each([
    ['ssh://ada:s3cret@gpu1:22', '"ssh://ada:***@gpu1:22": '],
    ['SSH://ada:s3cret@gpu1', '"SSH://ada:***@gpu1": '],
    ['ssh://ada;fingerprint=x:s3cret@gpu1', '"ssh://ada;fingerprint=x:***@gpu1": '],
    ['ada:s3cret@gpu1', '"ada:***@gpu1": '],
    ['ada:s3cret@gpu1:2201', '"ada:***@gpu1:2201": '],
    ['ada:s3cret@[fe80::1]:22', '"ada:***@[fe80::1]:22": '],
    ['ada:s3:c@r/e t@gpu1', '"ada:***@gpu1": '],
    [':s3cret@gpu1', '":***@gpu1": '],
    ['https://ada:s3cret@gpu1/', '"https://ada:***@gpu1/": '],
    ['ssh ada:s3cret@gpu1 -p 22', '"ssh ada:***@gpu1 -p 22": '],
    ['ssh -i key ssh://ada:s3cret@gpu1', '"ssh -i key ssh://ada:***@gpu1": '],
    ['sshpass -p s3cret ssh ada@gpu1', '"sshpass ***": '],
  ])('the password of %j is refused and not repeated', (typed, shown) => {
    const why = 'a password has no place here, and is not shown';
    const how = 'write user@host:port, and log in with a key or by `cosmos host login`.';
    const error = thrownBy(() => new SshClient().target(typed));
    expect(error).toMatchObject({ code: 'config_invalid', message: `${shown}${why}; ${how}` });
    expect(JSON.stringify(error)).not.toMatch(/s3|cret/);
  });

  test.each(['ada@gpu1:22', 'ssh://ada@gpu1:22', 'ada@[fe80::1%eth0]:22', '::1', 'gpu1:22', 'corp\\ada@gpu1'])(
    'there is no password in %j',
    (typed) => expect(() => new SshClient().target(typed)).not.toThrow(),
  );
});

describe('what other programs are told', () => {
  test.each([
    ['gpu1', ['gpu1']],
    ['root@gpu1:2201', ['-p', '2201', 'root@gpu1']],
    ['ssh://root@127.0.0.1:2201', ['-p', '2201', 'root@127.0.0.1']],
    ['root@[fe80::1%eth0]:22', ['-p', '22', 'root@fe80::1%eth0']],
  ])('%s', (typed, expected) => {
    expect(sshArguments(typed)).toEqual(expected);
    // The real ssh dials the same with them.
    const shown = execFileSync('ssh', ['-G', '-F', '/dev/null', ...expected], { encoding: 'utf8', stdio: 'pipe' });
    const { host, port } = new SshClient().target(typed);
    expect(shown).toMatch(new RegExp(`^hostname ${host}$`, 'm'));
    expect(shown).toMatch(new RegExp(`^port ${port}$`, 'm'));
  });
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
    ['ProxyCommand', 'Host a\n  ProxyCommand nc %h %p\n', /config:2: .* is a ProxyCommand.*ProxyJump/],
    [
      'a ProxyCommand that is a jump',
      'Host a\n ProxyCommand ssh -q -W %h:%p ada@gate\n',
      /write ProxyJump ada@gate instead/,
    ],
    ['a jump to itself', 'ProxyJump a\n', /circle: give the host in between a Host block with ProxyJump none/],
    ['a bad value in a block for others', 'Host b\n  Port 0\n', /config:2: Port cannot be "0"; a port is a number/],
    ['a time', 'ConnectTimeout soon\n', /config:1: ConnectTimeout cannot be "soon"; .*1m30s/],
    ['a choice', 'IdentitiesOnly maybe\n', /IdentitiesOnly cannot be "maybe"; it is one of true, false, yes, no/],
    ['blank in a list of jumps', 'ProxyJump b, c\n', /comma without a space/],
    ['too many values', 'User a b\n', /User has more than one value/],
    ['a slip', 'HostNmae gpu1.lab\n', /config:1: there is no setting "HostNmae"; hostname may be meant/],
    ['a keyword that none can be', '- Host a\n', /there is no setting "-"/],
    ['no value', 'Port\n', /config:1: Port has no value/],
    ['a criterion that there is not', 'Match hots a\n', /Match has no criterion "hots"/],
    ['a percent sign in HostName', 'HostName fe80::1%eth0\n', /"%e" in .* a percent sign is written %%/],
    ['the home of nobody', 'IdentityFile ~nobody/x\n', /home folder of nobody/],
    ['UTF-16', '\uFEFF', /saved as UTF-16/],
    ['a byte order mark', '\uFEFFUser a\n', /begins with a byte order mark/],
    ['bytes that are no UTF-8', 'User J\xfcrgen\n', /config:1: holds bytes that are not UTF-8/],
    ['an unknown token', 'Host a\n  IdentityFile ~/%Z\n', /%Z/],
    ['a variable that is not set', `Host a\n  IdentityFile \${NOPE}/id\n`, /NOPE/],
    ['an open quote', 'Host a\n  IdentityFile "~/x\n', /config:2: a quotation mark has no partner/],
  ])('%s is refused with a sentence', (_, text, message) => {
    const client = new SshClient();
    writeFileSync(client.ssh('config'), text, encodingOf(text));
    expect(() => client.target('a')).toThrow(
      expect.objectContaining({ code: 'config_invalid', message: expect.stringMatching(message) }),
    );
  });

  test('a file that others may write is refused, as ssh does it', () => {
    const client = new SshClient().config('User ada\n');
    chmodSync(client.ssh('config'), 0o666);
    expect(() => client.target('a')).toThrow(/~\/\.ssh\/config may be written by everybody.*chmod go-w/);
  });

  test('what editors leave behind, folders and links to nowhere are not included', () => {
    const client = new SshClient().config('Include conf.d/*\nInclude nowhere/*.conf\n');
    mkdirSync(client.ssh('conf.d', 'folder'), { recursive: true });
    writeFileSync(client.ssh('conf.d', '.a.swp'), 'User swap\n');
    symlinkSync(client.ssh('gone'), client.ssh('conf.d', 'link'));
    writeFileSync(client.ssh('conf.d', 'z.conf'), 'User ada\n');
    expect(client.target('gpu1')).toMatchObject({ user: 'ada', remarks: [] });
  });

  test('a # inside a word, times with units, Match final by the name that HostName gives', () => {
    const client = new SshClient().config(`
Host foo
  HostName foo.internal.example
  User x#y
  ConnectTimeout 1m # as long as it takes
Match final host *.internal.example
  Port 2200
`);
    const expected = { host: 'foo.internal.example', user: 'x#y', port: 2200, connectMs: 60_000 };
    expect(client.target('foo')).toMatchObject(expected);
    expect(client.target('foo.internal.example')).toMatchObject({ port: 2200, user: 'me' });
  });

  test.each([
    ['?.conf', 'a'],
    ['[b-d].conf', 'b'],
    ['[!ab].conf', 'c'],
    ['[z-a].conf', 'me'], // a range that runs backwards holds nothing
    ['[.conf', 'me'],
    ['\\*.conf', 'me'],
    ['{a,b}.conf', 'me'], // braces mean nothing to glob(3)
    ['**/a.conf', 'me'],
  ])('Include %s', (pattern, user) => {
    const client = new SshClient().config(`Include conf.d/${pattern}\n`);
    mkdirSync(client.ssh('conf.d'));
    for (const name of ['c', 'a', 'b']) writeFileSync(client.ssh('conf.d', `${name}.conf`), `User ${name}\n`);
    expect(client.target('gpu1').user).toBe(user);
    const args = ['-G', '-F', client.ssh('config'), 'gpu1'];
    const shown = execFileSync('ssh', args, {
      encoding: 'utf8',
      stdio: 'pipe',
      env: { ...process.env, HOME: client.home },
    });
    expect(shown).toContain(`user ${user === 'me' ? os.userInfo().username : user}\n`);
  });

  test('Tag and the networks of this machine, which OpenSSH knows since 9.4', () => {
    const client = new SshClient().config(`
Host gpu1
  Tag studio
Match tagged studio,farm
  Port 2201
Match localnetwork 192.168.0.0/16,10.0.0.0/8
  User inside
Match !localnetwork 10.0.0.0/8
  User outside
`);
    expect(client.target('gpu1')).toMatchObject({ port: 2201, user: 'inside' });
    expect(client.target('gpu2')).toMatchObject({ port: 22, user: 'inside' });
  });

  test('the way of a host behind the first jump does not count, as with ssh -J', () => {
    const client = new SshClient().config(`
Host gpu1
  ProxyJump gate,inner,last
Host inner
  ProxyJump gpu1
Host last
  ProxyCommand nc %h %p
`);
    expect(client.target('gpu1').jumps.map(({ host }) => host)).toEqual(['gate', 'inner', 'last']);
    expect(() => client.target('last')).toThrow(/ProxyCommand/);
  });

  test('the first of ProxyCommand and ProxyJump wins, also when it is none', () => {
    const jumps = (text: string) =>
      new SshClient()
        .config(text)
        .target('gpu1')
        .jumps.map(({ host }) => host);
    expect(jumps('Host gate\n  ProxyJump none\nHost *\n  ProxyJump gate\n  ProxyCommand nc %h %p\n')).toEqual(['gate']);
    expect(jumps('ProxyCommand none\nProxyJump gate\n')).toEqual([]);
    expect(jumps('ProxyJump none # not from here\nProxyCommand nc %h %p\n')).toEqual([]);
  });

  test('how long to wait: units, and our own limit where ssh has none', () => {
    const wait = (value: string) => new SshClient().config(`ConnectTimeout ${value}\n`).target('gpu1').connectMs;
    expect(['3', '1m30s', '2H', 'none', '0', '60w'].map(wait)).toEqual([
      ...[3000, 90_000, 7_200_000, 15_000, 15_000],
      2 ** 31 - 1, // the longest timer of Node; a longer one would end at once
    ]);
  });

  test('ways to log in', () => {
    const ways = (text: string) => {
      const { pubkeyAuthentication, kbdInteractive } = new SshClient().config(text).target('gpu1');
      return [pubkeyAuthentication, kbdInteractive];
    };
    expect(ways('')).toEqual([true, true]);
    expect(ways('PubkeyAuthentication no\n')).toEqual([false, true]);
    expect(ways('PreferredAuthentications publickey,password\n')).toEqual([true, false]);
    expect(ways('ChallengeResponseAuthentication no\nKbdInteractiveAuthentication yes\n')).toEqual([true, false]);
    expect(ways('BatchMode yes\n')).toEqual([true, false]);
  });
});

describe('what ssh may do differently is said, with its place', () => {
  test.each([
    [
      'Match exec',
      'Match host gpu1 exec "at-office"\n  User ada\n',
      /^~\/\.ssh\/config:1: Match exec is not run here, so its block does not apply/,
    ],
    ['Match version', 'Match version OpenSSH_9.*\n', /config:1: Match version is not looked at here/],
    ['a keyword that nobody knows', 'Bogus yes\n', /config:1: Bogus is no setting that is known here/],
    [
      'CanonicalizeHostname',
      'CanonicalizeHostname yes\nCanonicalDomains lab.example\n',
      /config:1: CanonicalizeHostname is not done here/,
    ],
    ['KnownHostsCommand', 'KnownHostsCommand /bin/keys %H\n', /KnownHostsCommand is not run here/],
    ['LocalCommand', 'PermitLocalCommand yes\nLocalCommand knock %h\n', /config:2: LocalCommand is not run here/],
    ['RemoteCommand', 'RemoteCommand tmux attach\n', /RemoteCommand is not run/],
    [
      'StrictHostKeyChecking',
      'StrictHostKeyChecking no\n',
      /StrictHostKeyChecking is not followed.*trusted by a person first/,
    ],
    ['RevokedHostKeys', 'RevokedHostKeys /etc/ssh/revoked\n', /RevokedHostKeys is not read here/],
    ['VerifyHostKeyDNS', 'VerifyHostKeyDNS ask\n', /VerifyHostKeyDNS is not followed/],
    ['PKCS11Provider', 'PKCS11Provider /usr/lib/opensc-pkcs11.so\n', /ssh-add -s/],
    ['User', `User \${USER}\n`, /User is taken as it is written; OpenSSH 10 fills in/],
    ['Include', `Include \${NOPE}/*.conf\n`, /config:1: NOPE is not set here, so Include .* finds nothing/],
    ['BindAddress', 'BindAddress 10.0.0.1\n', /BindAddress is not followed/],
    ['a relative file', 'IdentityFile keys/id\n', /IdentityFile keys\/id is looked for in the home folder/],
    [
      'what a host in between has',
      'Host gpu1\n ProxyJump gate\nHost gate\n StrictHostKeyChecking no\n',
      /config:4: StrictHost/,
    ],
  ])('%s', (_, text, remark) => {
    expect(new SshClient().config(text).target('gpu1').remarks).toEqual([expect.stringMatching(remark)]);
  });

  test.each([
    ['a block that is for others anyway', 'Match host other exec true\nMatch exec true user other\n'],
    ['a keyword to be ignored', 'IgnoreUnknown Bog*\nBogus yes\n'],
    ['commands that ssh does not run either', 'LocalCommand knock\nRemoteCommand none\nKnownHostsCommand none\n'],
    ['checks that are made anyway', 'StrictHostKeyChecking yes\nCanonicalizeHostname yes\n'],
  ])('nothing for %s', (_, text) => {
    expect(new SshClient().config(text).target('gpu1').remarks).toEqual([]);
  });
});

/** A case whose text says so is written in the encoding that it is about. */
function encodingOf(text: string): BufferEncoding {
  if (text === '\uFEFF') return 'utf16le';
  return text.includes('\xfc') ? 'latin1' : 'utf8';
}

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
