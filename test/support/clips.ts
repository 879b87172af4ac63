/** Real clips on disk, described as the watcher would. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Clip, FrozenFile, PassName } from '../../schemas/index.js';
import { frozen } from './encoder.js';
import { type SequenceOptions, writeSequences } from './passes.js';

/** Writes PNG passes (color and depth by default) into `folder` and gives the ready clip that they are. */
export function makeClip(folder: string, changes: Partial<Clip> = {}, options: SequenceOptions = {}): Clip {
  const { passes = ['color', 'depth'], first = 1, last = 4, width = 64, height = 48 } = options;
  writeSequences(folder, { passes, first, last, width, height });
  const sources = Object.fromEntries(passes.map((pass: PassName) => [pass, { pattern: `${pass}.####.png` }]));
  return {
    id: `clip-${path.basename(folder)}`,
    name: path.basename(folder),
    path: folder,
    root: path.dirname(folder),
    state: 'ready',
    reason: '',
    warnings: [],
    existing: false,
    revision: 1,
    passes: [...passes],
    sources,
    range: { first, last, step: 1 },
    frames: last - first + 1,
    fps: null,
    width,
    height,
    bytes: 0,
    contentKey: 'k1',
    hasManifest: false,
    manifest: null,
    promptFile: null,
    specFile: null,
    updatedAt: '2026-01-01T00:00:00.000Z',
    ...changes,
  };
}

/** The images of a clip as they are now. */
export function filesOf(clip: Clip): FrozenFile[] {
  const names = readdirSync(clip.path).filter((name) => name.endsWith('.png'));
  return names.sort().map((name) => frozen(path.join(clip.path, name)));
}
