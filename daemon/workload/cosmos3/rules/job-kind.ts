/** Fields that make another kind of job of a transfer, or that keep it from running. */
import type { MODEL_MODES } from '../../../../schemas/spec/cosmos3.js';
import { resolveCosmos3 } from '../../../../schemas/spec/cosmos3-build.js';
import type { Rule } from '../../dialects/rules/rule.js';
import { ENDS_THE_RUN, transferRule } from './transfer-rule.js';

type Mode = (typeof MODEL_MODES)[number];

/** Jobs that want other inputs, or another model (inference/args.py:157-170). */
const STRANGE: Partial<Record<Mode, string>> = {
  audio_image2video: 'makes a video to a sound',
  forward_dynamics: 'moves a robot',
  inverse_dynamics: 'moves a robot',
  wam: 'moves a robot',
  reasoner: 'answers questions',
};

/** Where nothing is written NVIDIA's reader chooses by the inputs, and that is right for a transfer. */
const mode = transferRule({
  code: 'model_mode_not_transfer',
  severity: 'error',
  says: 'With controls the job is a transfer whatever model_mode says; model_mode only chooses its defaults.',
  costs: {
    kind: 'late failure',
    text: 'Shows after the model is loaded: values are missing that only video jobs get.',
  },
  source: 'cosmos-framework inference/inference.py:1526, args.py:911-918',
  check: (sample) => {
    const { model_mode: written } = sample.spec;
    if (written === null || written === 'video2video') return [];
    const path = ['model_mode'];
    const fix = 'Write "video2video", or remove model_mode.';
    const other = STRANGE[written];
    if (other !== undefined) {
      return [{ path, message: `model_mode "${written}" ${other}, and this spec has controls to follow`, fix }];
    }
    if (written === resolveCosmos3({ ...sample.spec, model_mode: null }).model_mode) return [];
    const message = `model_mode "${written}" only chooses defaults: the controls make this a transfer`;
    return [{ path, severity: 'info', message, fix }];
  },
});

const sound = transferRule({
  code: 'sound_with_controls',
  severity: 'error',
  says: 'A transfer makes no sound.',
  costs: ENDS_THE_RUN,
  source: 'cosmos-framework inference/transfer.py:329',
  check: ({ spec }) => {
    if (spec.enable_sound !== true) return [];
    const message = 'enable_sound is on, and a transfer with control guidance refuses to make sound';
    return [{ path: ['enable_sound'], message, fix: 'Remove enable_sound and add the sound to the finished video.' }];
  },
});

const defaultsFile = transferRule({
  code: 'defaults_replaced',
  severity: 'warning',
  says: 'defaults_file replaces all built-in defaults, also those that it does not name.',
  costs: { kind: 'silent change', text: 'Never shows: what is not set has the value of that file, or none.' },
  source: 'cosmos-framework inference/args.py:1097-1106',
  check: ({ spec: { defaults_file: file } }) => {
    if (file === null) return [];
    const message = `${file} replaces every built-in default, also those it leaves out: values that are not in the spec are not checked here`;
    return [{ path: ['defaults_file'], message, fix: 'Write the values into the spec and remove defaults_file.' }];
  },
});

/** Seeds that the remedy writes out. */
const MOST_SEEDS = 6;

/** One job is one video here: each has its own state, verification, provenance and place in the queue. */
const several = transferRule({
  code: 'several_outputs',
  severity: 'error',
  says: 'A job makes one video; several of one spec are several jobs with seeds of their own.',
  costs: {
    kind: 'no video',
    text: 'NVIDIA makes them one after the other in folders of their own; none of them would be collected.',
  },
  source: 'cosmos-framework inference/inference.py:909-914',
  check: ({ spec: { num_outputs: count, seed } }) => {
    if (count === null || count <= 1) return [];
    const seeds = Array.from({ length: Math.min(count, MOST_SEEDS) }, (_, index) => (seed ?? 0) + index);
    const list = `${seeds.join(',')}${count > MOST_SEEDS ? ',...' : ''}`;
    const message = `num_outputs asks for ${count} videos, and a job here makes one`;
    const fix = `Remove num_outputs and submit with --sweep seed=${list}: the same videos, each a job of its own.`;
    return [{ path: ['num_outputs'], message, fix }];
  },
});

export const JOB_KIND_RULES: readonly Rule[] = [mode, sound, defaultsFile, several];
