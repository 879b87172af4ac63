import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { objectionTo } from '../../../../../daemon/host/shell/keys/host-key.js';
import {
  fingerprintOf,
  isAbout,
  readKnownHosts,
  writeKnownHost,
} from '../../../../../daemon/host/shell/keys/known-hosts.js';
import { SshClient } from '../../../../support/ssh-client.js';
import { fingerprint, keygen } from '../../../../support/sshd.js';
import { tempDir } from '../../../../support/tmp.js';

function makeKey() {
  const file = path.join(tempDir(), 'key');
  keygen(file);
  const [type = '', base64 = ''] = readFileSync(`${file}.pub`, 'utf8').split(' ');
  return { line: `${type} ${base64}`, blob: Buffer.from(base64, 'base64'), fingerprint: fingerprint(`${file}.pub`) };
}

function knownHosts(text: string) {
  const file = path.join(tempDir(), 'known_hosts');
  writeFileSync(file, text);
  return file;
}

test('fingerprints are those of ssh-keygen', () => {
  const key = makeKey();
  expect(fingerprintOf(key.blob)).toBe(key.fingerprint);
});

describe('names of a line', () => {
  const key = 'ssh-ed25519 AAAA';
  test.each([
    ['gpu1', 'gpu1', true],
    ['gpu1', 'GPU1', true],
    ['a,gpu1,b', 'gpu1', true],
    ['gpu?', 'gpu1', true],
    ['*.example', 'gpu1.example', true],
    ['*,!gpu1', 'gpu1', false],
    ['gpu1', '[gpu1]:2222', false],
    ['[gpu1]:2222', '[gpu1]:2222', true],
    ['[*.example]:2222', '[a.example]:2222', true],
    ['gpu.', 'gpu1', false],
  ])('%s about %s: %s', (names, host, expected) => {
    const [known] = readKnownHosts([knownHosts(`${names} ${key}\n`)]);
    expect(known !== undefined && isAbout(known, host)).toBe(expected);
  });

  test('hashed by ssh-keygen -H', () => {
    const file = knownHosts(`[gpu1]:2222 ${makeKey().line}\n`);
    execFileSync('ssh-keygen', ['-q', '-H', '-f', file], { stdio: 'ignore' });
    const [known] = readKnownHosts([file]);
    expect(known?.names).toMatch(/^\|1\|/);
    expect(known !== undefined && isAbout(known, '[gpu1]:2222')).toBe(true);
    expect(known !== undefined && isAbout(known, 'gpu1')).toBe(false);
  });

  test('comments, empty and broken lines are skipped, lines are counted', () => {
    const file = knownHosts('# note\n\nbroken\n@revoked * ssh-rsa AAAA comment\r\n  gpu1 ssh-ed25519 BBBB\n');
    expect(readKnownHosts([file, '/nowhere/known_hosts']).map(({ line, marker }) => [line, marker])).toEqual([
      [4, 'revoked'],
      [5, undefined],
    ]);
  });
});

describe('verdict', () => {
  const judge = (text: string, blob: Buffer) =>
    objectionTo(blob, new SshClient().target('gpu1'), readKnownHosts([knownHosts(text)]));

  test('a known key has no objection, from any line', () => {
    const [good, other] = [makeKey(), makeKey()];
    expect(judge(`gpu1 ${other.line}\ngpu1 ${good.line}\n`, good.blob)).toBeUndefined();
  });

  test('unknown: fingerprint, type and the command that trusts it', () => {
    const good = makeKey();
    const objection = judge(`gpu2 ${good.line}\n`, good.blob);
    expect(objection).toMatchObject({
      code: 'host_key_unknown',
      data: {
        fingerprint: good.fingerprint,
        keyType: 'ssh-ed25519',
        trust: `cosmos host trust gpu1 ${good.fingerprint}`,
      },
    });
  });

  test('changed: both fingerprints and the place', () => {
    const [good, other] = [makeKey(), makeKey()];
    const objection = judge(`gpu1 ${other.line}\n`, good.blob);
    expect(objection?.code).toBe('host_key_changed');
    expect(objection?.message).toContain(good.fingerprint);
    expect(objection?.message).toContain(other.fingerprint);
    expect(objection?.message).toMatch(/known_hosts, line 1/);
  });

  test('revoked wins over known', () => {
    const good = makeKey();
    expect(judge(`gpu1 ${good.line}\n@revoked * ${good.line}\n`, good.blob)?.code).toBe('host_key_revoked');
  });

  test('a certificate authority is refused by name', () => {
    const [good, other] = [makeKey(), makeKey()];
    const objection = judge(`@cert-authority * ${other.line}\n`, good.blob);
    expect(objection?.code).toBe('host_key_unknown');
    expect(objection?.message).toMatch(/certificate authority in .*, line 1; certificates of hosts are not read here/);
  });
});

test('trusting writes one line a host, and leaves the others alone', () => {
  const [first, second] = [makeKey(), makeKey()];
  const file = knownHosts(`# mine\ngpu2 ${first.line}\n@revoked gpu1 ${first.line}\n`);
  writeKnownHost(file, 'gpu1', first.blob);
  writeKnownHost(file, 'gpu1', second.blob);
  expect(readFileSync(file, 'utf8')).toBe(
    `# mine\ngpu2 ${first.line}\n@revoked gpu1 ${first.line}\ngpu1 ${second.line}\n`,
  );
});
