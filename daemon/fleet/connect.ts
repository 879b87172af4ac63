/** A host of cosmos.toml as a offer, with a line that opens when somebody needs it. */
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
  /** Passphrases that were given stay in it as long as the daemon lives. */
  readonly keychain: Keychain;
  readonly environment?: SshEnvironment;
  /** Where the address of the host has a password, "cosmos.toml:12": it is not dialled. */
  readonly passwordAt?: string | undefined;
}

/** Nothing is dialled yet, and a host that makes no sense is found out when it is. */
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

/** The same after a restart, and no other installation's: it names unfinished uploads on the host. */
function writerOf(stateDir: string): string {
  return createHash('sha256').update(`${os.hostname()}\n${stateDir}`).digest('hex').slice(0, 16);
}
