/** Why a daemon did not start, in its own words: what it printed, or wrote into its log, since it was asked to. */
import { openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileStats } from './file-stats.js';
import { Problem, type Remedy } from './problem.js';

/** What the daemon logs when it cannot begin (daemon/main.ts). */
const NOT_STARTED = 'the daemon did not start';

/** Made before the start: what its files hold by then is of an earlier one. */
export class StartWords {
  private readonly log: string;
  private readonly printed: string;
  /** Bytes of the log that are older. */
  private readonly from: number;

  constructor(stateDir: string) {
    this.log = path.join(stateDir, 'daemon.log');
    this.printed = path.join(stateDir, 'start.log');
    this.from = fileStats(this.log)?.size ?? 0;
  }

  /** For its standard error; not a pipe, which would break under a daemon that lives longer than this window. */
  open(): number {
    return openSync(this.printed, 'w', 0o600);
  }

  /** Whether it has given up, however it was launched. */
  refusal(): Problem | undefined {
    const words = this.logged();
    return words === undefined ? undefined : this.because(words);
  }

  /** @param how it ended, which is said when it said nothing itself. */
  problem(how: string): Problem {
    return this.because(this.logged() ?? lastLine(this.printed) ?? how);
  }

  private because(words: string): Problem {
    const reason = words.replace(/^Error: /, '').replace(/\.$/, '');
    const hasLog = fileStats(this.log) !== undefined;
    const remedies: readonly Remedy[] = hasLog ? ['start', 'log', 'install'] : ['start', 'install'];
    return new Problem(
      'start_failed',
      `The daemon did not start: ${reason}.`,
      remedies,
      hasLog ? { log: this.log } : {},
    );
  }

  private logged(): string | undefined {
    const size = fileStats(this.log)?.size ?? 0;
    const last = size === this.from ? undefined : lastLine(this.log, size < this.from ? 0 : this.from);
    try {
      const { msg, err } = JSON.parse(last ?? '{}') as { msg?: unknown; err?: { message?: unknown } };
      return msg === NOT_STARTED ? String(err?.message ?? msg) : undefined;
    } catch {
      return undefined; // half written: it is read again
    }
  }
}

/** undefined when there is none behind byte `from`. */
function lastLine(file: string, from = 0): string | undefined {
  try {
    const line = readFileSync(file).subarray(from).toString('utf8').trimEnd().split('\n').at(-1);
    return line === '' ? undefined : line;
  } catch {
    return undefined;
  }
}
