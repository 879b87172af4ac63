/** Measures a movie that goes to the model without an encode. */
import type { Media, PassMeasure } from '../../../schemas/index.js';
import { CosmosError } from '../../errors.js';
import { decodeFrames } from '../../media/frames.js';
import { inputOf } from '../../media/input.js';
import type { MediaTools } from '../../media/tools.js';
import type { ProcessOptions } from '../../process.js';
import { Meter } from './meter.js';

/** Decodes every frame. @throws CosmosError encode_failed when one of them, or all, cannot be decoded. */
export async function measureMovie(
  tools: MediaTools,
  file: string,
  { width, height }: Pick<Media, 'width' | 'height'>,
  options: ProcessOptions,
): Promise<PassMeasure> {
  const meter = new Meter(3);
  const shape = { width, height, format: 'rgb24' } as const;
  for await (const frame of decodeFrames(tools, await inputOf(file), shape, options)) meter.add(frame);
  const shown = meter.result();
  if (shown.frames === 0) throw new CosmosError('encode_failed', 'The movie has no frame that can be decoded.');
  return { ...shown, read: null, notes: [] };
}
