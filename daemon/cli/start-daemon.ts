/** Starts the daemon of a state folder, and waits until it answers. */
import { readFileSync, statSync, watch } from 'node:fs';
import { isAlive } from '../../client/discovery.js';
import type { Discovery } from '../../schemas/index.js';
import type { Clock } from '../clock.js';
import { loadConfig } from '../config.js';
import { CosmosError, coerceError } from '../errors.js';
import { namedVariables } from '../named-variables.js';
import { type DetachedOptions, spawnDetached } from '../process.js';
import type { StateDir } from '../state-dir.js';
import { findDaemon } from './discovery.js';
import { daemonArgv } from './install.js';

/** Milliseconds a daemon may take from its start until it answers; the migration of a big database takes seconds. */
const START_TIMEOUT = 30_000;
/** Milliseconds to wait for the other daemon, when ours ended because another one was started at the same time. */
const YIELD_GRACE = 1500;
/** Milliseconds between two looks at the process: there is no event for the end of a detached process. */
const LOOK_EVERY = 100;

export interface DaemonLocation {
  readonly stateDir: StateDir;
  /** Absolute path of the configuration file; undefined = the user's own. */
  readonly config: string | undefined;
  readonly clock: Clock;
  /** Variables that the daemon gets beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** The daemon ends when this process does, however that ends. */
  readonly withStarter?: boolean;
}

/** The daemon gets no secrets from the environment of the shell, and writes no core dump, which would hold its own. */
const DAEMON = { purpose: 'daemon', coreDumps: false } as const;

/** Starts a detached daemon. @throws CosmosError daemon_unreachable with the last line of its log */
export async function startDaemon(place: DaemonLocation): Promise<Discovery> {
  const { file } = loadConfig(place.config); // its error must be seen on this terminal, not only in the daemon's log
  const { withStarter = false, env } = place;
  const argv = [...daemonArgv(place.stateDir, place.config), ...(withStarter ? ['--with-starter'] : [])] as const;
  createStateDir(place.stateDir);
  const logged = statSync(place.stateDir.daemonLog, { throwIfNoEntry: false })?.size ?? 0;
  const found = await new Arrival(
    place,
    launch(argv, { ...DAEMON, named: namedVariables(file), env, lifeline: withStarter }),
  ).wait();
  if (found !== undefined) return found;
  const words = lastWords(place.stateDir, logged);
  const message = `The daemon did not start${words === undefined ? '' : ` (${words})`}; see ${place.stateDir.daemonLog}, or run it in the foreground: cosmos daemon run.`;
  throw new CosmosError('daemon_unreachable', message, { argv: [...argv] });
}

function createStateDir(stateDir: StateDir): void {
  try {
    stateDir.create();
  } catch (error) {
    if (error instanceof CosmosError) throw error;
    const message = `The state folder ${stateDir.root} cannot be made: ${coerceError(error).message}. Name another with --state-dir.`;
    throw new CosmosError('daemon_unreachable', message, {}, { cause: error });
  }
}

function launch(argv: readonly [string, ...string[]], options: DetachedOptions): number {
  try {
    return spawnDetached(argv, options);
  } catch (error) {
    throw new CosmosError(
      'daemon_unreachable',
      `${coerceError(error).message}.`,
      { argv: [...argv] },
      { cause: error },
    );
  }
}

/** Waits until a daemon answers: looks when the state folder changes and when the process has ended. */
class Arrival {
  private deadline: number;
  private done = false;

  constructor(
    private readonly place: DaemonLocation,
    private readonly pid: number,
  ) {
    this.deadline = place.clock.monotonic() + START_TIMEOUT;
  }

  async wait(): Promise<Discovery | undefined> {
    const { stateDir, clock } = this.place;
    let wake = () => {};
    const watcher = watch(stateDir.root, () => wake());
    watcher.on('error', () => wake()); // the timer below still looks
    try {
      while (!this.done) {
        const woken = new Promise<void>((resolve) => {
          wake = resolve;
        });
        const found = await findDaemon(stateDir);
        if (found !== undefined) return found;
        this.judge();
        const cancel = clock.after(LOOK_EVERY, wake);
        await woken;
        cancel();
      }
      return await findDaemon(stateDir);
    } finally {
      watcher.close();
    }
  }

  /** A daemon that ended may have found another one at its start; that one gets YIELD_GRACE to answer. */
  private judge(): void {
    const now = this.place.clock.monotonic();
    if (!isAlive(this.pid)) this.deadline = Math.min(this.deadline, now + YIELD_GRACE);
    this.done = now >= this.deadline;
  }
}

/** The last message of the daemon's log after byte `from`. */
function lastWords(stateDir: StateDir, from: number): string | undefined {
  try {
    const fresh = readFileSync(stateDir.daemonLog).subarray(from).toString('utf8');
    const last = fresh.trimEnd().split('\n').at(-1) ?? '';
    const record: unknown = JSON.parse(last);
    const spoken = typeof record === 'object' && record !== null && 'msg' in record ? record.msg : undefined;
    return typeof spoken === 'string' && spoken !== '' ? spoken.replace(/\.$/, '') : undefined;
  } catch {
    return undefined; // no log yet, or no record of the daemon: nothing to quote
  }
}
