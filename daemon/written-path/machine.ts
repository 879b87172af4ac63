/** What a written path is read against; tests bring machines of other systems. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute home folder of the account. */
  readonly home: string;
  readonly exists: (absolute: string) => boolean;
}

export function thisMachine(): Machine {
  return { platform: process.platform, env: process.env, home: homedir(), exists: existsSync };
}
