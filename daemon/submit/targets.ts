/** Finds the target of a submit: a clip by id, name or path, or a spec by its path. */
import path from 'node:path';
import { type Clip, type Job, MANIFEST_FILE } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';
import { isSilence } from '../foreign/disk.js';
import { lookAt } from '../foreign/open.js';
import { isInside, isSamePath } from '../local-path.js';
import { readHandSpec } from '../workload/transfer/hand-spec.js';
import { clipMaterial, type Material, specMaterial } from '../workload/transfer/material.js';
import type { SubmissionDeps } from './needs.js';

export class Targets {
  constructor(private readonly deps: Pick<SubmissionDeps, 'folders' | 'clips'>) {}

  /** @throws CosmosError not_found with near names or the nearest file, ambiguous, spec_invalid */
  async resolve(target: string): Promise<Material> {
    const spec = path.resolve(target);
    if (!isSpecName(target) || this.deps.clips.list().some((clip) => isSamePath(clip.path, spec))) {
      return clipMaterial(this.deps.folders.resolve(target));
    }
    const clip = this.deps.clips.list().find(({ specFile }) => specFile !== null && isSamePath(specFile, spec));
    if (clip !== undefined) return clipMaterial(clip); // the spec beside a clip may name the passes of that clip
    if (await isThere(spec)) return this.ofSpec(spec);
    return this.clipOrNearest(target, spec);
  }

  /** The material of a job as its clip and spec are now. @throws CosmosError not_found when they are gone */
  async ofJob({ source, name }: Job): Promise<Material> {
    if (source.kind === 'spec') return this.ofSpec(source.spec);
    const clip = this.deps.clips.get(source.clip);
    if (clip !== undefined) return clipMaterial(clip);
    throw new CosmosError('not_found', `The clip ${name} is not known any more; add its folder again.`, { clip: name });
  }

  private ofSpec(file: string): Promise<Material> {
    const watch = this.deps.folders.list().find((one) => isInside(file, one.path));
    return specMaterial(file, watch?.path ?? null);
  }

  /** The name of a clip may end in .json. When there is no such clip, the error is about the missing file. */
  private async clipOrNearest(target: string, file: string): Promise<Material> {
    try {
      return await clipMaterial(this.deps.folders.resolve(target));
    } catch (error) {
      if (!(error instanceof CosmosError) || error.code !== 'not_found') throw error;
      await readHandSpec(file, null); // throws not_found with the nearest file
      throw error;
    }
  }
}

function isSpecName(target: string): boolean {
  return /\.json$/i.test(target) && path.basename(target) !== MANIFEST_FILE;
}

/** Something that is no regular file gets its error when it is read. */
async function isThere(file: string): Promise<boolean> {
  try {
    return !(await lookAt(file, { root: null })).stats.isDirectory();
  } catch (error) {
    if (isSilence(error)) throw error;
    return false;
  }
}

/**
 * A clip for which only a submit without options would be refused may pass: with other options it can succeed, and if
 * not, the error of the submit says more than the reason of the clip.
 * @throws CosmosError clip_not_ready with the clip's own reason.
 */
export function requireReady(clip: Clip): void {
  if (clip.state === 'incomplete' && clip.objection != null) return;
  if (clip.state === 'ready' && clip.passes.includes('color')) return;
  const why = clip.state === 'ready' ? 'it has no colour pass' : clip.reason || `it is ${clip.state}`;
  const message = `${clip.name} is not ready: ${why.replace(/\.$/, '')}.`;
  throw new CosmosError('clip_not_ready', message, { clip: clip.id, state: clip.state, reason: clip.reason });
}
