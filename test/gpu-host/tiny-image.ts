/** The smallest image there is to run something: busybox and its names, made without an engine or a registry. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cacheFolder } from './assets.js';
import { must } from './execute.js';

export const TINY_IMAGE = 'tiny:1';

/** Path of a tar for `docker load`, cached for this version of busybox. */
export async function tinyImage(): Promise<string> {
  const version = sha256(readFileSync('/bin/busybox')).slice(0, 16);
  const tar = path.join(cacheFolder, `tiny-image-${version}.tar`);
  if (existsSync(tar)) return tar;
  mkdirSync(cacheFolder, { recursive: true });
  const work = mkdtempSync(path.join(tmpdir(), 'cosmos-tiny-image-'));
  try {
    const part = `${tar}.${process.pid}`;
    await pack(work, part);
    renameSync(part, tar);
  } finally {
    rmSync(work, { recursive: true });
  }
  return tar;
}

/** The layout that `docker save` writes: a layer, a configuration that names its hash, and a manifest of both. */
async function pack(work: string, tar: string): Promise<void> {
  const layer = path.join(work, 'layer.tar');
  await must(['sh', '-ec', LAYER, 'sh', path.join(work, 'rootfs'), layer]);
  const config = JSON.stringify({
    architecture: ARCHITECTURES[process.arch] ?? process.arch,
    os: 'linux',
    config: { Env: ['PATH=/bin:/usr/bin'], Cmd: ['sh'] },
    rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(readFileSync(layer))}`] },
  });
  writeFileSync(path.join(work, 'config.json'), config);
  const manifest = [{ Config: 'config.json', RepoTags: [TINY_IMAGE], Layers: ['layer.tar'] }];
  writeFileSync(path.join(work, 'manifest.json'), JSON.stringify(manifest));
  await must(['tar', '-C', work, '-cf', tar, 'manifest.json', 'config.json', 'layer.tar']);
}

/** Docker's names of the architectures that Node names otherwise. */
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64' };

const LAYER = `
mkdir -p "$1/bin" "$1/usr/bin" "$1/tmp" "$1/etc"
chmod 1777 "$1/tmp"
cp /bin/busybox "$1/bin/"
for name in $(busybox --list); do [ -e "$1/bin/$name" ] || ln -s busybox "$1/bin/$name"; done
tar -C "$1" -cf "$2" .
`;

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
