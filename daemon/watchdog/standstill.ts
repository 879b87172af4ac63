/** The file standstill.json. The next daemon reads it, and clients do when the daemon does not answer. */
import { readFileSync } from 'node:fs';
import { Standstill } from '../../schemas/standstill.js';

/** undefined = the loop turns, or the file is damaged. */
export function readStandstill(file: string): Standstill | undefined {
  try {
    return Standstill.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}
