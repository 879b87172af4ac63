/**
 * The daemon's own copy of every run's log: what clients read, also when the host is away. Offsets are bytes of the
 * host's log, and the byte after the last one is up to where that is known, so a follower that crashed goes on there.
 *
 * Of a long log the beginning and the end are kept: `log` holds the beginning, `log-parts/N` what begins at byte N. What
 * lies between was left out; its offsets stay, so that no offset of anybody ever means another byte.
 */
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { appendFile, open } from 'node:fs/promises';
import path from 'node:path';
import { CosmosError, errnoOf } from '../errors.js';
import type { StateDir } from '../state-dir.js';
import { LOG } from './bounds.js';

/** `bytes` begin at byte `from`. Empty bytes = the log is complete. */
type Listener = (run: string, from: number, bytes: Buffer) => void;

/**
 * Bytes of a log that are looked at when it is judged how a job ended. When one GPU of many fails, the others fill
 * hundreds of kilobytes with what they think of it: the cause has to be in what is read.
 */
const TAIL = 2 ** 21;

/** Parts in which the end is kept: the oldest goes when the others alone are long enough. */
const PARTS = 4;

/** Bytes that are kept of the beginning and of the end of a log. */
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
  /** Appends of one run wait for each other: two members of a run may follow it at the same time. */
  private readonly tails = new Map<string, Promise<void>>();

  constructor(
    private readonly stateDir: StateDir,
    private readonly keep: Keep = LOG,
  ) {}

  /** The log, or its beginning when something was left out. */
  path(run: string): string {
    return this.stateDir.runLog(run);
  }

  /** The byte after the last one that is known. */
  size(run: string): number {
    return this.parts(run).at(-1)?.to ?? 0;
  }

  /** Nothing will be appended any more. */
  isEnded(run: string): boolean {
    return existsSync(this.endMark(run));
  }

  /** The first byte from `at` on that is kept: another one than `at` when that was left out. */
  keptFrom(run: string, at: number): number {
    const next = this.parts(run).find(({ to }) => at < to);
    return next === undefined ? at : Math.max(at, next.from);
  }

  /**
   * At most `bytes` bytes from byte `from` on, up to where something was left out; a negative `from` counts from the
   * end. Empty at the end, and where the byte itself was left out.
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

  /** The end of the log as text, in whole lines; what was left out of it is a line end. */
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
   * Adds bytes that begin at byte `from` of the host's log; what is known already is skipped, so repeating is harmless.
   * @throws CosmosError internal when bytes in between are missing.
   */
  append(run: string, from: number, bytes: Uint8Array): Promise<void> {
    return this.inTurn(run, () => this.write(run, from, bytes));
  }

  /** Leaves out what is not known yet before byte `to`: the log goes on there. */
  skip(run: string, to: number): Promise<void> {
    return this.inTurn(run, async () => {
      if (to > this.size(run)) await this.begin(run, to);
    });
  }

  /** The host's log is complete: every byte of it is here, or was left out. */
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
    const after = before.catch(() => {}).then(work); // each caller sees its own failure
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

  /** A new part at byte `from`; of those before it go the ones that the end does not need any more. */
  private async begin(run: string, from: number): Promise<string> {
    mkdirSync(this.partFolder(run), { recursive: true });
    for (const { file, from: start, to } of this.parts(run)) {
      if (start > 0 && to <= from - this.keep.tail) rmSync(file, { force: true });
    }
    const file = path.join(this.partFolder(run), String(from));
    writeFileSync(file, '');
    return file;
  }

  /** In their order. */
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
    if (errnoOf(error) === 'ENOENT') return undefined; // left out since we looked
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
