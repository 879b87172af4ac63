/** What the encodes of a clip's passes will be, before anything is encoded. */
import type { Clip, Media, Watch } from '../../../schemas/index.js';
import { rateOf } from './frame-rate.js';

/** null while the clip's length or size is not known. */
export function expectedMedia(clip: Clip, watches: readonly Watch[]): Media | null {
  const { frames, width, height } = clip;
  if (frames < 1 || width === null || height === null) return null;
  const even = { width: width - (width % 2), height: height - (height % 2) };
  return { frames, ...even, fps: rateOf(clip, watches) };
}
