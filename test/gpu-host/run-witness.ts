/**
 * Keeps the log of every run on a host, also when the daemon has removed the run: a second name for the same file, given
 * as soon as it is there.
 */
import { linkSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Milliseconds between two looks; a run lasts a second at least. */
const LOOK_MS = 20;

export class RunWitness {
  private readonly kept: string;
  private readonly timer: NodeJS.Timeout;

  /** @param root folder of the daemon on the host. */
  constructor(private readonly root: string) {
    this.kept = `${root}.kept`; // beside it: a hard link stays within its file system
    mkdirSync(this.kept, { recursive: true });
    this.timer = setInterval(() => this.look(), LOOK_MS);
  }

  /** Names of all runs there were. */
  runs(): string[] {
    return names(this.kept);
  }

  log(run: string): Buffer {
    return orElse(() => readFileSync(path.join(this.kept, run)), Buffer.alloc(0));
  }

  /** Whether the model of this run has done so many steps. */
  hasStep(run: string, step: number): boolean {
    return new RegExp(`[^\\d]${step}/\\d+ \\[`).test(this.log(run).toString());
  }

  close(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const folder = path.join(this.root, 'runs');
    for (const run of names(folder)) {
      orElse(() => linkSync(path.join(folder, run, 'log'), path.join(this.kept, run)), undefined);
    }
  }
}

function names(folder: string): string[] {
  return orElse(() => readdirSync(folder), []);
}

/** `otherwise` where the file is not there yet, or is there already. */
function orElse<T>(act: () => T, otherwise: T): T {
  try {
    return act();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'EEXIST') return otherwise;
    throw error;
  }
}
