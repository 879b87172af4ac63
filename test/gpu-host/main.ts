/**
 * One GPU host with the simulated models, for a program that is no test: tells on one line of JSON how to reach it, and
 * is there until standard input closes or SIGTERM comes. Then nothing of it is left.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { GpuHost } from './gpu-host.js';
import { SIM_IMAGE, simImage } from './sim/image.js';

/** Seconds of the model's steps: slow enough to be watched, and to be interrupted in the middle. */
const PACE = {
  COSMOS_SIM_DOWNLOAD_S: 0.2,
  COSMOS_SIM_LOAD_S: 1.5,
  COSMOS_SIM_STEP_S: 0.25,
  COSMOS_SIM_GAP_S: 0.4,
};

/** Listened for from the very start, so that whoever gives up early is heard as soon as the host can go. */
const ended = Promise.race([once(process.stdin, 'end'), once(process, 'SIGTERM')]);

// A terminal sends these to the whole group. The program that uses the host ends its runs on it first.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
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
    const envFile = await writeEnvFile(host);
    const { address, port, user, identityFile, hostKey, root } = host;
    const facts = { address, port, user, identityFile, hostKey, root, image: SIM_IMAGE, envFile };
    process.stdout.write(`${JSON.stringify({ ...facts, knownHosts: knownHosts(host) })}\n`);
    await ended;
  } finally {
    await host.down();
  }
}

/** Absolute path of the file that gives every container its pace; the place of secrets on a real host. */
async function writeEnvFile(host: GpuHost): Promise<string> {
  const file = `${host.home}/cosmos-sim.env`;
  const lines = Object.entries(PACE).map(([name, seconds]) => `${name}=${seconds}\n`);
  const write = 'umask 077 && printf %s "$2" > "$1" && chown "$3" "$1"';
  const { exitCode, stderr } = await host.sh(write, file, lines.join(''), host.user);
  if (exitCode !== 0) throw new Error(`The file ${file} could not be written on the test host: ${stderr}`);
  return file;
}

/** The line that makes ssh know the host. */
function knownHosts({ sshOptions }: GpuHost): string {
  const option = sshOptions.find((word) => word.startsWith('UserKnownHostsFile=')) ?? '';
  return readFileSync(option.slice(option.indexOf('=') + 1), 'utf8').trim();
}
