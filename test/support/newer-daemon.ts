/** What a daemon of a newer version tells: a real snapshot, with names and fields put in that this version does not know. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Snapshot } from '../../schemas/received.js';

/** Houdini's tests read the same file. */
const FILE = fileURLToPath(new URL('newer-snapshot.json', import.meta.url).href.replace('/dist/test/', '/test/'));

export function newerSnapshot(): Snapshot {
  return JSON.parse(readFileSync(FILE, 'utf8'));
}
