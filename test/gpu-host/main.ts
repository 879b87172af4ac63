/**
 * One GPU host with the simulated models, for a program that is no test: tells on one line of JSON how to reach it, and
 * is there until standard input closes or SIGTERM comes. Then nothing of it is left.
 */
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { GpuHost } from './gpu-host.js';
import { SIM_IMAGE, simImage } from './sim/image.js';
import { checkoutFolder } from './sim/sources.js';

/** Seconds of the model's steps: slow enough to be watched, and to be interrupted in the middle. */
const PACE = {
  COSMOS_SIM_DOWNLOAD_S: 0.2,
  COSMOS_SIM_LOAD_S: 1.5,
  COSMOS_SIM_STEP_S: 0.25,
  COSMOS_SIM_GAP_S: 0.4,
};

/** Listened for from the start, so that an early end by the caller is handled as soon as the host can be removed. */
const ended = Promise.race([once(process.stdin, 'end'), once(process, 'SIGTERM')]);

// A terminal sends these to the whole group. The program that uses the host ends its runs on it first.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
process.stdout.on('error', () => {}); // the caller is gone; the end of standard input shows that too
process.stdin.resume();

try {
  await serve();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
process.stdin.destroy(); // after SIGTERM its other end may still be open

async function serve(): Promise<void> {
  const host = await GpuHost.up({ images: [await simImage()] });
  try {
    const { address, port, user, identityFile, hostKey, root } = host;
    const furniture = await furnish(host);
    const facts = { address, port, user, identityFile, hostKey, root, image: SIM_IMAGE, ...furniture };
    process.stdout.write(`${JSON.stringify({ ...facts, knownHosts: knownHosts(host) })}\n`);
    await ended;
  } finally {
    await host.down();
  }
}

/** What a user puts on a host before the first job: a checkout, a model cache, a file with a token (and here, a pace). */
async function furnish(host: GpuHost) {
  const place = (name: string) => path.join(host.home, name); // the same path here and on the host
  const [checkout, hfCache, envFile] = [place('checkout'), place('hf-cache'), place('cosmos-sim.env')];
  const variables = Object.entries({ ...PACE, HF_TOKEN: 'simulated' }).map(([name, value]) => `${name}=${value}\n`);
  cpSync(checkoutFolder, checkout, { recursive: true });
  writeFileSync(path.join(checkout, 'pyproject.toml'), '');
  mkdirSync(hfCache);
  writeFileSync(envFile, variables.join(''), { mode: 0o600 });
  const { exitCode, stderr } = await host.sh('chown -R "$@"', host.user, checkout, hfCache, envFile);
  if (exitCode !== 0) throw new Error(`The test host could not be furnished: ${stderr.trim()}`);
  return { checkout, hfCache, envFile };
}

/** The line that makes ssh know the host. */
function knownHosts({ sshOptions }: GpuHost): string {
  const option = sshOptions.find((word) => word.startsWith('UserKnownHostsFile=')) ?? '';
  return readFileSync(option.slice(option.indexOf('=') + 1), 'utf8').trim();
}
