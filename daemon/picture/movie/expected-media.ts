/** What the encodes of a clip's passes will be, before anything is encoded. */
import { type Clip, type Media, type Rational, toRational, type Watch, WatchConfig } from '../../../schemas/index.js';

/** null while the clip's length or size is not known. */
export function expectedMedia(clip: Clip, watches: readonly Watch[]): Media | null {
  const { frames, width, height } = clip;
  if (frames < 1 || width === null || height === null) return null;
  const even = { width: width - (width % 2), height: height - (height % 2) };
  return { frames, ...even, fps: rateOf(clip, watches) };
}

/** The rate of a clip's image sequences: the manifest's, else what the files say, else the watched folder's, else that of any watched folder. */
export function rateOf(clip: Clip, watches: readonly Watch[]): Rational {
  const watch = watches.find(({ path }) => path === clip.root);
  return toRational(clip.manifest?.fps ?? clip.fps ?? watch?.fps ?? WatchConfig.parse({ path: clip.root }).fps);
}
