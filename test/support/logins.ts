/** Accounts with start files and gateways of all kinds on one real sshd: what we make of each, and what OpenSSH's client does. */
import { execFile } from 'node:child_process';
import pLimit from 'p-limit';
import { type Clock, systemClock } from '../../daemon/clock.js';
import { type CosmosError, toCosmosError } from '../../daemon/errors.js';
import type { SshConnection } from '../../daemon/host/ssh.js';
import { hostBlock, SshClient } from './ssh-client.js';
import { type Account, Sshd } from './sshd.js';

/** Seconds of the daemon's that pass in one of ours while it waits for a login shell. */
const HASTE = 8;

export type Login = Omit<Account, 'name'>;

export interface Seen {
  /** What `ssh host 'printf ready'` prints within its time. */
  readonly judge: string;
  /** Why the host does not work for us; undefined when it does. */
  readonly sentence: string | undefined;
  readonly code?: string;
  readonly ms?: number;
}

const hasty: Clock = { ...systemClock, after: (ms, callback) => systemClock.after(ms / HASTE, callback) };

export async function lookAt(logins: readonly Login[], { judged = true } = {}): Promise<Seen[]> {
  const accounts = logins.map((login, n) => ({ ...login, name: `user${n}` }));
  const sshd = await Sshd.up({ accounts, config: ['PermitUserEnvironment yes'] });
  const client = new SshClient().knows(sshd.knownHostsLine);
  client.config(accounts.map(({ name }) => `Host ${name}\n${hostBlock(sshd, name)}`).join(''));
  const limit = pLimit(8);
  return Promise.all(
    accounts.map(({ name }) =>
      limit(async () => {
        const start = performance.now();
        const failed = await attempt(client, name);
        const ms = Math.round(performance.now() - start);
        return { judge: judged ? await judgement(client, sshd, name) : '', sentence: failed?.message, ...(failed && { code: failed.code }), ms };
      }),
    ),
  );
}

async function attempt(client: SshClient, name: string): Promise<CosmosError | undefined> {
  try {
    const connection = await client.open(name, { clock: hasty });
    await everything(connection);
    return undefined;
  } catch (error) {
    return toCosmosError(error);
  }
}

const BYTES = Buffer.from(Array.from({ length: 70_000 }, (_, n) => (n * 7 + (n >> 8)) % 256));

/** Output, errors, exit code, input: all of it exact. */
async function everything(connection: SshConnection): Promise<void> {
  const plain = await connection.run('printf "%s" "$@"; echo oops >&2; exit 7', ['mine\n', "it's"]);
  same([plain.stdout.toString(), plain.exitCode, plain.stderr.replace('oops\n', '')], ["mine\nit's", 7, '']);
  const [echoed, early] = await Promise.all([
    connection.run('cat; exit 5', [], { stdin: BYTES }),
    connection.run('head -c 3; exit 6', [], { stdin: Buffer.from('abc\ntouch ~/broken\n') }),
  ]);
  same([echoed.stdout.equals(BYTES), echoed.exitCode, echoed.stderr], [true, 5, '']);
  same([early.stdout.toString(), early.exitCode, early.stderr], ['abc', 6, '']);
  const left = await connection.run('cat ~/broken 2>/dev/null; command -v ls >/dev/null && echo "$((1 + 1))"');
  same([left.stdout.toString(), left.exitCode], ['2\n', 0]);
}

function same(actual: unknown, expected: unknown): void {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== should) throw new Error(`not exact: ${is} instead of ${should}`);
}

function judgement(client: SshClient, sshd: Sshd, name: string): Promise<string> {
  const options = ['-F', client.ssh('config'), '-o', `UserKnownHostsFile=${client.ssh('known_hosts')}`];
  return new Promise((resolve) => {
    const argv = [...options, '-o', 'BatchMode=yes', '-o', 'IdentityAgent=none', name, 'printf ready'];
    const child = execFile('ssh', argv, { timeout: 3000 }, (_, stdout) => resolve(stdout.slice(-80)));
    child.stdin?.end();
  });
}
