/** Passphrases on their way from a client to the keychain: nobody can be asked by a daemon that has no terminal. */
import type { AskPassphrase, Keychain } from '../host/shell/keys/keychain.js';
import { keepSecret } from '../secrets.js';

export class Passphrases {
  private readonly given = new Map<string, string>();

  /** For the keychain; without a passphrase that was just given it declines. */
  readonly ask: AskPassphrase = async (file) => this.given.get(file);

  /** Forgets the passphrase at once, right or wrong. @throws CosmosError identity_locked */
  async unlock(keychain: Keychain, file: string, passphrase: string): Promise<void> {
    this.given.set(file, passphrase);
    const forget = keepSecret(passphrase);
    try {
      await keychain.unlock(file);
    } finally {
      this.given.delete(file);
      forget();
    }
  }
}
