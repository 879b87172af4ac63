/**
 * All files from outside are opened here: never a pipe, a device or a socket, never outside of the folder
 * that they may be read from, never bigger than the limit of their kind, and never longer than a deadline. A path may change
 * between the check and the opening, so the open file itself is checked.
 */
import { constants, readlinkSync, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, readlink, realpath } from 'node:fs/promises';
import path from 'node:path';
import prettyBytes from 'pretty-bytes';
import { errnoOf } from '../errors.js';
import { isInside } from '../local-path.js';
import { type Disks, disks as disksOfProcess } from './all-disks.js';
import { requireFileName, requireRegular } from './file-type.js';
import type { Kind } from './kinds.js';
import { requireOfDisk } from './mounts.js';
import { Refusal } from './refusal.js';
import { requireSize } from './size.js';

export interface Allowed {
  readonly kind: Kind;
  /** Folder below which it must lie, links resolved; null = the user named the file, and may read any file. */
  readonly root: string | null;
  /** For tests. */
  readonly disks?: Disks;
}

/** Opening a pipe waits for its writer without O_NONBLOCK; Windows has neither flag, nor such pipes. */
export const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
/** Bytes that are read at a time. */
const PIECE = 256 * 1024;
/** Milliseconds for a whole text: 16 MB over a slow line. */
const WHOLE_MS = 60_000;
const MOST_LINKS = 40;
/** What to do about a link. */
const PUT_FILE = 'put the file itself there';

/** The real path of a file, and its facts. */
export interface Found {
  /** Without links. */
  readonly real: string;
  readonly stats: Stats;
}

/**
 * What lies at `file`, links followed as far as they stay below the root.
 * @throws Refusal for a link that leads out or in circles; the system error; CosmosError disk_silent
 */
export async function lookAt(file: string, { root, disks = disksOfProcess }: Omit<Allowed, 'kind'>): Promise<Found> {
  requireFileName(file);
  const limit = root === null ? null : (await disks.whereabouts(root)).real;
  let at = path.resolve(file);
  for (let links = 0; ; links++) {
    const { real, stats } = await step(at, disks).catch((error: unknown) => {
      if (errnoOf(error) === 'ELOOP') throw new Refusal(file, 'this is a link that leads in circles', PUT_FILE);
      if (links === 0 || errnoOf(error) !== 'ENOENT') throw error;
      throw new Refusal(file, 'this is a link to a file that is not there', PUT_FILE);
    });
    if (!stats.isSymbolicLink()) {
      if (limit !== null && !isInside(real, limit)) throw leadsOut(file);
      return { real, stats };
    }
    if (links >= MOST_LINKS) throw new Refusal(file, 'this is a link that leads in circles', PUT_FILE);
    at = path.resolve(path.dirname(real), await disks.run(real, (it) => readlink(it)));
  }
}

/** One name, with the links of its folder resolved. */
async function step(file: string, disks: Disks): Promise<Found> {
  const { real: folder } = await disks.whereabouts(path.dirname(file));
  const real = path.join(folder, path.basename(file));
  return { real, stats: await disks.run(real, (it) => lstat(it)) };
}

/**
 * Opens a file of a stranger for reading.
 * @throws Refusal with the reason; the system error of a file that cannot be opened; CosmosError disk_silent
 */
export async function openForeign(file: string, allowed: Allowed): Promise<ForeignFile> {
  const { kind, root, disks = disksOfProcess } = allowed;
  const { real, stats: seen } = await lookAt(file, allowed);
  requireRegular(file, seen);
  requireOfDisk(file, disks.typeAt(real));
  const handle = await disks
    .run(real, (it) => open(it, FLAGS))
    .catch((error: unknown) => {
      throw ['ELOOP', 'EMLINK'].includes(errnoOf(error) ?? '') ? swapped(file) : error;
    });
  try {
    const stats = await disks.run(real, () => handle.stat());
    requireRegular(file, stats);
    requireSize(file, stats.size, kind);
    if (root !== null) {
      const limit = (await disks.whereabouts(root)).real;
      if (!isInside(await pathOf(handle, real, stats, disks), limit)) throw leadsOut(file);
    }
    return new ForeignFile({ file, real, stats, kind, handle, disks });
  } catch (error) {
    handle.close().catch(() => {});
    throw error;
  }
}

interface Opened {
  /** The path as the caller gave it. */
  readonly file: string;
  readonly real: string;
  readonly stats: Stats;
  readonly kind: Kind;
  readonly handle: FileHandle;
  readonly disks: Disks;
}

/** A regular file that is open; its reads go through the gate of its disk. */
export class ForeignFile {
  constructor(private readonly opened: Opened) {}

  /** The path as the caller gave it. */
  get path(): string {
    return this.opened.file;
  }

  /** As it was when it was opened. */
  get stats(): Stats {
    return this.opened.stats;
  }

  /** Its facts now. */
  statsNow(): Promise<Stats> {
    return this.run((handle) => handle.stat());
  }

  /** Reads up to `buffer.length` bytes from `position`; gives how many there were, 0 = the end. */
  async read(buffer: Uint8Array, position: number): Promise<number> {
    const { bytesRead } = await this.run((handle) => handle.read(buffer, 0, buffer.length, position));
    return bytesRead;
  }

  /** All of it, piece by piece, each in a buffer of its own. */
  async *pieces(): AsyncGenerator<Buffer> {
    for (let position = 0; ; ) {
      const buffer = Buffer.allocUnsafe(PIECE);
      const count = await this.read(buffer, position);
      if (count === 0) return;
      position += count;
      yield buffer.subarray(0, count);
    }
  }

  /** The whole file. @throws Refusal when it grew over the limit of its kind, or takes too long */
  async whole(): Promise<Buffer> {
    const { file, kind, stats } = this.opened;
    const end = performance.now() + WHOLE_MS;
    const pieces: Buffer[] = [];
    let size = 0;
    for await (const piece of this.pieces()) {
      pieces.push(piece);
      size += piece.length;
      requireSize(file, size, kind);
      if (performance.now() > end) throw tooSlow(file, stats.size);
    }
    return Buffer.concat(pieces);
  }

  /** Not awaited, because a silent disk would block it. */
  close(): void {
    this.opened.handle.close().catch(() => {});
  }

  private run<T>(operation: (handle: FileHandle) => Promise<T>): Promise<T> {
    return this.opened.disks.run(this.opened.real, () => operation(this.opened.handle));
  }
}

/** The whole of a file. @throws as {@link openForeign} and {@link ForeignFile.whole} */
export async function readForeign(file: string, allowed: Allowed): Promise<Buffer> {
  const opened = await openForeign(file, allowed);
  try {
    return await opened.whole();
  } finally {
    opened.close();
  }
}

/**
 * Where an open file is now. Linux knows it without touching the disk (proc(5), /proc/PID/fd); elsewhere the path
 * is followed again and must lead to the same file.
 */
async function pathOf(handle: FileHandle, real: string, stats: Stats, disks: Disks): Promise<string> {
  if (process.platform === 'linux') return readlinkSync(`/proc/self/fd/${handle.fd}`).replace(/ \(deleted\)$/, '');
  const now = await disks.run(real, (it) => realpath(it));
  const there = await disks.run(now, (it) => lstat(it));
  if (there.ino !== stats.ino || there.dev !== stats.dev) throw swapped(real);
  return now;
}

function leadsOut(file: string): Refusal {
  return new Refusal(file, 'this is a link that leads out of the watched folder', 'copy the file itself there');
}

function swapped(file: string): Refusal {
  return new Refusal(file, 'this became a link while it was opened', PUT_FILE);
}

function tooSlow(file: string, size: number): Refusal {
  const seconds = WHOLE_MS / 1000;
  return new Refusal(
    file,
    `reading its ${prettyBytes(size)} took more than ${seconds} seconds`,
    'copy it to a faster disk',
  );
}
