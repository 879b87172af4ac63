/**
 * The daemon's copy of the log of every run. Clients read it, also while the host is away. Offsets are bytes of the log
 * on the host. A follower that crashed continues after the last byte of the copy.
 *
 * Of a long log only the beginning (file `log`) and the end (files `log-parts/N`, each from byte N on) are kept. The
 * bytes between are left out, but offsets do not change: an offset always means the same byte.
 */
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { appendFile, open } from 'node:fs/promises';
import path from 'node:path';
import { CosmosError, errnoOf } from '../errors.js';
import type { StateDir } from '../state-dir.js';
import { LOG } from './bounds.js';

/** Called with new bytes that begin at offset `from`. Empty bytes = the log is complete. */
type Listener = (run: string, from: number, bytes: Buffer) => void;

/**
 * Bytes at the end of a log that are read to find out how a job ended. When one GPU of many fails, the others write
 * hundreds of kilobytes about it; the cause is before that, and must be in these bytes.
 */
const TAIL = 2 ** 21;

/** Number of files for the end. The oldest is removed when the others alone are long enough. */
const PARTS = 4;

/** Bytes of the beginning and of the end that are kept. */
export interface Keep {
  readonly head: number;
  readonly tail: number;
}

/** A file with bytes `from` to `to` of the log. */
interface Part {
  readonly file: string;
  readonly from: number;
  readonly to: number;
}

export class RunLogs {
  private readonly listeners = new Set<Listener>();
  /** Run -> its last append. Appends wait for each other, because two members may follow one run at the same time. */
  private readonly tails = new Map<string, Promise<void>>();

  constructor(
    private readonly stateDir: StateDir,
    private readonly keep: Keep = LOG,
  ) {}

  /** File with the whole log, or with its beginning when bytes were left out. */
  path(run: string): string {
    return this.stateDir.runLog(run);
  }

  /** Offset after the last known byte. */
  size(run: string): number {
    return this.parts(run).at(-1)?.to ?? 0;
  }

  /** Whether the log is complete: no byte will be appended. */
  isEnded(run: string): boolean {
    return existsSync(this.endMark(run));
  }

  /** Offset of the first kept byte at or after `at`; greater than `at` when that byte was left out. */
  keptFrom(run: string, at: number): number {
    const next = this.parts(run).find(({ to }) => at < to);
    return next === undefined ? at : Math.max(at, next.from);
  }

  /**
   * Reads at most `bytes` bytes from offset `from` on, up to the first byte that was left out. A negative `from` counts
   * from the end. Empty at the end, and when the byte at `from` was left out.
   */
  async read(run: string, from: number, bytes: number): Promise<Buffer> {
    const parts = this.parts(run);
    const at = from < 0 ? Math.max(0, (parts.at(-1)?.to ?? 0) + from) : from;
    const read: Buffer[] = [];
    let next = at;
    for (const part of parts) {
      if (part.to <= next) continue;
      if (part.from > next || next >= at + bytes) break;
      const piece = await readPart(part, next, Math.min(part.to, at + bytes));
      read.push(piece);
      next += piece.length;
    }
    return Buffer.concat(read);
  }

  /** The end of the log as text, in whole lines. Bytes that were left out become one line end. */
  async tail(run: string): Promise<string> {
    const size = this.size(run);
    const pieces: Buffer[] = [];
    for (let at = Math.max(0, size - TAIL); at < size; ) {
      const kept = this.keptFrom(run, at);
      const piece = await this.read(run, kept, size - kept);
      if (piece.length === 0) break;
      pieces.push(piece);
      at = kept + piece.length;
    }
    const text = pieces.map((piece) => piece.toString()).join('\n');
    return size > TAIL ? text.slice(text.indexOf('\n') + 1) : text;
  }

  /**
   * Appends bytes that begin at offset `from`. Known bytes are skipped, so a call may be repeated.
   * @throws CosmosError internal when bytes in between are missing.
   */
  append(run: string, from: number, bytes: Uint8Array): Promise<void> {
    return this.inTurn(run, () => this.write(run, from, bytes));
  }

  /** Leaves out the unknown bytes before offset `to`; the log continues there. */
  skip(run: string, to: number): Promise<void> {
    return this.inTurn(run, async () => {
      if (to > this.size(run)) await this.begin(run, to);
    });
  }

  /** Marks the log as complete: every byte is here or was left out. */
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

  private inTurn(run: string, work: () => Promise<void>): Promise<void> {
    const before = this.tails.get(run) ?? Promise.resolve();
    const after = before.catch(() => {}).then(work); // the caller of that append gets its failure
    this.tails.set(run, after);
    return after;
  }

  private async write(run: string, from: number, bytes: Uint8Array): Promise<void> {
    const last = this.parts(run).at(-1);
    const size = last?.to ?? 0;
    if (from > size) {
      throw new CosmosError('internal', `Bytes ${size} to ${from} of the log of ${run} are missing.`, { run });
    }
    const fresh = Buffer.from(bytes.subarray(size - from));
    if (fresh.length === 0) return;
    mkdirSync(this.stateDir.run(run), { recursive: true });
    const isFull = last !== undefined && size - last.from >= (last.from === 0 ? this.keep.head : this.partBytes);
    const file = last === undefined ? this.path(run) : isFull ? await this.begin(run, size) : last.file;
    await appendFile(file, fresh);
    this.tell(run, size, fresh);
  }

  private get partBytes(): number {
    return this.keep.tail / PARTS;
  }

  /** Starts a part at offset `from`, and removes the older parts that the end does not need any more. */
  private async begin(run: string, from: number): Promise<string> {
    mkdirSync(this.partFolder(run), { recursive: true });
    for (const { file, from: start, to } of this.parts(run)) {
      if (start > 0 && to <= from - this.keep.tail) rmSync(file, { force: true });
    }
    const file = path.join(this.partFolder(run), String(from));
    writeFileSync(file, '');
    return file;
  }

  /** Sorted by offset. */
  private parts(run: string): Part[] {
    const first = { file: this.path(run), from: 0 };
    const folder = this.partFolder(run);
    const starts = existsSync(folder) ? readdirSync(folder).map(Number) : []; // most logs are one file
    const later = starts.sort((a, b) => a - b).map((from) => ({ file: path.join(folder, String(from)), from }));
    return [first, ...later].flatMap(({ file, from }) => {
      const bytes = statSync(file, { throwIfNoEntry: false })?.size;
      return bytes === undefined ? [] : [{ file, from, to: from + bytes }];
    });
  }

  private partFolder(run: string): string {
    return path.join(this.stateDir.run(run), 'log-parts');
  }

  private tell(run: string, from: number, bytes: Buffer): void {
    for (const listener of this.listeners) listener(run, from, bytes);
  }

  private endMark(run: string): string {
    return path.join(this.stateDir.run(run), 'log-ended');
  }
}

async function readPart({ file, from }: Part, at: number, to: number): Promise<Buffer> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return undefined; // removed since the folder was listed
    throw error;
  });
  if (handle === undefined) return Buffer.alloc(0);
  try {
    const buffer = Buffer.alloc(to - at);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, at - from);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
