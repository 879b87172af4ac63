/** Refuses a file that is bigger than its kind can be. */
import prettyBytes from 'pretty-bytes';
import type { Kind } from './kinds.js';
import { Refusal } from './refusal.js';

/** @throws Refusal when it is bigger than the limit of its kind */
export function requireSize(file: string, size: number, { name, most }: Kind): void {
  if (size <= most) return;
  const limit = prettyBytes(most, { binary: true });
  const remedy = `${name} has at most ${limit}, so see whether it is the right file`;
  throw new Refusal(file, `this has ${prettyBytes(size)}`, remedy);
}
