/** The facts of a clip from one look, with the names of the schema. Pure. */
import { type Clip, type ClipManifest, toFps } from '../../schemas/index.js';
import { commonStep } from './cadence.js';
import type { Probes } from './checks.js';
import { frameCount, spanOf } from './frames.js';
import { firstHeader, length } from './problems.js';
import { referenceOf, type Shape } from './shape.js';

export type Description = Pick<
  Clip,
  'passes' | 'sources' | 'range' | 'frames' | 'fps' | 'width' | 'height' | 'bytes' | 'hasManifest' | 'manifest'
>;

/** @param fps rate of image sequences for which neither a manifest nor a file gives one. */
export function describeShape(
  shape: Shape,
  manifest: ClipManifest | null,
  probes: Probes,
  sequenceFps: number,
): Description {
  const reference = referenceOf(shape.passes);
  const header = reference && firstHeader(reference, probes);
  const isMovie = reference !== undefined && reference.movie !== null;
  return {
    passes: shape.passes.map(({ pass }) => pass),
    sources: Object.fromEntries(shape.passes.map(({ pass, source }) => [pass, source])),
    range: shape.range ?? (reference === undefined ? null : spanOf(reference.frames.keys(), commonStep(shape))),
    frames: framesOf(shape, probes),
    fps: manifest === null ? (isMovie ? (header?.fps ?? null) : sequenceFps) : toFps(manifest.fps),
    width: manifest?.width ?? header?.width ?? null,
    height: manifest?.height ?? header?.height ?? null,
    bytes: shape.inputs.reduce((sum, { size }) => sum + size, 0),
    hasManifest: manifest !== null,
    manifest,
  };
}

/** Number of frames that are there; of a movie that was not read yet, the number in the manifest. */
function framesOf({ passes, range }: Shape, probes: Probes): number {
  const reference = referenceOf(passes);
  if (reference === undefined) return 0;
  const unread = reference.movie !== null && probes.header(reference.movie) === undefined;
  return unread && range !== null ? frameCount(range) : length(reference, probes);
}
