/** Makes clips of folders and movies outside the watched folders when a command names them. */
import path from 'node:path';
import type { DaemonClient } from '../../client/daemon-client.js';
import { CosmosError } from '../errors.js';

/** Registers the targets that are paths of no known clip; specs (.json) are submitted as they are. */
export async function registerUnknown(daemon: DaemonClient, targets: readonly string[]): Promise<void> {
  for (const target of targets) {
    if (!path.isAbsolute(target) || path.extname(target).toLowerCase() === '.json') continue;
    if (!(await isKnown(daemon, target))) await daemon.call('clip.register', { path: target });
  }
}

async function isKnown(daemon: DaemonClient, clip: string): Promise<boolean> {
  try {
    await daemon.call('clip.get', { clip });
    return true;
  } catch (error) {
    if (error instanceof CosmosError && error.code === 'not_found') return false;
    throw error;
  }
}
