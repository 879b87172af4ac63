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
  /** Asks the user the questions of a host; left out = no user can be asked. */
  readonly ask?: AskPerson | undefined;
  /** The command with which the user answers the host's questions; left out = the command that only tests the host. */
  readonly login?: string;
  /** Cancels a login that is under way. It does not close a connection that is open. */
  readonly signal?: AbortSignal;
  /** Milliseconds between keepalives. */
  readonly keepaliveMs?: number;
}
