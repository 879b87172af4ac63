/** Reads the one line in which the simulated host says how it is reached. */
import * as z from 'zod';
import { CosmosError } from '../../errors.js';

export const HostAccess = z.object({
  address: z.string(),
  port: z.int(),
  /** Not root. */
  user: z.string(),
  identityFile: z.string(),
  /** Line of a known_hosts file. */
  knownHosts: z.string(),
  /** "SHA256:...". */
  hostKey: z.string(),
  /** Folder for our runs, at the same path on the host and here. */
  root: z.string(),
  image: z.string(),
  /** Folders on the host: what stands for NVIDIA's checkout, and the model cache. */
  checkout: z.string(),
  hfCache: z.string(),
  /** File on the host with a token, and with the pace of the simulated model. */
  envFile: z.string(),
});
export type HostAccess = z.infer<typeof HostAccess>;

/** @throws CosmosError no_host when the line is something else. */
export function parseAccess(line: string): HostAccess {
  try {
    return HostAccess.parse(JSON.parse(line));
  } catch (error) {
    throw new CosmosError(
      'no_host',
      'The simulated host did not say how to reach it; build the checkout: npx tsc -b.',
      { line },
      { cause: error },
    );
  }
}
