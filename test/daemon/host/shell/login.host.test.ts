import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { agentWith } from '../../../support/ssh-agent.js';
import { bareClient } from '../../../support/ssh-client.js';
import { keygen, SSH_USER, Sshd } from '../../../support/sshd.js';
import { tempDir } from '../../../support/tmp.js';

function makeKeys(count: number, passphrase = ''): string[] {
  const folder = tempDir();
  return Array.from({ length: count }, (_, index) => {
    const file = path.join(folder, `key${index}`);
    keygen(file, passphrase);
    return file;
  });
}

describe('agent', () => {
  test('a key of the agent opens', async () => {
    const sshd = await Sshd.up();
    const [key = ''] = makeKeys(1);
    sshd.allow(`${key}.pub`);
    await bareClient(sshd, '', { SSH_AUTH_SOCK: await agentWith(key) }).open('gpu');
  });

  test('RSA by the agent signs with SHA-2', async () => {
    const sshd = await Sshd.up();
    const key = path.join(tempDir(), 'rsa');
    keygen(key, '', 'rsa');
    sshd.allow(`${key}.pub`);
    await bareClient(sshd, '', { SSH_AUTH_SOCK: await agentWith(key) }).open('gpu');
    await bareClient(sshd, `  IdentityFile ${key}\n`).open('gpu');
    expect(sshd.log()).toMatch(/rsa-sha2-/);
  });

  test('too many keys of an agent: the named one is offered first, or alone', async () => {
    const sshd = await Sshd.up();
    const keys = makeKeys(8);
    const key = keys[7] ?? '';
    sshd.allow(`${key}.pub`);
    const SSH_AUTH_SOCK = await agentWith(...keys);
    const refused = bareClient(sshd, '', { SSH_AUTH_SOCK }).open('gpu');
    await expect(refused).rejects.toMatchObject({ code: 'host_auth_failed' });
    await expect(refused).rejects.toThrow(/too many keys.*IdentitiesOnly/);
    await bareClient(sshd, `  IdentityFile ${key}\n`, { SSH_AUTH_SOCK }).open('gpu');
    await bareClient(sshd, `  IdentityFile ${key}.pub\n  IdentitiesOnly yes\n`, { SSH_AUTH_SOCK }).open('gpu');
  });

  test('an agent that does not run is told, and the key files are still tried', async () => {
    const sshd = await Sshd.up();
    const gone = { SSH_AUTH_SOCK: path.join(tempDir(), 'nobody') };
    await bareClient(sshd, `  IdentityFile ${sshd.identityFile}\n`, gone).open('gpu');
    await expect(bareClient(sshd, '', gone).open('gpu')).rejects.toThrow(
      /no key.*ssh-add.*agent at .*nobody does not answer/,
    );
  });
});

describe('encrypted key', () => {
  test('is asked once, kept in memory, and only when the host wants it', async () => {
    const sshd = await Sshd.up();
    const [locked = '', other = ''] = makeKeys(2, 'open sesame');
    sshd.allow(`${locked}.pub`);
    const ask = vi.fn(async () => 'open sesame');
    const client = bareClient(sshd, `  IdentityFile ${other}\n  IdentityFile ${locked}\n`, {}, ask);
    await Promise.all([client.open('gpu'), client.open('gpu')]);
    await client.open('gpu');
    expect(ask.mock.calls).toEqual([[locked]]);
  });

  test.each([
    ['a wrong passphrase', 'wrong', /does not open it/],
    ['no passphrase', undefined, /was not given.*ssh-add/],
  ])('%s: the key stays locked, the next connection may ask again', async (_, answer, message) => {
    const sshd = await Sshd.up();
    const [locked = ''] = makeKeys(1, 'open sesame');
    sshd.allow(`${locked}.pub`);
    const ask = vi.fn(async () => answer);
    const client = bareClient(sshd, `  IdentityFile ${locked}\n`, {}, ask);
    const refused = client.open('gpu');
    await expect(refused).rejects.toMatchObject({ code: 'identity_locked', data: { file: locked } });
    await expect(refused).rejects.toThrow(message);
    await expect(client.open('gpu')).rejects.toMatchObject({ code: 'identity_locked' });
    expect(ask).toHaveBeenCalledTimes(2);
  });
});

describe('refused', () => {
  test('a key that the host does not know, and one that is not there', async () => {
    const sshd = await Sshd.up();
    const [key = ''] = makeKeys(1);
    const refused = bareClient(sshd, `  IdentityFile ${key}\n  IdentityFile ~/missing\n`).open('gpu');
    await expect(refused).rejects.toMatchObject({ code: 'host_auth_failed', data: { user: SSH_USER, tried: [key] } });
    await expect(refused).rejects.toThrow(/Not offered: .*missing cannot be read.*authorized_keys/);
  });
});
