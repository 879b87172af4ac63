/** Commands for hosts: small node programs. */
import type { HostCommand } from '../../daemon/host/host.js';

/** `script` as `node -e`; console, process and require are there. */
export function nodeCommand(script: string, env: Record<string, string> = {}): HostCommand {
  return { argv: [process.execPath, '-e', script], env };
}

/** Stays alive until it is killed. */
export const FOREVER = 'setInterval(() => {}, 1000);';

export async function collectBytes(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const found: Uint8Array[] = [];
  for await (const piece of pieces) found.push(piece);
  return Buffer.concat(found);
}
