/** The options of an SSH connection beside its target. */
import type { Clock } from '../../clock.js';
import type { AskPerson } from './ask-person.js';
import type { Keychain } from './keys/keychain.js';

/** What a connection needs beside its target. */
export interface DialOptions {
  readonly clock: Clock;
  /** Our own known_hosts file; the user's and the system's are in the target. */
  readonly knownHosts: string;
  readonly keychain: Keychain;
  /** Puts the questions of hosts to a person; left out = nobody is there. */
  readonly ask?: AskPerson | undefined;
  /** The command by which a person answers what the host asks; left out = the one that only looks at it. */
  readonly login?: string;
  /** Gives up a login that is under way, whatever it waits for. A connection that is there is not ended by it. */
  readonly signal?: AbortSignal;
  /** Milliseconds between keepalives. */
  readonly keepaliveMs?: number;
}
