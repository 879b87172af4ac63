import path from 'node:path';
import { expect, test, vi } from 'vitest';
import type { AskPerson } from '../../../../daemon/host/shell/ask-person.js';
import { oneTimeCodes } from '../../../support/one-time-codes.js';
import { bareClient, clientOf, hostBlock, SshClient } from '../../../support/ssh-client.js';
import { keygen, SSH_USER, Sshd } from '../../../support/sshd.js';
import { tempDir } from '../../../support/tmp.js';

const ANSWERS = ['UsePAM yes', 'KbdInteractiveAuthentication yes'];

function answering(...answers: readonly string[]) {
  const left = [...answers];
  return vi.fn<AskPerson>(async ({ prompts }) => prompts.map(() => left.shift() ?? ''));
}

test('a one-time code opens once; a wrong one is asked for again, thrice at most', async () => {
  const sshd = await Sshd.up({ pam: oneTimeCodes('111111', '222222'), config: ANSWERS });
  const client = bareClient(sshd, '');
  const ask = answering('111111');
  const connection = await client.open('gpu', { ask });
  expect((await connection.run('id -un')).stdout.toString()).toBe(`${SSH_USER}\n`);
  const question = {
    host: 'gpu',
    user: SSH_USER,
    name: '',
    instruction: '',
    prompts: [{ text: 'Password:', echo: false }],
  };
  expect(ask.mock.calls).toEqual([[question]]);
  await client.open('gpu', { ask: answering('111111', '222222') });
  const wrong = answering('111111', '222222', '333333', '444444');
  await expect(client.open('gpu', { ask: wrong })).rejects.toMatchObject({
    code: 'host_auth_failed',
    message: 'gpu does not accept what was answered for ada. It says: Tries are counted',
    data: { why: 'answers' },
  });
  const [asked, told] = [wrong.mock.calls.flat().filter(({ prompts }) => prompts.length > 0), wrong.mock.calls.length];
  expect([asked.length, told]).toEqual([3, 6]); // each refusal was told
  expect(asked.map(({ instruction }) => instruction)).toEqual(['', ...Array(2).fill('That was not accepted.')]);
});

test('a key and then a code; without a person nothing is begun that only a person can end', async () => {
  const methods = [...ANSWERS, 'AuthenticationMethods publickey,keyboard-interactive'];
  const sshd = await Sshd.up({ pam: oneTimeCodes('111111'), config: methods });
  const client = clientOf(sshd);
  await expect(client.open('gpu')).rejects.toMatchObject({
    code: 'host_asks',
    message: `gpu took ${sshd.identityFile} for ada and asks for answers (keyboard-interactive), which only a person can give. Log in with: cosmos host test gpu`,
    data: { methods: ['keyboard-interactive'], login: 'cosmos host test gpu' },
  });
  await expect(client.open('gpu', { ask: async () => undefined })).rejects.toMatchObject({ code: 'host_asks' });
  await client.open('gpu', { ask: answering('111111') });
  expect(sshd.log().match(/method keyboard-interactive/g)).toHaveLength(2);
});

test('a password', async () => {
  const config = ['UsePAM yes', 'PubkeyAuthentication no', 'PasswordAuthentication yes'];
  const sshd = await Sshd.up({ pam: oneTimeCodes('open sesame'), config });
  await expect(clientOf(sshd).open('gpu')).rejects.toThrow(
    'gpu lets ada in by a password, which only a person can give. Log in with: cosmos host test gpu',
  );
  const ask = answering('open sesame');
  await clientOf(sshd).open('gpu', { ask });
  expect(ask.mock.calls[0]?.[0].prompts).toEqual([{ text: 'Password of ada on gpu', echo: false }]);
});

test('an sshd without PAM offers answers and asks nothing: the password is asked', async () => {
  const config = ['KbdInteractiveAuthentication yes', 'PasswordAuthentication yes'];
  const sshd = await Sshd.up({ config });
  const ask = answering();
  await expect(bareClient(sshd, '').open('gpu', { ask })).rejects.toThrow(
    'gpu does not accept what was answered for ada.',
  );
  expect(ask.mock.calls.flatMap(([{ prompts }]) => prompts.map(({ text }) => text))).toEqual(
    Array(3).fill('Password of ada on gpu'),
  );
});

test('a host on the way asks', async () => {
  const behind = await Sshd.up();
  const config = [...ANSWERS, 'PubkeyAuthentication no'];
  const jump = await Sshd.up({ pam: oneTimeCodes('111111'), config });
  const client = new SshClient().knows(behind.knownHostsLine, jump.knownHostsLine);
  client.config(`Host jump\n${hostBlock(jump)}Host gpu\n${hostBlock(behind)}  ProxyJump jump\n`);
  await expect(client.open('gpu')).rejects.toThrow(/^jump lets ada in by.*cosmos host test gpu$/);
  const ask = answering('111111');
  await client.open('gpu', { ask });
  expect(ask.mock.calls[0]?.[0].host).toBe('jump');
});

test('a person who takes longer than the host waits', async () => {
  const sshd = await Sshd.up({ pam: oneTimeCodes('1'), config: [...ANSWERS, 'LoginGraceTime 1'] });
  await expect(bareClient(sshd, '').open('gpu', { ask: () => new Promise(() => {}) })).rejects.toMatchObject({
    code: 'host_asks',
    message: 'gpu asked ada for more than a key and did not wait for the answer. Log in with: cosmos host test gpu',
  });
});

test('two keys, one after the other', async () => {
  const sshd = await Sshd.up({ config: ['AuthenticationMethods publickey,publickey'] });
  const other = path.join(tempDir(), 'other');
  keygen(other);
  await expect(clientOf(sshd).open('gpu')).rejects.toThrow(
    `gpu took ${sshd.identityFile} for ada and asks for another key as well (AuthenticationMethods in its sshd_config); no other one fits.`,
  );
  sshd.allow(`${sshd.identityFile}.pub`, `${other}.pub`);
  await clientOf(sshd, `  IdentityFile ${other}\n`).open('gpu');
});

test('what cannot be used here is named', async () => {
  const kerberos = await Sshd.up({ config: ['PubkeyAuthentication no', 'GSSAPIAuthentication yes'] });
  await expect(clientOf(kerberos).open('gpu')).rejects.toThrow(
    'gpu takes no keys: it lets people in by Kerberos (gssapi-keyex) or Kerberos (gssapi-with-mic), which cannot be used here; allow PubkeyAuthentication in its sshd_config.',
  );
  const sshd = await Sshd.up();
  await expect(clientOf(sshd, '  PubkeyAuthentication no\n').open('gpu')).rejects.toThrow(
    'Keys are switched off for gpu in the SSH configuration (PubkeyAuthentication or PreferredAuthentications), and it takes nothing else that can be used here.',
  );
});
