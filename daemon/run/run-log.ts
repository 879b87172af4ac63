/**
 * The daemon's own copy of every run's log, byte for byte: what clients read, also when the host is away. Its size is
 * the offset up to which the host's log is known, so a follower that crashed goes on there.
 */
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { appendFile, open } from 'node:fs/promises';
import path from 'node:path';
import { CosmosError, errnoOf } from '../errors.js';
import type { StateDir } from '../state-dir.js';

/** `bytes` begin at byte `from`. Empty bytes = the log is complete. */
type Listener = (run: string, from: number, bytes: Buffer) => void;

/**
 * Bytes of a log that are looked at when it is judged how a job ended. When one GPU of many fails, the others fill
 * hundreds of kilobytes with what they think of it: the cause has to be in what is read.
 */
const TAIL = 2 ** 21;

export class RunLogs {
  private readonly listeners = new Set<Listener>();
  /** Appends of one run wait for each other: two members of a run may follow it at the same time. */
  private readonly tails = new Map<string, Promise<void>>();

  constructor(private readonly stateDir: StateDir) {}

  path(run: string): string {
    return this.stateDir.runLog(run);
  }

  /** Bytes. */
  size(run: string): number {
    return statSync(this.path(run), { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Nothing will be appended any more. */
  isEnded(run: string): boolean {
    return existsSync(this.endMark(run));
  }

  /** At most `bytes` bytes from byte `from` on; a negative `from` counts from the end. Empty at the end. */
  async read(run: string, from: number, bytes: number): Promise<Buffer> {
    const at = from < 0 ? Math.max(0, this.size(run) + from) : from;
    const handle = await open(this.path(run), 'r').catch((error: unknown) => {
      if (errnoOf(error) === 'ENOENT') return undefined; // the run has said nothing yet
      throw error;
    });
    if (handle === undefined) return Buffer.alloc(0);
    try {
      const buffer = Buffer.alloc(Math.min(bytes, Math.max(0, this.size(run) - at)));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  }

  /** The end of the log as text, in whole lines. */
  async tail(run: string): Promise<string> {
    const text = (await this.read(run, -TAIL, TAIL)).toString();
    return this.size(run) > TAIL ? text.slice(text.indexOf('\n') + 1) : text;
  }

  /**
   * Adds bytes that begin at byte `from` of the host's log; what is known already is skipped, so repeating is harmless.
   * @throws CosmosError internal when bytes in between are missing.
   */
  append(run: string, from: number, bytes: Uint8Array): Promise<void> {
    const before = this.tails.get(run) ?? Promise.resolve();
    const after = before.catch(() => {}).then(() => this.write(run, from, bytes)); // each caller sees its own failure
    this.tails.set(run, after);
    return after;
  }

  /** The host's log is complete, and every byte of it is here. */
  end(run: string): void {
    this.tails.delete(run);
    if (this.isEnded(run)) return;
    mkdirSync(this.stateDir.run(run), { recursive: true });
    writeFileSync(this.endMark(run), '');
    this.tell(run, this.size(run), Buffer.alloc(0));
  }

  onData(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async write(run: string, from: number, bytes: Uint8Array): Promise<void> {
    const size = this.size(run);
    if (from > size) {
      throw new CosmosError('internal', `Bytes ${size} to ${from} of the log of ${run} are missing.`, { run });
    }
    const fresh = Buffer.from(bytes.subarray(size - from));
    if (fresh.length === 0) return;
    mkdirSync(this.stateDir.run(run), { recursive: true });
    await appendFile(this.path(run), fresh);
    this.tell(run, size, fresh);
  }

  private tell(run: string, from: number, bytes: Buffer): void {
    for (const listener of this.listeners) listener(run, from, bytes);
  }

  private endMark(run: string): string {
    return path.join(this.stateDir.run(run), 'log-ended');
  }
}
