/** What the GPUs and the model of the run can do. Silent where the run is not known. */
import type { Rule } from '../../dialects/rules/rule.js';
import { modelOf, specialist } from './known-models.js';
import { chunksFor, framesOf } from './source.js';
import { transferRule } from './transfer-rule.js';

const odd = transferRule({
  code: 'gpus_odd',
  severity: 'error',
  says: 'Cosmos 3 runs on one GPU or on an even number of them.',
  costs: { kind: 'no video', text: 'The run stops when it is set up, before the model is loaded.' },
  source: 'cosmos-framework inference/args.py:1331-1339, 1376-1392',
  check: ({ run: { gpus = 1 } }) => {
    if (gpus === 1 || gpus % 2 === 0) return [];
    const message = `${gpus} GPUs cannot be shared out: prompt and controls take two halves`;
    return [{ path: [], message, fix: `Use ${gpus - 1} or ${gpus + 1} GPUs, or one.` }];
  },
});

/** 128 GB of weights (NVIDIA's docs/faq.md). One GPU of the largest kind holds them: B200 is in NVIDIA's own table. */
const superMemory = transferRule({
  code: 'gpus_too_few',
  severity: 'warning',
  says: 'Cosmos3-Super needs 128 GB: four GPUs of 80 GB.',
  costs: { kind: 'late failure', text: 'The run goes out of GPU memory while the model is loaded.' },
  source: 'cosmos-framework docs/faq.md; NVIDIA/cosmos transfer README, inference_benchmarks.md',
  check: ({ run }) => {
    if (modelOf(run) !== 'Super' || run.gpus === undefined || run.gpus >= 4) return [];
    const many = run.gpus === 1 ? 'one GPU' : `${run.gpus} GPUs`;
    const message = `Cosmos3-Super does not fit on ${many} of 80 GB: it needs 128 GB for its weights alone`;
    return [{ path: [], message, fix: 'Use four GPUs, larger ones (B200), or Cosmos3-Nano.' }];
  },
});

const otherModel = transferRule({
  code: 'model_no_transfer',
  severity: 'error',
  says: 'Some Cosmos 3 models are made for another job and cannot follow controls.',
  costs: { kind: 'no video', text: 'The run fails, or the video does not follow the controls.' },
  source: 'NVIDIA/cosmos README.md, list of models',
  check: ({ run }) => {
    const name = specialist(run);
    if (name === undefined) return [];
    return [{ path: [], message: `${name} is not made for controls`, fix: 'Use Cosmos3-Nano or Cosmos3-Super.' }];
  },
});

const EDGE_FRAMES = { least: 50, most: 150 };

const edgeLength = transferRule({
  code: 'edge_model_length',
  severity: 'warning',
  says: 'Cosmos3-Edge was trained with 50 to 150 frames.',
  costs: { kind: 'silent change', text: 'Shows in the finished video: quality suffers.' },
  source: 'cosmos-framework inference/args.py:454-470',
  check: (sample) => {
    const atOnce = chunksFor(sample, framesOf(sample) ?? Number.POSITIVE_INFINITY)?.size;
    if (modelOf(sample.run) !== 'Edge' || atOnce === undefined || atOnce === 1) return [];
    if (atOnce >= EDGE_FRAMES.least && atOnce <= EDGE_FRAMES.most) return [];
    const message = `Cosmos3-Edge makes ${atOnce} frames at once and was trained with ${EDGE_FRAMES.least} to ${EDGE_FRAMES.most}`;
    return [{ path: ['num_video_frames_per_chunk'], message, fix: 'Use chunks of 93 frames, the default.' }];
  },
});

export const GPU_RULES: readonly Rule[] = [odd, superMemory, otherModel, edgeLength];
