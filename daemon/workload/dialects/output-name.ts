/** The name of a sample's outputs: as written, or the one that NVIDIA's code chooses. */
import { stemOf, suffixOf } from '../../../schemas/spec/paths.js';
import type { SampleVerdict } from './nvidia.js';

/**
 * The written name; for Cosmos 3 without one, or with an empty one, the stem of the file, in a .jsonl with the number of
 * the sample behind it (cosmos_framework inference/common/args.py:1008-1012). null: transfer2.5 without a name.
 * @param index of the sample in its file, from 0.
 */
export function outputName({ dialect, spec }: SampleVerdict, file: string, index: number): string | null {
  const written = spec?.name ?? null;
  if (dialect === 'transfer2.5' || (written !== null && written !== '')) return written;
  return suffixOf(file).toLowerCase() === '.jsonl' ? `${stemOf(file)}_${index}` : stemOf(file);
}
