import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ssh2 from 'ssh2';
import { describe, expect, test, vi } from 'vitest';
import { signWith } from '../../../../daemon/host/shell/keys/signature.js';
import { wireString } from '../../../../daemon/host/shell/wire.js';
import { agentWith, SecurityKey, type SecurityKeyType, sshAdd, standInAgent } from '../../../support/ssh-agent.js';
import { bareClient } from '../../../support/ssh-client.js';
import { fingerprint, keygen, SSH_USER, Sshd } from '../../../support/sshd.js';
import { tempDir } from '../../../support/tmp.js';

/** A certificate authority, and a server that lets people in by its word alone. */
async function certified() {
  const ca = path.join(tempDir(), 'ca');
  keygen(ca);
  const sshd = await Sshd.up({ config: [`TrustedUserCAKeys ${ca}.pub`, 'AuthorizedKeysFile none'] });
  return { ca, sshd };
}

/** Signs `key`.pub; the certificate lies beside it, as `key`-cert.pub. */
function certify(ca: string, key: string, options: readonly string[] = ['-n', SSH_USER]): string {
  execFileSync('ssh-keygen', ['-q', '-s', ca, '-I', 'ada at work', ...options, `${key}.pub`], { stdio: 'pipe' });
  return `${key}-cert.pub`;
}

function newKey(type?: string, passphrase = ''): string {
  const key = path.join(tempDir(), 'key');
  keygen(key, passphrase, type);
  return key;
}

describe.each(['ed25519', 'rsa', 'ecdsa'])('a certificate of an %s key', (type) => {
  test('opens: from a file beside its key, in the agent, named with the key in the agent', async () => {
    const { ca, sshd } = await certified();
    const key = newKey(type);
    const certificate = certify(ca, key);
    await bareClient(sshd, `  IdentityFile ${key}\n`).open('gpu');
    const bare = await agentWith(key); // ssh-add takes the certificate along
    await bareClient(sshd, '', { SSH_AUTH_SOCK: bare }).open('gpu');
    await bareClient(sshd, `  IdentityFile ${key}.pub\n  IdentitiesOnly yes\n`, { SSH_AUTH_SOCK: bare }).open('gpu');
    const elsewhere = path.join(tempDir(), 'issued.pub');
    renameSync(certificate, elsewhere);
    const plain = await agentWith(key);
    await bareClient(sshd, `  CertificateFile ${elsewhere}\n`, { SSH_AUTH_SOCK: plain }).open('gpu');
    expect(sshd.log().match(/Accepted publickey for ada .*-CERT/g)).toHaveLength(4);
  });
});

test('a certificate of an encrypted key: its passphrase is asked once', async () => {
  const { ca, sshd } = await certified();
  const key = newKey('ecdsa', 'open sesame');
  certify(ca, key);
  const ask = vi.fn(async () => 'open sesame');
  const client = bareClient(sshd, `  IdentityFile ${key}\n`, {}, ask);
  await client.open('gpu');
  await client.open('gpu');
  expect(ask.mock.calls).toEqual([[key]]);
});

describe('a certificate that does not open says why', () => {
  test('by what it says itself', async () => {
    const { ca, sshd } = await certified();
    const key = newKey();
    const refusal = async (options: readonly string[]) => {
      const certificate = certify(ca, key, options);
      const error = await bareClient(sshd, `  IdentityFile ${key}\n`)
        .open('gpu')
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'host_auth_failed' });
      const { message } = error as Error;
      expect(message).not.toContain('ssh-copy-id');
      return message.replaceAll(certificate, 'CERT').replaceAll(key, 'KEY');
    };
    const before = 'gpu lets ada in by none of these keys: certificate CERT, KEY.';
    expect(await refusal(['-n', SSH_USER, '-V', '20200101000000Z:20210203040500Z'])).toBe(
      `${before} The certificate CERT expired on 2021-02-03 04:05 UTC; get a new one.`,
    );
    expect(await refusal(['-n', SSH_USER, '-V', '20990101000000Z:20990201000000Z'])).toBe(
      `${before} The certificate CERT is not valid before 2099-01-01 00:00 UTC; check the clock of this computer too.`,
    );
    expect(await refusal(['-n', 'root,farm'])).toBe(
      `${before} The certificate CERT is for root, farm, not for ada; log in as one of those, or ask for one with -n ada.`,
    );
    expect(await refusal([])).toBe(
      `${before} The certificate CERT is for nobody: it names no principal; ask for one with -n ada.`,
    );
    const notOffered = 'gpu lets ada in by none of these keys: KEY. Not offered: the certificate CERT is';
    expect(await refusal(['-h', '-n', 'gpu'])).toBe(
      `${notOffered} one for hosts, not for users; ask for a user certificate (ssh-keygen -s without -h).`,
    );
    const other = certify(ca, newKey());
    renameSync(other, `${key}-cert.pub`);
    await expect(bareClient(sshd, `  IdentityFile ${key}\n`).open('gpu')).rejects.toThrow(
      `the certificate ${key}-cert.pub is for another key than ${key}; have ${key}.pub signed anew.`,
    );
    rmSync(key);
    await expect(bareClient(sshd, `  CertificateFile ${key}-cert.pub\n`).open('gpu')).rejects.toThrow(
      `No key can be used to log in to gpu as ada: the certificate ${key}-cert.pub is for a key whose private part is neither in a file nor in the agent.`,
    );
    writeFileSync(`${key}-cert.pub`, 'ssh-ed25519-cert-v01@openssh.com AAAAIHNzaC1lZDI1NTE5LWNlcnQ=');
    await expect(bareClient(sshd, `  CertificateFile ${key}-cert.pub\n`).open('gpu')).rejects.toThrow(
      /No key.*-cert\.pub is no certificate that can be read/,
    );
  });

  test('or that nothing speaks against it, when the host does not know its authority', async () => {
    const { sshd } = await certified();
    const [stranger, key] = [newKey(), newKey()];
    const certificate = certify(stranger, key, ['-n', SSH_USER, '-O', 'source-address=10.0.0.0/8']);
    const SSH_AUTH_SOCK = await agentWith(key);
    rmSync(certificate);
    await expect(bareClient(sshd, '', { SSH_AUTH_SOCK }).open('gpu')).rejects.toMatchObject({
      message:
        'gpu lets ada in by none of these keys: certificate of agent (key), agent (key). The certificate of agent (key) ' +
        `("ada at work") is in order for ada, may be used from 10.0.0.0/8 only; check that the host trusts its authority ` +
        `${fingerprint(`${stranger}.pub`)} (TrustedUserCAKeys) and has not revoked it.`,
      data: { why: 'certificate' },
    });
  });
});

describe.each(['sk-ssh-ed25519@openssh.com', 'sk-ecdsa-sha2-nistp256@openssh.com'] as const)('%s', (type) => {
  test('opens by an agent, and so does a certificate of it', async () => {
    const sshd = await Sshd.up();
    const { key, file } = securityKey(type);
    sshd.allow(`${file}.pub`);
    const SSH_AUTH_SOCK = await standInAgent({ blob: key.blob, sign: (data) => key.sign(data) });
    await bareClient(sshd, '', { SSH_AUTH_SOCK }).open('gpu');
    await bareClient(sshd, `  IdentityFile ${file}.pub\n  IdentitiesOnly yes\n`, { SSH_AUTH_SOCK }).open('gpu');
    const trusting = await certified();
    const certificate = certify(trusting.ca, file);
    await bareClient(trusting.sshd, `  CertificateFile ${certificate}\n`, { SSH_AUTH_SOCK }).open('gpu');
    expect(trusting.sshd.log()).toMatch(/Accepted publickey for ada .*-SK-CERT/);
  });
});

describe('an agent that helps no further', () => {
  test('nobody touches the security key', async () => {
    const sshd = await Sshd.up();
    const { key, file } = securityKey('sk-ssh-ed25519@openssh.com');
    sshd.allow(`${file}.pub`);
    const SSH_AUTH_SOCK = await standInAgent({ blob: key.blob, sign: undefined });
    await expect(bareClient(sshd, '', { SSH_AUTH_SOCK }).open('gpu')).rejects.toMatchObject({
      message:
        'gpu would let ada in by a key that gave no signature: agent (token) (it refused). Unlock the agent (ssh-add -X), and confirm or touch the key when it asks.',
      data: { why: 'signature' },
    });
  });

  test('it signs by SHA-1, though asked for SHA-2', async () => {
    const sshd = await Sshd.up();
    const file = newKey('rsa');
    sshd.allow(`${file}.pub`);
    const key = ssh2.utils.parseKey(readFileSync(file));
    if (key instanceof Error) throw key;
    const SSH_AUTH_SOCK = await standInAgent({ blob: key.getPublicSSH(), sign: (data) => signWith(key, data, 'sha1') });
    await expect(bareClient(sshd, '', { SSH_AUTH_SOCK }).open('gpu')).rejects.toThrow(
      'gpu would let ada in by a key that gave no signature: agent (token) (it signs by SHA-1, which the host does not take).',
    );
  });

  test('it is locked, or has keys of types that are not used', async () => {
    const sshd = await Sshd.up();
    const locked = await agentWith(newKey());
    sshAdd(locked, ['-q', '-x'], 'open sesame');
    await expect(bareClient(sshd, '', { SSH_AUTH_SOCK: locked }).open('gpu')).rejects.toThrow(
      /no key to log in.*the agent at .* shows no keys: load one with ssh-add, or unlock it with ssh-add -X/,
    );
    const odd = { blob: wireString('ssh-xmss@openssh.com'), sign: undefined };
    const SSH_AUTH_SOCK = await standInAgent(odd);
    await expect(bareClient(sshd, '', { SSH_AUTH_SOCK }).open('gpu')).rejects.toThrow(
      'No key can be used to log in to gpu as ada: agent (token) has a key of a type that is not used here, ssh-xmss@openssh.com.',
    );
  });

  test('the file of a security key alone', async () => {
    const sshd = await Sshd.up();
    const { file } = securityKey('sk-ssh-ed25519@openssh.com');
    await expect(bareClient(sshd, `  IdentityFile ${file}.pub\n`).open('gpu')).rejects.toThrow(
      `No key can be used to log in to gpu as ada: ${file}.pub is a security key (FIDO), which only an agent can use: load it with ssh-add ${file}.`,
    );
  });
});

function securityKey(type: SecurityKeyType) {
  const key = new SecurityKey(type);
  const file = path.join(tempDir(), 'token');
  writeFileSync(`${file}.pub`, key.publicLine);
  return { key, file };
}
