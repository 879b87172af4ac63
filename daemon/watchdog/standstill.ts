/** standstill.json, read by the next daemon and by clients of one that does not answer. */
import { readFileSync } from 'node:fs';
import { Standstill } from '../../schemas/standstill.js';

/** Undefined when the loop turns, and when the file is damaged. */
export function readStandstill(file: string): Standstill | undefined {
  try {
    return Standstill.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}
