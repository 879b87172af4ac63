/** Finds out whether this installation can run a simulated host, and installs what this machine lacks for it. */
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CosmosError } from '../../errors.js';
import { streamProcess } from '../../process.js';

const NEEDS = 'It needs Linux, root, openssh-server and docker.io';
const INSTALL = 'node .dev/setup.mjs --test';

export interface Checkout {
  /** The program that is the host; part of the tests, which the daemon never imports. */
  readonly program: string;
  /** Installs the system packages of the tests. */
  readonly setup: string;
}

const HERE: Checkout = {
  program: fileURLToPath(new URL('../../../test/gpu-host/main.js', import.meta.url)),
  setup: fileURLToPath(new URL('../../../../.dev/setup.mjs', import.meta.url)),
};

/** @throws CosmosError no_host that says what is missing, and how to get it. */
export function findCheckout(
  checkout = HERE,
  { platform, uid }: { platform: NodeJS.Platform; uid?: number } = {
    platform: process.platform,
    uid: process.getuid?.(),
  },
): Checkout {
  if (!existsSync(checkout.program) || !existsSync(checkout.setup)) {
    const message = `The simulated host is part of a source checkout, and this is none. ${NEEDS}; there, "${INSTALL}" installs them on Debian and Ubuntu.`;
    throw new CosmosError('no_host', message, { missing: checkout.program });
  }
  if (platform === 'linux' && uid === 0) return checkout;
  const here = platform === 'linux' ? 'run it with sudo' : `this is ${platform}`;
  throw new CosmosError(
    'no_host',
    `The simulated host cannot be brought up: ${here}. ${NEEDS}, for real SSH and Docker in namespaces of its own.`,
  );
}

/**
 * Installs what is missing of the system packages, as .dev/setup.mjs knows them; seconds when nothing is.
 * @param say called before anything is installed.
 * @throws CosmosError no_host with the command to type.
 */
export async function installPackages(setup: string, say: (line: string) => void, signal: AbortSignal): Promise<void> {
  const child = streamProcess(process.execPath, [setup, '--packages'], { signal });
  child.stdin.end();
  const words: string[] = [];
  const ended = child.then(
    () => undefined,
    (error: unknown) => error,
  );
  for await (const line of createInterface({ input: child.stderr })) {
    if (line.startsWith('Installing')) say(line);
    words.push(line.trim());
  }
  const failure = await ended;
  if (failure === undefined) return;
  const message = words.slice(words.findIndex((line) => line.startsWith('Setup failed'))).join(' ');
  throw new CosmosError('no_host', `${message.trim()} (The simulated host needs them.)`, {}, { cause: failure });
}
