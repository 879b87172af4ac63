/** The rate of a clip's image sequences. Pure. */
import { type Clip, type Rational, toRational, type Watch, WatchConfig } from '../../../schemas/index.js';

/** The manifest's, else what the files say, else the watched folder's, else that of any watched folder. */
export function rateOf(clip: Clip, watches: readonly Watch[]): Rational {
  const watch = watches.find(({ path }) => path === clip.root);
  return toRational(clip.manifest?.fps ?? clip.fps ?? watch?.fps ?? WatchConfig.parse({ path: clip.root }).fps);
}
