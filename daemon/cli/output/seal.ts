/**
 * How our own colours are told from a stranger's: until a text leaves through the door, each of ours begins with a seal
 * that nobody outside this process can know. What has no seal is text, and is made visible.
 */
import { randomUUID } from 'node:crypto';

const INTRODUCER = '\x1b[';
/** Nothing in it is a control character, so that it passes through all that makes those visible. */
const SEAL = `\u{f0000}${randomUUID()}:`;

/** @param text all of whose escape sequences are ours. */
export function sealed(text: string): string {
  return text.replaceAll(INTRODUCER, SEAL);
}

/** As a terminal wants it; sealed text measured in cells is measured so. */
export function unsealed(text: string): string {
  return text.replaceAll(SEAL, INTRODUCER);
}
