/** What the kind of a host means for the user. */
import type { Host } from '../../schemas/received.js';

/** The daemon's own machine. */
export function isHere({ kind }: Pick<Host, 'kind'>): boolean {
  return kind === 'local';
}
