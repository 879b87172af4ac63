/**
 * How much is taken from a host, all of it in one place: a host is a stranger's machine, and what runs on it stranger
 * still. What is beyond is left there, and the job says so.
 */
import type { Media } from '../../schemas/index.js';
import type { FetchLimit } from '../host/host.js';

/**
 * Of the log of a run, in bytes: so much of its beginning and of its end is kept here, and a run that says more than
 * `total` is stopped. The most that a real one could say: ten hours in which eight ranks each redraw a bar of 100 bytes
 * ten times a second, 288 MB. NVIDIA's draw one a step: ten minutes of video on eight GPUs are 5 MB.
 */
export const LOG = { head: 16 * 2 ** 20, tail: 16 * 2 ** 20, total: 512e6 } as const;

/** Bytes of the end of a log that are still fetched when its run was stopped: the last words, and no more waiting. */
export const LAST_WORDS = 8 * 2 ** 20;

/** Files of a run folder. A member brings and leaves about twenty. */
export const MOST_FILES = 20_000;

/** Bytes of a file that an engine judges by (a log of its own, a status): those of real runs are a few megabytes. */
export const EVIDENCE_BYTES = 64e6;

/** Bytes of a container format around its pictures, sound and metadata: generous. */
const AROUND = 16e6;

/**
 * Pictures and movies of a job: never more than their pictures as uncompressed RGB, which no encoder of NVIDIA's exceeds.
 * @param made what the engine expects; @param given what it was made from: a control may have the size of the input.
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

/** A file that this daemon sent there itself; its hash is compared when it is back. */
export function sentLimit(): FetchLimit {
  return { bytes: 1e12, what: 'a file that was sent there' };
}
