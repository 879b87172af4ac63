/** Records that the user trusts a host key. */
import ssh2 from 'ssh2';
import { CosmosError } from '../../../errors.js';
import { connectionFailure, connectionLost, timedOut } from '../connection-failures.js';
import { reach } from '../dial.js';
import type { DialOptions } from '../dial-options.js';
import type { SshTarget } from '../target.js';
import { algorithmsFor, objectionTo } from './host-key.js';
import { fingerprintOf, type KnownHost, keyTypeOf, readKnownHosts, writeKnownHost } from './known-hosts.js';

/**
 * Asks the host for its key again and stores it in our own known_hosts, if it has this fingerprint
 * ("SHA256:..."). Nothing else is sent to the host.
 * @throws CosmosError host_key_changed when it shows another key, host_key_revoked, or why it cannot be reached.
 */
export async function trustHostKey(target: SshTarget, fingerprint: string, options: DialOptions): Promise<void> {
  const known = readKnownHosts([options.knownHosts, ...target.knownHostsFiles]);
  const key = await showKey(target, known, options);
  const shown = fingerprintOf(key);
  if (shown !== fingerprint) {
    const message = `${target.name} shows ${keyTypeOf(key)} ${shown}, not ${fingerprint}; nothing was trusted.`;
    throw new CosmosError('host_key_changed', message, {
      host: target.name,
      fingerprint: shown,
      expected: fingerprint,
    });
  }
  const objection = objectionTo(key, target, known);
  if (objection?.code === 'host_key_revoked') throw objection;
  writeKnownHost(options.knownHosts, target.knownAs, key);
}

/** The key that the host shows; the handshake stops there. */
async function showKey(target: SshTarget, known: readonly KnownHost[], options: DialOptions): Promise<Buffer> {
  const { sock, hangUp } = await reach(target, options);
  const client = new ssh2.Client();
  let stop: () => void = () => {};
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      stop = options.clock.after(target.connectMs, () => reject(timedOut(target)));
      client.on('error', (error) => reject(connectionFailure(error, target)));
      client.once('close', () => reject(connectionLost(target)));
      client.connect({
        sock,
        username: target.user,
        readyTimeout: 0,
        algorithms: { serverHostKey: algorithmsFor(target, known) },
        hostVerifier: (key: Buffer) => {
          resolve(Buffer.from(key));
          return false;
        },
      });
    });
  } finally {
    stop();
    sock.destroy();
    hangUp();
  }
}
