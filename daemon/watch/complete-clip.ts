/** Writes the manifest of a clip whose images came late, from the note of its render and from the images. */
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { nanoid } from 'nanoid';
import { type ClipManifest, MANIFEST_FILE } from '../../schemas/index.js';
import { errnoOf } from '../errors.js';
import { disks } from '../foreign/all-disks.js';
import { isSilence } from '../foreign/disk.js';
import { untilFree } from '../held-file.js';
import { usualModeIn } from '../usual-mode.js';
import type { StandingNote } from './awaited.js';
import { commonStep } from './cadence.js';
import type { Probes } from './checks.js';
import { spanOf } from './frames.js';
import { firstHeader } from './problems.js';
import type { Readiness } from './settle.js';
import { referenceOf, type Shape } from './shape.js';

/** null = no note describes the clip. Pure. */
export function completeManifest(notes: readonly StandingNote[], shape: Shape, probes: Probes): ClipManifest | null {
  const [newest] = notes.filter(({ note }) => note.clip !== undefined).sort((a, b) => b.mtimeMs - a.mtimeMs);
  const draft = newest?.note.clip;
  const reference = referenceOf(shape.passes);
  if (draft === undefined || reference === undefined) return null;
  const header = firstHeader(reference, probes);
  const [width, height] = [header?.width ?? draft.width ?? 0, header?.height ?? draft.height ?? 0];
  const { camera, ...said } = draft;
  // Cameras are in pixels of the size that the node gave.
  const isSameSize = width === draft.width && height === draft.height;
  return {
    ...said,
    passes: draft.passes ?? Object.fromEntries(shape.passes.map(({ pass, source }) => [pass, source])),
    frames:
      draft.passes === undefined ? (spanOf(reference.frames.keys(), commonStep(shape)) ?? draft.frames) : draft.frames,
    width,
    height,
    ...(camera !== undefined && isSameSize && { camera }),
    files: shape.inputs.map(({ name, size, mtimeMs }) => ({ path: name, size, mtime: mtimeMs })),
    renders: notes.map(({ note }) => note.id),
  };
}

/**
 * Writes a manifest when all images of the renders are there, so that they become one revision. When no note describes
 * the clip, no manifest is written.
 * @returns why it cannot be done, as a sentence; null = it is done
 * @throws CosmosError disk_silent
 */
export async function completeClip(folder: string, readiness: Readiness, probes: Probes): Promise<string | null> {
  const manifest = completeManifest(readiness.standing, readiness.shape, probes);
  try {
    if (manifest !== null) await writeManifest(folder, manifest);
    return null;
  } catch (error) {
    if (isSilence(error)) throw error;
    const why = `cannot be written into ${folder} (${errnoOf(error) ?? String(error)})`;
    return `its images are there, but ${MANIFEST_FILE} ${why}: make room or give access, or send it from Houdini`;
  }
}

/**
 * Writes it as an exporter does, by a rename. Until it is complete, it has a random name.
 * @throws the system error
 */
async function writeManifest(folder: string, manifest: ClipManifest): Promise<void> {
  const draft = path.join(folder, `.${nanoid()}.part`);
  await disks.run(folder, async () => {
    try {
      const handle = await open(draft, 'wx', 0o600);
      try {
        await handle.writeFile(JSON.stringify(manifest, null, 1));
        await handle.chmod(usualModeIn(folder));
        await handle.sync();
      } finally {
        await handle.close();
      }
      await untilFree(() => rename(draft, path.join(folder, MANIFEST_FILE)));
    } finally {
      await rm(draft, { force: true });
    }
  });
}
