/** Why a daemon did not start, in its own words: what it has printed or logged since the start. */
import { openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileStats } from './file-stats.js';
import { Problem, type Remedy } from './problem.js';

/** The message that the daemon logs if it cannot start (daemon/main.ts). */
const NOT_STARTED = 'the daemon did not start';

/** Must be created before the start, so that older content of its files is not read. */
export class StartWords {
  private readonly log: string;
  private readonly printed: string;
  /** Bytes that were in the log before. */
  private readonly from: number;

  constructor(stateDir: string) {
    this.log = path.join(stateDir, 'daemon.log');
    this.printed = path.join(stateDir, 'start.log');
    this.from = fileStats(this.log)?.size ?? 0;
  }

  /** File for its standard error. Not a pipe, which would break when this window closes before the daemon ends. */
  open(): number {
    return openSync(this.printed, 'w', 0o600);
  }

  /** Whether the daemon has logged that it cannot start, whatever process was launched. */
  refusal(): Problem | undefined {
    const words = this.logged();
    return words === undefined ? undefined : this.because(words);
  }

  /** @param how how the process ended; used if it wrote nothing. */
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
      return undefined; // incomplete: it is read again
    }
  }
}

/** undefined if there is no such line after byte `from`. */
function lastLine(file: string, from = 0): string | undefined {
  try {
    const line = readFileSync(file).subarray(from).toString('utf8').trimEnd().split('\n').at(-1);
    return line === '' ? undefined : line;
  } catch {
    return undefined;
  }
}
