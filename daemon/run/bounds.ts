/**
 * All limits on what is fetched from a host. Neither a host nor the programs on it are trusted. What exceeds a limit
 * stays on the host, and the job says so.
 */
import type { Media } from '../../schemas/index.js';
import type { FetchLimit } from '../host/host.js';

/**
 * Limits for the log of a run, in bytes: `head` and `tail` are kept here, and a run that writes more than `total` is
 * stopped. An extreme real run writes 288 MB: eight ranks redraw a bar of 100 bytes ten times a second for ten hours.
 * NVIDIA's programs draw one bar for each step: ten minutes of video on eight GPUs make 5 MB.
 */
export const LOG = { head: 16 * 2 ** 20, tail: 16 * 2 ** 20, total: 512e6 } as const;

/** Bytes of the end of a log that are still fetched after its run was stopped: enough for the reason, and quick. */
export const LAST_WORDS = 8 * 2 ** 20;

/** Most files of a run folder. One member has about twenty, inputs and outputs together. */
export const MOST_FILES = 20_000;

/** Most bytes of a file that an engine judges a run by (its own log, a status). In real runs: a few megabytes. */
export const EVIDENCE_BYTES = 64e6;

/** Bytes that a container format, sound and metadata may add to the pictures: a generous guess. */
const AROUND = 16e6;

/**
 * Limits for the movies of a job: the size of their pictures as uncompressed RGB, which no encoder of NVIDIA's exceeds.
 * @param made what the engine expects. @param given the input; a control may have its size.
 */
export function outputLimits(made: Media, given: Media): { readonly video: FetchLimit; readonly control: FetchLimit } {
  const bytes = Math.max(bytesOf(made), bytesOf(given)) + AROUND;
  const { frames, width, height } = made;
  const shape = `${frames === 1 ? '1 frame' : `${frames} frames`} of ${width}x${height}`;
  return { video: { bytes, what: `the video of ${shape}` }, control: { bytes, what: `a control of ${shape}` } };
}

function bytesOf({ frames, width, height }: Media): number {
  return frames * width * height * 3;
}

/** For a file that this daemon has sent there. Its hash is compared after it was fetched. */
export function sentLimit(): FetchLimit {
  return { bytes: 1e12, what: 'a file that was sent there' };
}
