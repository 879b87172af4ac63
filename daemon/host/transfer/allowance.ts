/** Whether files of a host may be fetched: by their size, and by the free space here. Checked before the first byte. */
import { stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import prettyBytes from 'pretty-bytes';
import { CosmosError, errnoOf } from '../../errors.js';
import type { FetchLimit } from '../host.js';

/**
 * Bytes that must stay free on a disk of this computer, which may render to it: 2 GB, or 5 % of a smaller disk.
 * @param size bytes of the whole disk.
 */
export function reserveOf(size: number): number {
  return Math.min(2e9, size * 0.05);
}

export interface Offer {
  /** Absolute path on the host. */
  readonly from: string;
  /** Name of the host, where it is known. */
  readonly host?: string | undefined;
  /** Absolute local path. */
  readonly to: string;
  readonly bytes: number;
  /** Bytes of the file that were fetched before. */
  readonly have: number;
  readonly limit?: FetchLimit | undefined;
}

/** @throws CosmosError too_much_from_host */
export function withinLimit({ from, host, bytes, limit }: Offer): void {
  if (limit === undefined || bytes <= limit.bytes) return;
  const on = host === undefined ? 'the host' : host;
  const most = prettyBytes(limit.bytes);
  const message = `The host offers ${prettyBytes(bytes)} as ${limit.what}; at most ${most} are fetched, so nothing was. It is left at ${from} on ${on}.`;
  throw new CosmosError('too_much_from_host', message, { file: from, bytes, most: limit.bytes });
}

/** @throws CosmosError no_space_here when a disk would be left with less than its reserve. */
export async function withRoom(offers: readonly Offer[]): Promise<void> {
  const needs = new Map<number, { folder: string; bytes: number }>();
  const need = async (folder: string, bytes: number) => {
    const there = await existing(folder);
    const disk = (await stat(there)).dev;
    needs.set(disk, { folder: there, bytes: (needs.get(disk)?.bytes ?? 0) + bytes });
  };
  for (const { to, bytes, have, limit } of offers) {
    await need(path.dirname(to), Math.max(0, bytes - have));
    if (limit?.alsoIn !== undefined) await need(limit.alsoIn, bytes);
  }
  for (const { folder, bytes } of needs.values()) await fits(folder, bytes);
}

async function fits(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize, blocks } = await statfs(folder);
  const [free, reserve] = [bavail * bsize, reserveOf(blocks * bsize)];
  if (free - bytes >= reserve) return;
  const message = `No space is left here for a result of ${prettyBytes(bytes)}: the disk of ${folder} has ${prettyBytes(free)} left, of which ${prettyBytes(reserve)} stay free. Free some, and it goes on by itself.`;
  throw new CosmosError('no_space_here', message, { path: folder, needed: bytes, free });
}

/** The folder, or the nearest one above it that is there. */
async function existing(folder: string): Promise<string> {
  for (let at = folder; ; at = path.dirname(at)) {
    try {
      return (await stat(at)).isDirectory() ? at : path.dirname(at);
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT' || at === path.dirname(at)) throw error;
    }
  }
}
