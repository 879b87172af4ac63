/** How a long video is made in pieces (cosmos-framework inference/transfer.py:43-54, 440-450). */
import { roundFrames } from '../../../../schemas/spec/cosmos3-build.js';
import { isGiven, type Rule } from '../../dialects/rules/rule.js';
import { chunksFor, framesOf } from './source.js';
import { ENDS_THE_RUN, transferRule } from './transfer-rule.js';

const rounded = transferRule({
  code: 'chunk_rounded',
  severity: 'info',
  says: 'num_video_frames_per_chunk is rounded up to 4k+1: the video tokenizer packs four frames into one.',
  costs: { kind: 'silent change', text: 'Never shows: each chunk has up to three frames more than written.' },
  source: 'cosmos-framework inference/transfer.py:443',
  check: ({ spec: { num_video_frames_per_chunk: wanted } }) => {
    if (wanted === null || roundFrames(wanted) === wanted) return [];
    const path = ['num_video_frames_per_chunk'];
    const value = roundFrames(wanted);
    const message = `num_video_frames_per_chunk ${wanted} is rounded up to ${value}`;
    return [{ path, message, fix: `Write ${value}.`, repair: [{ do: 'set', path, value }] }];
  },
});

const overlapTooLong = transferRule({
  code: 'overlap_too_long',
  severity: 'error',
  says: 'num_conditional_frames must be smaller than a chunk as soon as there is more than one.',
  costs: ENDS_THE_RUN,
  source: 'cosmos-framework inference/transfer.py:49-51',
  check: (sample) => {
    const { num_conditional_frames: overlap } = sample.resolved;
    const frames = framesOf(sample);
    const chunks = chunksFor(sample, frames ?? Number.POSITIVE_INFINITY);
    if (chunks === null || chunks.stride > 0 || (frames !== undefined && frames <= chunks.size)) return [];
    const what = `num_conditional_frames ${overlap} leaves nothing new in a chunk of ${chunks.size} frames`;
    const fix = 'Use 1, or another number well below num_video_frames_per_chunk.';
    const path = isGiven(sample, 'num_conditional_frames')
      ? ['num_conditional_frames']
      : ['num_video_frames_per_chunk'];
    if (frames !== undefined) return [{ path, message: `${what}: the run would stop`, fix }];
    return [{ path, severity: 'warning', message: `${what}: a longer video would stop the run`, fix }];
  },
});

/** Latent 0 is one frame and each further latent four, so an overlap acts in steps of 4k+1 (build_transfer_batch). */
const overlapSteps = transferRule({
  code: 'overlap_steps',
  severity: 'info',
  says: 'Chunks are joined by 1, 5, 9, ... frames; further frames of num_conditional_frames are only thrown away.',
  costs: { kind: 'silent change', text: 'Never shows: chunks are joined by fewer frames than written.' },
  source: 'cosmos-framework inference/transfer.py (build_transfer_batch)',
  check: ({ spec: { num_conditional_frames: overlap } }) => {
    if (overlap === null || overlap === 0 || roundFrames(overlap) === overlap) return [];
    const acts = roundFrames(overlap) - 4;
    const message = `of num_conditional_frames ${overlap} only ${acts} join${acts === 1 ? 's' : ''} two chunks`;
    return [{ path: ['num_conditional_frames'], message, fix: `Use ${acts} or ${acts + 4}.` }];
  },
});

const unconnected = transferRule({
  code: 'chunks_unconnected',
  severity: 'warning',
  says: 'With num_conditional_frames 0 every chunk is made without a look at the one before.',
  costs: { kind: 'silent change', text: 'Shows in the finished video: the look jumps where one chunk ends.' },
  source: 'cosmos-framework inference/transfer.py (generate_transfer_sample)',
  check: (sample) => {
    if (sample.spec.num_conditional_frames !== 0) return [];
    const frames = framesOf(sample);
    const count = frames === undefined ? null : (chunksFor(sample, frames)?.count ?? null);
    if (count === 1) return [];
    const chunks = count === null ? 'if there are several chunks, they' : `the ${count} chunks`;
    const message = `num_conditional_frames is 0: ${chunks} do not continue from each other`;
    const severity = count === null ? 'info' : 'warning';
    return [{ path: ['num_conditional_frames'], severity, message, fix: 'Use 1, or more for a calmer join.' }];
  },
});

const firstChunk = transferRule({
  code: 'first_chunk_frames',
  severity: 'error',
  says: 'num_first_chunk_conditional_frames takes frames of vision_path, and no more than fit into a chunk.',
  costs: ENDS_THE_RUN,
  source: 'cosmos-framework inference/transfer.py:419 (and further down in generate_transfer_sample)',
  check: (sample) => {
    const { num_first_chunk_conditional_frames: wanted } = sample.spec;
    if (wanted === null || wanted === 0) return [];
    const path = ['num_first_chunk_conditional_frames'];
    if (!isGiven(sample, 'vision_path')) {
      const message = `num_first_chunk_conditional_frames ${wanted} needs a vision_path to take the frames from`;
      return [{ path, message, fix: 'Add vision_path, or use 0.' }];
    }
    const size = chunksFor(sample, framesOf(sample) ?? Number.POSITIVE_INFINITY)?.size;
    if (size === undefined || wanted <= size) return [];
    const message = `num_first_chunk_conditional_frames ${wanted} is more than the ${size} frames of a chunk: the run would stop`;
    return [{ path, message, fix: `Use ${size} at most; 1 is enough to start from the first frame.` }];
  },
});

export const CHUNK_RULES: readonly Rule[] = [rounded, overlapTooLong, overlapSteps, unconnected, firstChunk];
