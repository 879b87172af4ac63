/** Runs the simulated host as a process, which ends when its standard input is closed. */
import { createInterface } from 'node:readline';
import type { Clock } from '../../clock.js';
import { CosmosError } from '../../errors.js';
import { ProcessError, type StreamedProcess, streamProcess } from '../../process.js';
import { type HostAccess, parseAccess } from './access.js';

/** Milliseconds in which the host must have taken everything down. */
const DOWN_MS = 30_000;

export class HostProgram {
  private readonly child: StreamedProcess;
  /** Resolves when it has ended: with its last words when it failed. */
  private readonly ended: Promise<string | undefined>;

  /** Begins to bring it up. */
  constructor(
    program: string,
    private readonly clock: Clock,
  ) {
    this.child = streamProcess(process.execPath, [program]);
    this.child.stdin.on('error', () => {}); // closed from the other side: `ended` says why
    this.ended = this.child.then(() => undefined, lastWords);
  }

  /** @throws CosmosError no_host when it cannot be brought up. */
  async access(): Promise<HostAccess> {
    for await (const line of createInterface({ input: this.child.stdout })) return parseAccess(line);
    const words = await this.ended;
    throw new CosmosError('no_host', `The simulated host could not be brought up: ${words ?? 'it ended at once.'}`);
  }

  /** Takes it down, also while it still comes up; false = it did not go in order. */
  async close(): Promise<boolean> {
    this.child.stdin.end();
    this.child.stdout.resume();
    const cancel = this.clock.after(DOWN_MS, () => this.child.kill('SIGKILL'));
    const words = await this.ended;
    cancel();
    return words === undefined;
  }
}

function lastWords(error: unknown): string {
  const stderr: unknown = error instanceof ProcessError ? error.stderr : undefined;
  const said = stderr instanceof Uint8Array ? Buffer.from(stderr).toString() : '';
  return said.trim().split('\n').at(-1) || 'it ended without a word.';
}
