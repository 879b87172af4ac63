/** Finds the role of a frozen movie in a spec: the video, or a control with a weight. Pure. */
import type { Clip, Dialect, EngineName } from '../../../schemas/index.js';
import { blocksIn, hintOf, namesOf, objectAt, type SpecObject } from '../../../schemas/spec/dialect.js';
import { effectiveWeights } from '../../../schemas/spec/effective-weights.js';
import type { SpecInput } from './compile.js';

export interface Role {
  readonly pass: string;
  /** False = a control whose effective weight is 0. */
  readonly isUsed: boolean;
}

/** undefined = a mask, a reference image or another file, of which nothing is expected. */
export function roleOf(
  input: string,
  engine: EngineName,
  { object, dialect }: { readonly object: SpecObject; readonly dialect: Dialect },
): Role | undefined {
  const names = namesOf(dialect);
  if (object[names.video] === input) return { pass: 'color', isUsed: true };
  const blocks = blocksIn(object, dialect);
  const block = blocks.find((one) => objectAt(object, one)?.control_path === input);
  if (block === undefined) return undefined;
  const controls = blocks.map((one) => ({
    block: one,
    weight: weightOf(objectAt(object, one), names.weight),
    masked: false,
  }));
  return { pass: hintOf(block) ?? block, isUsed: effectiveWeights(engine, controls).values[block] !== 0 };
}

/** Left out it is 1 in both dialects; one that is no number stays for the check of the spec to name. */
function weightOf(block: SpecObject | undefined, key: string): number {
  const weight = Number(block?.[key] ?? 1);
  return Number.isFinite(weight) ? weight : 1;
}

/** What an input was made of, in words. */
export function sourceWords(clip: Clip | null, { from }: SpecInput): string {
  if (from.kind === 'file') return from.file;
  const source = clip?.sources[from.pass];
  const files = source?.file ?? source?.pattern ?? from.pass;
  return source?.layer === undefined ? files : `layer ${source.layer} of ${files}`;
}
