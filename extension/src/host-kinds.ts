/** What the kind of a host means for the user. */
import type { Host } from '../../schemas/received.js';
import type { UnknownName } from '../../schemas/unknown-name.js';

/** The daemon's own machine. */
export function isHere({ kind }: Pick<Host, 'kind'>): boolean {
  return kind === 'local';
}

/** The kind, if only a newer version knows it: then it is shown. Users know what this computer and an SSH host are. */
export function unknownKind({ kind }: Pick<Host, 'kind'>): UnknownName | null {
  return kind === 'local' || kind === 'ssh' ? null : kind;
}
