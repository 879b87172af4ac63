/** Accounts with start files and gateways of all kinds on one real sshd: what we make of each, and what OpenSSH's client does. */
import { execFile } from 'node:child_process';
import pLimit from 'p-limit';
import { type Clock, systemClock } from '../../daemon/clock.js';
import { type CosmosError, toCosmosError } from '../../daemon/errors.js';
import { START_MS } from '../../daemon/host/shell/execution.js';
import type { SshConnection } from '../../daemon/host/shell/ssh.js';
import { hostBlock, SshClient } from './ssh-client.js';
import { type Account, Sshd } from './sshd.js';

export type Login = Omit<Account, 'name'>;

export interface LoginAttempt {
  readonly login: Login;
  /** By what the time is divided in which its login shell has to come to our command. */
  readonly haste?: number;
}

/** Uses each account for everything that a host is used for; gives the error of those that do not work. */
export async function useAll(attempts: readonly LoginAttempt[]): Promise<(CosmosError | undefined)[]> {
  const client = await world(attempts);
  return eachOf(attempts, (login, name) => attempt(client, name, login));
}

export interface Judged {
  /** Why it does not work for us. */
  readonly error: CosmosError | undefined;
  /** Whether `ssh host 'printf %s%s rea dy'` without input prints it in some seconds. */
  readonly worksForSsh: boolean;
}

export async function judgeAll(attempts: readonly LoginAttempt[]): Promise<Judged[]> {
  const client = await world(attempts);
  return eachOf(attempts, async (login, name) => {
    const [error, said] = await Promise.all([attempt(client, name, login), realSsh(client, name)]);
    return { error, worksForSsh: said.includes('ready') };
  });
}

async function world(attempts: readonly LoginAttempt[]): Promise<SshClient> {
  const accounts = attempts.map(({ login }, n) => ({ ...login, name: nameOf(n) }));
  const sshd = await Sshd.up({ accounts, config: ['PermitUserEnvironment yes'] });
  const client = new SshClient().knows(sshd.knownHostsLine);
  return client.config(accounts.map(({ name }) => `Host ${name}\n${hostBlock(sshd, name)}`).join(''));
}

function nameOf(n: number): string {
  return `user${n}`;
}

/** Some at a time: all at once would be slower than a login shell may be. */
function eachOf<T>(
  attempts: readonly LoginAttempt[],
  work: (login: LoginAttempt, name: string) => Promise<T>,
): Promise<T[]> {
  const limit = pLimit(10);
  return Promise.all(attempts.map((login, n) => limit(() => work(login, nameOf(n)))));
}

async function attempt(client: SshClient, name: string, { haste = 1 }: LoginAttempt): Promise<CosmosError | undefined> {
  const shorter = (ms: number) => (ms >= START_MS ? ms / haste : ms);
  const clock: Clock = { ...systemClock, after: (ms, callback) => systemClock.after(shorter(ms), callback) };
  try {
    const connection = await client.open(name, { clock });
    try {
      await everything(connection);
    } finally {
      connection.close();
    }
    return undefined;
  } catch (error) {
    return toCosmosError(error);
  }
}

const BYTES = Buffer.from(Array.from({ length: 70_000 }, (_, n) => (n * 7 + (n >> 8)) % 256));

/** Output, errors, exit code, input, and what a start file may have changed: all of it exact. */
async function everything(connection: SshConnection): Promise<void> {
  const [plain, echoed, early] = await Promise.all([
    connection.run('printf "%s" "$@"; ls >/dev/null; echo "$((1 + 1))"; exit 7', ['mine\n', "it's"]),
    connection.run('cat; exit 5', [], { stdin: BYTES }),
    // Input that the script does not read must not be run by another shell.
    connection.run('dd bs=1 count=3 2>/dev/null; exit 6', [], { stdin: Buffer.from('abc\ntouch ~/broken\n') }),
  ]);
  const { stdout } = await connection.run('[ ! -e ~/broken ] && pwd -P && cd && pwd -P');
  const [here, home] = stdout.toString().split('\n');
  same(
    [plain, echoed, early].map(({ exitCode, stderr }) => [exitCode, stderr]),
    [
      [7, ''],
      [5, ''],
      [6, ''],
    ],
  );
  same([plain.stdout.toString(), echoed.stdout.equals(BYTES), early.stdout.toString()], ["mine\nit's2\n", true, 'abc']);
  same(here, home);
}

function same(actual: unknown, expected: unknown): void {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== should) throw new Error(`not exact: ${is} instead of ${should}`);
}

function realSsh(client: SshClient, name: string): Promise<string> {
  const options = ['-F', client.ssh('config'), '-o', `UserKnownHostsFile=${client.ssh('known_hosts')}`];
  return new Promise((resolve) => {
    const argv = [...options, '-o', 'BatchMode=yes', '-o', 'IdentityAgent=none', name, 'printf %s%s rea dy'];
    const child = execFile('ssh', argv, { timeout: 3000 }, (_, stdout) => resolve(stdout));
    child.stdin?.end();
  });
}
