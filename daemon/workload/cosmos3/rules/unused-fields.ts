/** Fields of other jobs: the reader knows them, and a transfer has no use for them. */
import { type Cosmos3Sample, type Finding, isGiven, type Rule } from '../../dialects/rules/rule.js';
import { transferRule } from './transfer-rule.js';

/** Why nothing comes of a field. */
const UNUSED: Readonly<Record<string, readonly string[]>> = {
  'a transfer reads no tensors': ['tensors_file'],
  'a transfer takes no sound': ['sound_path'],
  'it belongs to jobs with robots': [
    'action_path',
    'domain_name',
    'image_size',
    'action_chunk_size',
    'raw_action_dim',
    'view_point',
  ],
  'it belongs to the reasoner': [
    'max_new_tokens',
    'do_sample',
    'temperature',
    'top_k',
    'top_p',
    'repetition_penalty',
    'presence_penalty',
  ],
  'a transfer takes frames of the colour video by num_first_chunk_conditional_frames': [
    'condition_frame_indexes_vision',
    'condition_video_keep',
  ],
  'only the EDM sampler knows it, and the default is UniPC': ['sigma_max'],
};

const UPSAMPLER = [
  'prompt_upsampler_max_tokens',
  'prompt_upsampler_temperature',
  'prompt_upsampler_top_p',
  'prompt_upsampler_top_k',
  'prompt_upsampler_repetition_penalty',
  'prompt_upsampler_presence_penalty',
  'prompt_upsampler_seed',
];

/** No repair: what is written was meant for something, and is lost when it goes. */
const unused = transferRule({
  code: 'field_unused',
  severity: 'warning',
  says: 'Fields of other jobs (sound, robots, reasoner, prompt upsampling) have no effect on a transfer.',
  costs: { kind: 'silent change', text: 'Never shows: the field is read and then not used.' },
  source: 'cosmos-framework inference/inference.py:1825-1896',
  check: (sample) => [
    ...Object.entries(UNUSED).flatMap(([why, keys]) => given(sample, keys, why)),
    ...upsampling(sample),
  ],
});

function given(sample: Cosmos3Sample, keys: readonly string[], why: string): Finding[] {
  return keys
    .filter((key) => isGiven(sample, key))
    .map((key) => ({ path: [key], message: `${key} has no effect: ${why}`, fix: 'Remove it.' }));
}

/** Switched off it says what is true anyway. */
function upsampling(sample: Cosmos3Sample): Finding[] {
  const keys = sample.spec.prompt_upsampling === true ? ['prompt_upsampling', ...UPSAMPLER] : UPSAMPLER;
  return given(sample, keys, 'a transfer takes the prompt as it is').map((finding) => ({
    ...finding,
    fix: 'Remove it, and write the prompt out yourself.',
  }));
}

const outputDir = transferRule({
  code: 'output_dir_unused',
  severity: 'info',
  says: 'output_dir is overwritten: a sample is written to a folder with its name.',
  costs: { kind: 'silent change', text: 'The result lies in another folder than written.' },
  source: 'cosmos-framework scripts/inference.py:51',
  check: ({ spec }) => {
    if (spec.output_dir === null) return [];
    const message = `output_dir ${spec.output_dir} is overwritten: the run has a folder of its own`;
    return [{ path: ['output_dir'], message, fix: 'Remove it.' }];
  },
});

export const UNUSED_FIELD_RULES: readonly Rule[] = [unused, outputDir];
