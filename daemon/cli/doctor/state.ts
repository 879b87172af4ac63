/** Checks the state folder: it exists, is writable, lies on a disk of this machine, and has space. */
import { mkdtemp, rmdir, statfs } from 'node:fs/promises';
import path from 'node:path';
import { CosmosError, coerceError } from '../../errors.js';
import { networkMount } from '../../network-mount.js';
import type { StateDir } from '../../state-dir.js';
import { bytes } from '../output/amounts.js';
import type { Finding } from './finding.js';

/** Bytes free, below which a warning is given: room for the inputs and results of a few clips. */
const ENOUGH = 5_000_000_000;

export async function checkState(stateDir: StateDir): Promise<Finding[]> {
  const name = 'State folder';
  try {
    stateDir.create();
    await rmdir(await mkdtemp(path.join(stateDir.root, 'doctor-')));
  } catch (error) {
    if (error instanceof CosmosError) return [{ name, level: 'fail', message: error.message }];
    const message = `${stateDir.root} is not writable: ${coerceError(error).message}`;
    return [{ name, level: 'fail', message, remedy: 'Name another folder with --state-dir or COSMOS_STATE_DIR.' }];
  }
  const { bavail, bsize } = await statfs(stateDir.root);
  const mount = checkMount(await networkMount(stateDir.root));
  return [{ name, level: 'ok', message: stateDir.root }, mount, checkSpace(bavail * bsize)];
}

/** SQLite's locks do not hold on network mounts: two daemons could write one database. */
export function checkMount(network: string | undefined): Finding {
  if (network === undefined) return { name: 'Mount', level: 'ok', message: 'a disk of this machine' };
  const remedy = 'Name a folder on a disk of this machine with --state-dir.';
  return { name: 'Mount', level: 'fail', message: `the state folder is on a network mount (${network})`, remedy };
}

export function checkSpace(free: number): Finding {
  const message = `${bytes(free)} free`;
  if (free >= ENOUGH) return { name: 'Space', level: 'ok', message };
  return {
    name: 'Space',
    level: 'warn',
    message,
    remedy: `Clips and results need room; free at least ${bytes(ENOUGH)}.`,
  };
}
