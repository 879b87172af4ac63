/** Collects what a job is made of: a clip, a hand-written spec, or both; and the files that it freezes. */
import path from 'node:path';
import type { Clip, Dialect, FrozenFile, JobSettings, JobSource } from '../../../schemas/index.js';
import { dialectOf } from '../../../schemas/spec/dialect.js';
import { signatureOf } from '../../contents/signature.js';
import { type CompiledSpec, compileSpec, inputPath } from './compile.js';
import { readHandSpec, signInputs } from './hand-spec.js';
import type { HandSpec } from './settings.js';

export interface Material {
  readonly clip: Clip | null;
  readonly hand: HandSpec | null;
  /** Folder that the hand-written spec may read below; null = anywhere. */
  readonly root: string | null;
}

/** What a job came from, and every file it depends on as it was then. */
export interface FrozenSource {
  readonly source: JobSource;
  readonly files: readonly FrozenFile[];
}

/** Clip name, or the stem of the spec file. */
export function nameOf({ clip, hand }: Material): string {
  return clip?.name ?? path.parse(hand?.file ?? 'spec').name.replace(/\.cosmos$/, '');
}

/** The clip with the spec that lies beside it, if there is one. @throws CosmosError spec_invalid, not_found */
export async function clipMaterial(clip: Clip): Promise<Material> {
  const hand = clip.specFile === null ? null : await readHandSpec(clip.specFile, clip.root);
  return { clip, hand, root: clip.root };
}

/** @param root of the watched folder that the spec lies in; null = none. */
export async function specMaterial(file: string, root: string | null): Promise<Material> {
  return { clip: null, hand: await readHandSpec(file, root), root };
}

/**
 * The material of a job as it was submitted: a spec that appeared beside the clip since then is not part of it.
 * @throws CosmosError spec_invalid, not_found
 */
export async function jobMaterial(
  { source, files }: FrozenSource,
  clip: Clip | null,
  root: string | null,
): Promise<Material> {
  if (source.kind === 'spec') return specMaterial(source.spec, root);
  const spec = clip?.specFile ?? null;
  const had = spec !== null && files.some((file) => file.path === path.resolve(spec));
  return { clip, hand: had ? await readHandSpec(spec, clip?.root ?? null) : null, root: clip?.root ?? null };
}

/** Signatures of all files that the job depends on; `clipFiles` are the clip's own. */
export async function freezeSource(material: Material, clipFiles: readonly FrozenFile[]): Promise<FrozenSource> {
  const { clip, hand, root } = material;
  const isPass = (named: string) => clip?.passes.some((pass) => inputPath(pass) === named) ?? false;
  const spec = hand === null ? [] : [await signatureOf(hand.file, root), ...(await signInputs(hand, root, isPass))];
  const files = [...new Map([...clipFiles, ...spec].map((file) => [file.path, file])).values()];
  if (clip !== null) return { source: { kind: 'clip', clip: clip.id, revision: clip.revision }, files };
  return { source: { kind: 'spec', spec: path.resolve(hand?.file ?? '') }, files };
}

/** The spec of these settings; deterministic. */
export function compile({ clip, hand }: Material, settings: JobSettings): CompiledSpec & { readonly dialect: Dialect } {
  const dialect = dialectOf(settings.engine);
  const size = clip?.width && clip.height ? { width: clip.width, height: clip.height } : null;
  const request = { settings, dialect, passes: clip?.passes ?? [], size, base: hand?.object ?? null };
  return { ...compileSpec(request), dialect };
}
