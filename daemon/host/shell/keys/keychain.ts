/** Unlocked private keys: each passphrase is asked once, and the unlocked key is kept in memory only. */
import { readFile } from 'node:fs/promises';
import ssh2, { type ParsedKey } from 'ssh2';
import { CosmosError } from '../../../errors.js';

/** Asks the user for the passphrase of a key file; undefined = declined. */
export type AskPassphrase = (file: string) => Promise<string | undefined>;

/** Lives as long as the daemon, so that a new connection does not ask again. */
export class Keychain {
  private readonly unlocked = new Map<string, Promise<ParsedKey>>();

  constructor(private readonly ask: AskPassphrase) {}

  /** The private key of an encrypted file. @throws CosmosError identity_locked when the passphrase is wrong or not given. */
  unlock(file: string): Promise<ParsedKey> {
    const known = this.unlocked.get(file);
    if (known !== undefined) return known;
    const key = this.open(file);
    this.unlocked.set(file, key);
    key.catch(() => this.unlocked.delete(file)); // the next connection may ask again
    return key;
  }

  private async open(file: string): Promise<ParsedKey> {
    const passphrase = await this.ask(file);
    if (passphrase === undefined) {
      throw locked(file, 'its passphrase was not given; give it, or add the key to an agent with ssh-add');
    }
    const key = ssh2.utils.parseKey(await readFile(file), passphrase);
    if (key instanceof Error) throw locked(file, 'the passphrase does not open it', key);
    return key;
  }
}

function locked(file: string, why: string, cause?: Error): CosmosError {
  return new CosmosError('identity_locked', `The key ${file} stays locked: ${why}.`, { file }, { cause });
}
