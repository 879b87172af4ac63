/** What the one who logs in holds: private keys, and ssh's options for this host alone. */
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Disk } from './disk.js';
import { must } from './execute.js';

export class ClientFiles {
  readonly identityFile: string;
  private locked = 0;

  private constructor(private readonly disk: Disk) {
    this.identityFile = disk.path('client', 'id_ed25519');
  }

  /** Makes a key that the user may log in with. */
  static async create(disk: Disk): Promise<ClientFiles> {
    const client = new ClientFiles(disk);
    const folder = path.join(disk.home, '.ssh');
    mkdirSync(folder, { mode: 0o700 });
    disk.give(folder);
    await client.authorize(client.identityFile, '');
    return client;
  }

  async lockedIdentity(passphrase: string): Promise<string> {
    this.locked++;
    const file = this.disk.path('client', `id_locked_${this.locked}`);
    await this.authorize(file, passphrase);
    return file;
  }

  /** `publicKey` as known_hosts writes it: type and base64. Nothing of the machine's own configuration is read. */
  options(address: string, port: number, publicKey: string): string[] {
    const known = this.disk.path('client', 'known_hosts');
    const name = port === 22 ? address : `[${address}]:${port}`;
    writeFileSync(known, `${name} ${publicKey}\n`);
    const settings = [`Port=${port}`, `UserKnownHostsFile=${known}`, 'GlobalKnownHostsFile=none', 'IdentitiesOnly=yes'];
    const options = [`IdentityFile=${this.identityFile}`, 'BatchMode=yes', 'IdentityAgent=none', ...settings];
    return ['-F', 'none', ...options.flatMap((option) => ['-o', option])];
  }

  private async authorize(file: string, passphrase: string): Promise<void> {
    await must(['ssh-keygen', '-q', '-t', 'ed25519', '-N', passphrase, '-C', 'cosmos-test', '-f', file]);
    const authorized = path.join(this.disk.home, '.ssh', 'authorized_keys');
    appendFileSync(authorized, readFileSync(`${file}.pub`), { mode: 0o600 });
    this.disk.give(authorized);
  }
}
