/** Takes passphrases from a client to the keychain, because the daemon has no terminal to ask for them. */
import type { AskPassphrase, Keychain } from '../host/shell/keys/keychain.js';
import { keepSecret } from '../secrets.js';

export class Passphrases {
  private readonly given = new Map<string, string>();

  /** Called by the keychain. It declines when no client has just given a passphrase. */
  readonly ask: AskPassphrase = async (file) => this.given.get(file);

  /** Unlocks the key. The passphrase is not kept, right or wrong. @throws CosmosError identity_locked */
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
