/** What the kind of a host means to a person. */
import type { Host } from '../../schemas/received.js';

/** The daemon's own machine. */
export function isHere({ kind }: Pick<Host, 'kind'>): boolean {
  return kind === 'local';
}
