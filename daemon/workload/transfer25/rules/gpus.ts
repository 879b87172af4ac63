/** Numbers of GPUs that one video can be split over. */
import { nearestShape } from '../../../../schemas/spec/transfer25-sizes.js';
import { transfer25Rule } from '../../dialects/rules/rule.js';
import { videoFacts } from './chunking.js';

/** Up to here the table was computed. */
const MOST_GPUS = 16;

/** By resolution and shape; what is not here is not known (imaginaire/utils/context_parallel.py:212-255). */
const ALLOWED: Readonly<Record<string, readonly number[]>> = {
  '720 16:9': [1, 2, 3, 4, 6, 8, 11, 12, 16],
  '720 9:16': [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 16],
  '720 1:1': [1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 16],
  '720 4:3': [1, 2, 3, 4, 6, 8, 11, 12, 16],
  '480 16:9': [1, 2, 3, 4, 6, 8, 9, 12],
};
const ALLOWED_SINGLE: Readonly<Record<string, readonly number[]>> = { '720 16:9': [1, 2, 4, 11] };

export const gpuCount = transfer25Rule({
  code: 'gpu_count',
  severity: 'error',
  says: 'A video can be split over certain numbers of GPUs only.',
  costs: { kind: 'late failure', text: 'All GPUs load the model, then the run stops with an error about the split.' },
  source: 'cosmos_transfer2/_src/imaginaire/utils/context_parallel.py:212-255 (recomputed)',
  check: (sample) => {
    const { gpus } = sample.run;
    const video = videoFacts(sample);
    if (gpus === undefined || video === undefined || gpus > MOST_GPUS) return [];
    const { resolution, num_video_frames_per_chunk: size } = sample.spec;
    // A picture that is made with chunks of 93 is repeated 93 times, and so is split as a video (PR #228).
    const allowed = (size === 1 ? ALLOWED_SINGLE : ALLOWED)[`${resolution} ${nearestShape(video).name}`];
    if (allowed === undefined || allowed.includes(gpus)) return [];
    const what = size === 1 ? 'picture' : 'video';
    const message = `${gpus} GPUs cannot share this ${what}: the model cannot split it into ${gpus} equal parts`;
    return [{ path: [], message, fix: `Run it on ${choices(allowed, gpus)} GPUs.` }];
  },
});

/** The next ones below and above. */
function choices(allowed: readonly number[], gpus: number): string {
  const below = allowed.filter((one) => one < gpus).at(-1);
  const above = allowed.find((one) => one > gpus);
  return [below, above].filter((one) => one !== undefined).join(' or ');
}
