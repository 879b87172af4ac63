/** What cosmos-transfer2.5 accepts and then fails on or ignores. Sources: nvidia-cosmos/cosmos-transfer2.5 @ 2ff49d0. */
import { blocksIn, objectAt } from '../dialect.js';
import type { Rule } from './rule.js';

/** Keys of VIDEO_RES_SIZE_INFO (_src/predict2/datasets/utils.py:44-67). */
const RESOLUTIONS = ['256', '480', '480p', '512', '720', '720p', '720robocasa', '1024', '1080'];

/** state_t = 24 latent frames are 93 pictures (vid2vid_model_control_vace_rectified_flow.py:491-496; issue #166). */
export const chunkSize: Rule = ({ spec }) => {
  const frames = spec.num_video_frames_per_chunk;
  if (frames === undefined || frames === 93 || frames === 1) return [];
  return [
    {
      severity: 'error',
      code: 'chunk_size',
      path: ['num_video_frames_per_chunk'],
      message: `num_video_frames_per_chunk is ${String(frames)}, but the model works with 93 (or 1 for an image) only`,
      fix: 'Write 93, or leave it out. To make a shorter video, use max_frames.',
    },
  ];
};

/** A name outside the table is a KeyError after the model was loaded. */
export const knownResolution: Rule = ({ spec }) => {
  const { resolution } = spec;
  if (typeof resolution !== 'string' || RESOLUTIONS.includes(resolution)) return [];
  return [
    {
      severity: 'error',
      code: 'resolution',
      path: ['resolution'],
      message: `there is no resolution "${resolution}"`,
      fix: `One of ${RESOLUTIONS.join(', ')}; the released checkpoints are made for 720.`,
    },
  ];
};

/** The sampler swallows it (inference_pipeline.py:569-575). */
export const deadSigma: Rule = ({ spec }) => {
  if (typeof spec.sigma_max !== 'string') return [];
  const message = 'sigma_max has no effect in this release; it only costs time';
  return [{ severity: 'warning', code: 'no_effect', path: ['sigma_max'], message, fix: 'Leave it out.' }];
};

/** The guardrail blocks empty texts: exit 0 and no video (guardrail/blocklist/blocklist.py:197-201). */
export const emptyText: Rule = ({ spec }) =>
  ['prompt', 'negative_prompt']
    .filter((key) => typeof spec[key] === 'string' && spec[key].trim() === '')
    .map((key) => ({
      severity: 'error',
      code: 'empty_text',
      path: [key],
      message: `${key} is empty; the safety filter blocks that and no video is made`,
    }));

/** Raw weights are summed unless some mask is not white (model:112-120; network:1084-1088); the docs say otherwise. */
export const weightSum: Rule = ({ spec }) => {
  const blocks = blocksIn(spec, 'transfer2.5').map((key) => objectAt(spec, key) ?? {});
  const masked = blocks.some((block) => typeof block.mask_path === 'string' || typeof block.mask_prompt === 'string');
  if (masked || blocks.length < 2) return [];
  const sum = blocks.reduce((all, block) => all + Number(block.control_weight ?? 1), 0);
  if (!(sum > 1.05)) return [];
  const message = `the weights add up to ${sum.toFixed(2)}; they are summed, not normalised`;
  return [{ severity: 'warning', code: 'weight_sum', path: [], message, fix: 'Together 1 is a good start.' }];
};

export const transfer25Rules: readonly Rule[] = [chunkSize, knownResolution, deadSigma, emptyText, weightSum];
