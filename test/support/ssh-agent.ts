/** Agents that hold keys: the real ssh-agent, and a stand-in for one with a security key, of which there is none here. */
import { execFileSync, spawn } from 'node:child_process';
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { mpint, uint32, WireReader, wireString } from '../../daemon/host/shell/wire.js';
import { tempDir } from './tmp.js';

/** A real ssh-agent in the foreground, with these keys (and the certificates beside them). */
export async function agentWith(...keys: readonly string[]): Promise<string> {
  const socket = path.join(tempDir(), 'agent');
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(async () => {
    const gone = once(agent, 'exit');
    agent.kill('SIGKILL');
    await gone;
  });
  await once(agent.stdout, 'data');
  for (const key of keys) sshAdd(socket, ['-q', key]);
  return socket;
}

/** @param answer the passphrase that ssh-add gets when it asks */
export function sshAdd(socket: string, args: readonly string[], answer = ''): void {
  const askpass = path.join(tempDir(), 'askpass');
  writeFileSync(askpass, `#!/bin/sh\necho '${answer}'\n`);
  chmodSync(askpass, 0o700);
  const env = { ...process.env, SSH_AUTH_SOCK: socket, SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force' };
  execFileSync('ssh-add', args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
}

export type SecurityKeyType = 'sk-ssh-ed25519@openssh.com' | 'sk-ecdsa-sha2-nistp256@openssh.com';

/** Signs as a security key does (PROTOCOL.u2f), with a key of this process. The judge is the sshd that verifies it. */
export class SecurityKey {
  readonly blob: Buffer;
  private readonly key: KeyObject;
  private counter = 0;

  constructor(readonly type: SecurityKeyType) {
    const application = wireString('ssh:');
    if (type === 'sk-ssh-ed25519@openssh.com') {
      const { publicKey, privateKey } = generateKeyPairSync('ed25519');
      const point = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
      this.key = privateKey;
      this.blob = Buffer.concat([wireString(type), wireString(point), application]);
    } else {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
      const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
      this.key = privateKey;
      this.blob = Buffer.concat([wireString(type), wireString('nistp256'), wireString(point), application]);
    }
  }

  /** As authorized_keys has it. */
  get publicLine(): string {
    return `${this.type} ${this.blob.toString('base64')} token`;
  }

  sign(data: Buffer): Buffer {
    const presence = Buffer.concat([Buffer.of(1), uint32(++this.counter)]);
    const signed = Buffer.concat([sha256(Buffer.from('ssh:')), presence, sha256(data)]);
    if (this.type === 'sk-ssh-ed25519@openssh.com') {
      return Buffer.concat([wireString(this.type), wireString(sign(null, signed, this.key)), presence]);
    }
    const both = sign('sha256', signed, { key: this.key, dsaEncoding: 'ieee-p1363' });
    const numbers = Buffer.concat([mpint(both.subarray(0, 32)), mpint(both.subarray(32))]);
    return Buffer.concat([wireString(this.type), wireString(numbers), presence]);
  }
}

export interface StandInKey {
  readonly blob: Buffer;
  /** undefined = the key is not touched, so the agent refuses. */
  readonly sign: ((data: Buffer) => Buffer) | undefined;
}

/** An agent of our own with keys that ssh-agent does not take without a device. */
export async function standInAgent(...keys: readonly StandInKey[]): Promise<string> {
  const socket = path.join(tempDir(), 'agent');
  const server = net.createServer((client) => {
    client.on('data', (request) => client.write(wireString(answer(new WireReader(request.subarray(4)), keys))));
    client.on('error', () => {});
  });
  server.listen(socket);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return socket;
}

function answer(request: WireReader, keys: readonly StandInKey[]): Buffer {
  if (request.byte() === 11) {
    const list = keys.flatMap(({ blob }) => [wireString(blob), wireString('token')]);
    return Buffer.concat([Buffer.of(12), uint32(keys.length), ...list]);
  }
  const blob = request.string();
  const signature = keys.find((key) => key.blob.equals(blob))?.sign?.(request.string());
  return signature === undefined ? Buffer.of(5) : Buffer.concat([Buffer.of(14), wireString(signature)]);
}

function sha256(data: Buffer): Buffer {
  return createHash('sha256').update(data).digest();
}
