/** Makes names of outputs that are safe as file and folder names on every system, and never empty. Pure. */
import { createHash } from 'node:crypto';

/** Room for "_control_depth.mp4" and our own suffixes below the 255 bytes of common file systems. */
const LONGEST = 100;
/** Device names that Windows keeps for itself, with any extension. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * Letters, digits, "-" and "_" only. Cosmos 3 uses the name as a folder without looking at it
 * (cosmos_framework common/args.py:986), so nothing else may get through.
 */
export function safeName(wanted: string): string {
  const plain = wanted.normalize('NFKD').replace(/\p{M}/gu, '');
  const name = plain
    .replace(/[^A-Za-z0-9_-]+/g, '_')
    .replace(/^[_-]+|[_-]+$/g, '')
    .slice(0, LONGEST);
  if (name === '') return `clip-${createHash('sha256').update(wanted).digest('hex').slice(0, 6)}`;
  return RESERVED.test(name) ? `${name}_` : name;
}

/** Fills {clip}, {seed} and {engine} of a preset's name template. */
export function fillName(template: string, values: Readonly<Record<'clip' | 'seed' | 'engine', string>>): string {
  return safeName(template.replace(/\{(clip|seed|engine)\}/g, (_, key: keyof typeof values) => values[key]));
}
