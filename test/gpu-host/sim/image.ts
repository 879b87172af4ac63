/** The image `cosmos-sim:1`: made from this machine's own packages without any registry, kept between runs. */
import { createHash } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../assets.js';
import { writeDockerArchive } from './docker-archive.js';
import { ENTRYPOINT, type Entry, rootfs } from './rootfs.js';

export const SIM_IMAGE = 'cosmos-sim:1';

const CONFIG = {
  Env: [
    'PATH=/usr/local/bin:/usr/bin',
    'LANG=C.UTF-8',
    'PYTHONDONTWRITEBYTECODE=1',
    // What the base image of cosmos-transfer2.5 asks of the driver (nvidia/cuda:12.8.1).
    'NVIDIA_REQUIRE_CUDA=cuda>=12.8',
  ],
  Entrypoint: [ENTRYPOINT],
  Cmd: ['bash'],
  WorkingDir: '/workspace',
  Labels: { 'cosmos-sim.stands-in-for': 'cosmos-transfer2.5 2ff49d0, cosmos-framework 5eee9ed' },
};

/** Path of the image as a tar for `docker load`; made when the program or a package has changed. Seconds the first time. */
export async function simImage(): Promise<string> {
  const entries = await rootfs();
  const file = path.join(cacheFolder, `cosmos-sim-${fingerprint(entries)}.tar`);
  if (existsSync(file)) return file;
  mkdirSync(cacheFolder, { recursive: true });
  const scratch = `${file}.${process.pid}`; // several may make it at once; the first one's stays, and the others' is the same
  try {
    await writeDockerArchive(`${scratch}.part`, `${scratch}.layer`, entries, { tag: SIM_IMAGE, config: CONFIG });
    publish(`${scratch}.part`, file);
    removeOthers(file);
  } finally {
    for (const rest of ['part', 'layer']) rmSync(`${scratch}.${rest}`, { force: true });
  }
  return file;
}

/** Never replaces: who uses the image knows it by its time. */
function publish(made: string, file: string): void {
  try {
    linkSync(made, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  }
}

/** Each is hundreds of megabytes. */
function removeOthers(made: string): void {
  const images = readdirSync(cacheFolder).filter((name) => /^cosmos-sim-[0-9a-f]{16}\.tar$/.test(name));
  for (const name of images.filter((each) => each !== path.basename(made))) {
    rmSync(path.join(cacheFolder, name), { force: true });
  }
}

/** Size and time tell a changed file of a package; sources of our own change with every checkout, but seldom at once. */
function fingerprint(entries: readonly Entry[]): string {
  const hash = createHash('sha256').update(JSON.stringify(CONFIG));
  for (const entry of entries) {
    hash.update(JSON.stringify(entry));
    if ('source' in entry) hash.update(`${statSync(entry.source).size} ${statSync(entry.source).mtimeMs}`);
  }
  return hash.digest('hex').slice(0, 16);
}
