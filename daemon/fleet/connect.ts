/** Makes the offer of a host of cosmos.toml, with a connection that opens when it is needed. */
import { createHash } from 'node:crypto';
import os from 'node:os';
import type { HostConfig } from '../../schemas/index.js';
import type { Clock } from '../clock.js';
import type { AskPerson } from '../host/shell/ask-person.js';
import { refusePassword } from '../host/shell/config/destination.js';
import { type SshEnvironment, systemEnvironment } from '../host/shell/config/environment.js';
import { HostLine } from '../host/shell/host-line.js';
import type { Keychain } from '../host/shell/keys/keychain.js';
import { SshConnection } from '../host/shell/ssh.js';
import { resolveTarget } from '../host/shell/target.js';
import { SshHost } from '../host/ssh/ssh-host.js';
import { RemoteStore } from '../host/transfer/transfer.js';
import type { StateDir } from '../state-dir.js';
import type { RemoteOffer } from './live-offers.js';
import { SshOffer } from './ssh-offer.js';

export interface SshOfferDeps {
  readonly stateDir: Pick<StateDir, 'root' | 'knownHosts'>;
  readonly clock: Clock;
  /** It keeps the passphrases that people gave until the daemon ends. */
  readonly keychain: Keychain;
  readonly environment?: SshEnvironment;
  /** "cosmos.toml:12" when the address of the host there has a password; such a host is not connected. */
  readonly passwordAt?: string | undefined;
}

/** Does not connect yet: mistakes in the configuration of the host show when it does. */
export function connectHost(config: HostConfig, deps: SshOfferDeps): RemoteOffer {
  const line = lineTo(config, deps);
  return { line, offer: offerOn(line, config, deps) };
}

function lineTo({ ssh, name }: HostConfig, deps: SshOfferDeps): HostLine {
  const { stateDir, clock, keychain, environment, passwordAt } = deps;
  const open = async (signal: AbortSignal, ask?: AskPerson) => {
    refusePassword(ssh, passwordAt);
    const target = resolveTarget(ssh, environment ?? systemEnvironment());
    return SshConnection.open(target, {
      clock,
      keychain,
      knownHosts: stateDir.knownHosts,
      ...{ signal, ask },
      login: `cosmos host login ${name}`,
    });
  };
  return new HostLine(open, clock);
}

function offerOn(line: HostLine, config: HostConfig, { stateDir, clock }: SshOfferDeps): SshOffer {
  const { name, root } = config;
  const store = new RemoteStore(line, root, clock, writerOf(stateDir.root));
  const owner = `${os.userInfo().username}@${os.hostname()}`;
  const host = new SshHost({ id: name, remote: line, store, clock, root, owner });
  return new SshOffer(host, line, config, store);
}

/** Names our unfinished uploads on the host: the same after a restart, and different for each installation. */
function writerOf(stateDir: string): string {
  return createHash('sha256').update(`${os.hostname()}\n${stateDir}`).digest('hex').slice(0, 16);
}
