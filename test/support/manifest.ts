/** A clip's manifest, written as an exporter does it: beside, then by rename. */
import { readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ClipManifest, MANIFEST_FILE } from '../../schemas/index.js';

/** Describes what lies in the folder: color and depth, frames 1 to 8 of 64x48, unless `more` says otherwise. */
export function writeManifest(folder: string, more: Partial<ClipManifest> = {}): void {
  renameSync(writePart(folder, more), path.join(folder, MANIFEST_FILE));
}

/** Writes the manifest under its temporary name; the rename that makes it count is the caller's. */
export function writePart(folder: string, more: Partial<ClipManifest> = {}): string {
  const names = readdirSync(folder).filter((name) => /\.(png|exr|jpg|mp4)$/.test(name));
  const files = names.map((name) => {
    const { size, mtimeMs } = statSync(path.join(folder, name));
    return { path: name, size, mtime: mtimeMs };
  });
  const manifest = ClipManifest.parse({
    schema: 'cosmos-clip/1',
    name: path.basename(folder),
    passes: { color: { pattern: 'color.####.png' }, depth: { pattern: 'depth.####.png' } },
    frames: { first: 1, last: 8 },
    fps: 24,
    width: 64,
    height: 48,
    files,
    ...more,
  });
  const part = path.join(folder, `${MANIFEST_FILE}.part`);
  writeFileSync(part, JSON.stringify(manifest));
  return part;
}
