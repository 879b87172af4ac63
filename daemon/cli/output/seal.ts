/**
 * Marks our own escape sequences: until a text leaves through the door, each begins with a random seal that is known in
 * this process only. A sequence without the seal came from outside and is made visible.
 */
import { randomUUID } from 'node:crypto';

const INTRODUCER = '\x1b[';
/** It has no control character, so that the code which makes those visible leaves it alone. */
const SEAL = `\u{f0000}${randomUUID()}:`;

/** @param text whose escape sequences are all our own. */
export function sealed(text: string): string {
  return text.replaceAll(INTRODUCER, SEAL);
}

/** The text as a terminal gets it, without seals; its width is measured so. */
export function unsealed(text: string): string {
  return text.replaceAll(SEAL, INTRODUCER);
}
