/** Writes what `docker load` reads: one layer, its configuration and a manifest (Docker image specification v1.2). */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type Pack, pack } from 'tar-stream';
import type { Entry } from './rootfs.js';

export interface ImageConfig {
  readonly tag: string;
  /** As `docker inspect` shows it. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** Files of equal content give equal bytes. */
const NO_TIME = new Date(0);
/** Go's name of the processor. */
const ARCHITECTURE = process.arch === 'x64' ? 'amd64' : process.arch;

/** `layer` is a scratch file beside `file`; who calls removes it. */
export async function writeDockerArchive(file: string, layer: string, entries: readonly Entry[], image: ImageConfig) {
  const digest = await writeLayer(layer, entries);
  const config = JSON.stringify({
    architecture: ARCHITECTURE,
    os: 'linux',
    created: NO_TIME.toISOString(),
    config: image.config,
    rootfs: { type: 'layers', diff_ids: [`sha256:${digest}`] },
    history: [{ created: NO_TIME.toISOString(), created_by: 'cosmos-sim' }],
  });
  const name = `${createHash('sha256').update(config).digest('hex')}.json`;
  const manifest = JSON.stringify([{ Config: name, RepoTags: [image.tag], Layers: ['layer.tar'] }]);
  await writeTar(file, async (archive) => {
    await add(archive, { target: name, text: config });
    await add(archive, { target: 'layer.tar', source: layer });
    await add(archive, { target: 'manifest.json', text: manifest });
  });
}

/** Gives the SHA-256 of the layer. */
async function writeLayer(file: string, entries: readonly Entry[]): Promise<string> {
  await writeTar(file, async (archive) => {
    for (const entry of entries) await add(archive, entry);
  });
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

async function writeTar(file: string, fill: (archive: Pack) => Promise<void>): Promise<void> {
  const archive = pack({ highWaterMark: 1 << 20 });
  const written = pipeline(archive, createWriteStream(file));
  await fill(archive);
  archive.finalize();
  await written;
}

/** Everything belongs to root: the numbers of this machine's users mean nothing in the image. */
async function add(archive: Pack, entry: Entry): Promise<void> {
  const header = { name: entry.target.replace(/^\//, ''), mtime: NO_TIME, uid: 0, gid: 0 };
  if ('folder' in entry) {
    archive.entry({ ...header, type: 'directory', mode: entry.mode });
  } else if ('link' in entry) {
    archive.entry({ ...header, type: 'symlink', linkname: entry.link });
  } else if ('text' in entry) {
    archive.entry({ ...header, mode: 0o644 }, entry.text);
  } else {
    const { size, mode } = statSync(entry.source);
    await pipeline(
      createReadStream(entry.source, { highWaterMark: 1 << 20 }),
      archive.entry({ ...header, size, mode: mode & 0o777 }),
    );
  }
}
