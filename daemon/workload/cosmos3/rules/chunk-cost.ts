/** What the chunks of a video cost, and where a few frames less save much. */
import { roundFrames } from '../../../../schemas/spec/cosmos3-build.js';
import { fewerFrames } from '../../dialects/rules/common/most-frames.js';
import type { Rule } from '../../dialects/rules/rule.js';
import { chunksFor, firstControl, framesOf } from './source.js';
import { isBuiltIn, transferRule } from './transfer-rule.js';

/** Below this share of a chunk the last one is mostly repetition, and a slightly shorter clip saves all of it. */
const SMALL_REST = 0.25;

const cost = transferRule({
  code: 'chunk_count',
  severity: 'info',
  says: 'A video longer than a chunk is made chunk by chunk; the last one costs as much as a full one.',
  costs: {
    kind: 'time and money',
    text: 'Each chunk takes all steps; a rest of a few frames is made as a whole chunk.',
  },
  source: 'cosmos-framework inference/transfer.py:43-54, 440-444',
  check: (sample) => {
    const frames = framesOf(sample);
    const chunks = frames === undefined ? null : chunksFor(sample, frames);
    const path = firstControl(sample)?.path ?? [];
    if (frames === undefined || chunks === null || chunks.count === 1 || chunks.stride <= 0) return [];
    const message = `${frames} frames are made in ${chunks.count} chunks of ${chunks.size}: ${chunks.count} times the time of one`;
    const fewer = chunks.size + (chunks.count - 2) * chunks.stride;
    const rest = frames - fewer;
    const offers = [fewerFrames(fewer, chunks.count === 2 ? 'one chunk' : `${chunks.count - 1} chunks`)];
    const enough = `Nothing to do if you need all; with "max_frames": ${fewer} one chunk is saved.`;
    if (rest > chunks.stride * SMALL_REST) return [{ path, message, fix: enough, offers }];
    const fix = `The last chunk is for ${rest} frame${rest === 1 ? '' : 's'} only: with "max_frames": ${fewer} it is saved.`;
    return [{ path, message, fix, offers }];
  },
});

const padded = transferRule({
  code: 'chunk_padded',
  severity: 'info',
  says: 'A video shorter than a chunk is filled up to one by playing it back and forth.',
  costs: { kind: 'time and money', text: 'The frames that fill the chunk are made and then thrown away.' },
  source: 'cosmos-framework inference/vision.py:234-249, transfer.py:574',
  check: (sample) => {
    const frames = framesOf(sample);
    const size = frames === undefined ? undefined : chunksFor(sample, frames)?.size;
    if (frames === undefined || size === undefined || roundFrames(frames) >= size) return [];
    const path = isBuiltIn(sample, 'num_video_frames_per_chunk') ? [] : ['num_video_frames_per_chunk'];
    const message = `${frames} frames are filled up to a chunk of ${size}: ${size - frames} are made in vain`;
    const value = roundFrames(frames);
    const fix = `Write "num_video_frames_per_chunk": ${value} to save the time.`;
    const says = `Make chunks of ${value} frames.`;
    const offers = [{ says, repair: [{ do: 'set', path: ['num_video_frames_per_chunk'], value } as const] }];
    return [{ path, message, fix, offers }];
  },
});

export const CHUNK_COST_RULES: readonly Rule[] = [cost, padded];
