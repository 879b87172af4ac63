/**
 * The spec of Cosmos 3 as cosmos-framework reads it (NVIDIA/cosmos-framework @ 5eee9ed, cosmos_framework/inference/
 * args.py and common/args.py: OmniSampleOverrides). Every field is optional and null means "not set"; what then holds
 * is in cosmos3-build.ts. Hints are called like those of transfer2.5 except blur (there: vis), the weight key is
 * `weight`. Unknown keys are refused at every level.
 */
import { otherJobFields, upsamplingFields } from './cosmos3-other-fields.js';
import { model, unset, type Values } from './model.js';
import { anyPath, fileOrUrl, filePath } from './paths.js';
import { dict, list, type PyError, PyException, pair, type Surroundings } from './pydantic.js';
import type { PyNode, PyObject } from './python-node.js';
import { bool, float, int, oneOf, str } from './scalars.js';
import { STRENGTHS } from './transfer25.js';

export const COSMOS3_HINTS = ['edge', 'blur', 'depth', 'seg', 'wsm'] as const;
export const MODEL_MODES = [
  'text2image',
  'text2video',
  'image2image',
  'image2video',
  'video2video',
  'audio_image2video',
  'forward_dynamics',
  'inverse_dynamics',
  'wam',
  'reasoner',
] as const;

const hint = {
  control_path: unset(fileOrUrl, 'Video of this control.'),
  weight: unset(
    float(),
    'Share of this control among several: shares are scaled to a sum of 1, so the weight of a single control changes nothing. 0 or more; default 1.',
  ),
};
const Edge = model(
  {
    ...hint,
    preset_edge_threshold: unset(
      oneOf(STRENGTHS, 'enum'),
      'How strong a contour must be to count, when edges are computed. Default medium.',
    ),
  },
  'forbid',
);
const Blur = model(
  {
    ...hint,
    preset_blur_strength: unset(
      oneOf(['none', ...STRENGTHS], 'enum'),
      'How blurred the colour video is, when blur is computed. Default medium.',
    ),
  },
  'forbid',
);
const Control = model(hint, 'forbid');

const transferOnly = {
  negative_prompt_file: unset(str, 'Has no effect on a transfer: write negative_prompt instead.'),
  num_video_frames_per_chunk: unset(
    int({ gt: 0 }),
    'Frames made at once, rounded up to 4k+1. Default 93 (wsm: 101).',
    'frames',
  ),
  num_conditional_frames: unset(
    int({ ge: 0 }),
    'Last frames of a chunk that the next chunk continues from. Default 1.',
    'frames',
  ),
  max_frames: unset(int({ gt: 0 }), 'Use only the first so many frames of the controls. Default 5000.', 'frames'),
  show_control_condition: unset(bool, 'Show the controls beside the result, in the same video. Default false.'),
  show_input: unset(bool, 'Show the colour video beside the result, in the same video. Default false.'),
  num_first_chunk_conditional_frames: unset(
    int({ ge: 0 }),
    'Frames of vision_path that the first chunk continues from. Default 0.',
    'frames',
  ),
  share_vision_temporal_positions: unset(
    bool,
    'Place controls and result at the same times, as in training. Default true.',
  ),
  emphasize_control_in_prompt: unset(bool, 'Add a sentence about the controls to the prompt. Default true.'),
};

const transfer = {
  control_guidance: unset(
    float({ ge: 0, le: 10 }),
    'How strongly all controls together act. Default 1.5 (seg 2, wsm 3; several controls 1 = off).',
  ),
  control_guidance_interval: unset(
    pair(float({ ge: 0 })),
    'Timesteps (0 to 1000) in which control_guidance acts. Default: always.',
  ),
  edge: unset(Edge, 'Follow the contours.'),
  blur: unset(Blur, 'Follow the blurred colours (Transfer 2.5 calls it vis).'),
  depth: unset(Control, 'Follow the distances; near is bright. Needs a control_path.'),
  seg: unset(Control, 'Follow the segmentation. Needs a control_path.'),
  wsm: unset(Control, 'Follow a world scenario map (driving). Needs a control_path.'),
  ...transferOnly,
};

const sample = {
  output_dir: unset(anyPath, 'Set by the run itself.'),
  model: unset(str, 'Free text.'),
  extra: unset(dict, 'Data of your own: the only place for keys that are no field.'),
  name: unset(str, 'Folder of the outputs. Default: the stem of the spec file.'),
  num_outputs: unset(int({ gt: 0 }), 'Results with seeds that follow each other. Default 1.', 'videos'),
  seed: unset(int(), 'Start of the random numbers. Left out, every run draws another one.'),
  tensors_file: unset(filePath, 'Precomputed tensors (safetensors).'),
  pickle_file: unset(filePath, 'Never sent by us: reading it runs code.'),
};

const sampling = {
  num_steps: unset(int({ gt: 0 }), 'Denoising steps of each chunk: time grows with it. Default 35.', 'steps'),
  guidance: unset(
    float({ ge: 0, le: 7 }),
    'How closely the prompt is followed. Default 3 (wsm 1; several controls 6).',
  ),
  guidance_interval: unset(pair(float({ ge: 0 })), 'Timesteps in which guidance acts. Default: always.'),
  normalize_cfg: unset(bool, 'Normalise the guided result. Default false.'),
  shift: unset(float(), 'Shift of the UniPC sampler. Default 10.'),
  sigma_max: unset(float(), 'Noise level of the EDM sampler only. Default 80.'),
};

const text = {
  prompt_path: unset(filePath, 'File with the prompt; a .json one is taken as JSON. Unused when prompt is given.'),
  prompt: unset(str, 'What the video should show.'),
  negative_prompt: unset(str, 'What it should not look like; "" switches the built-in one off.'),
  duration_template: unset(str, 'Sentence about the length that is added to a plain prompt.'),
  resolution_template: unset(str, 'Sentence about the size that is added to a plain prompt.'),
  negative_metadata_mode: unset(
    oneOf(['none', 'same', 'inverse'], 'enum'),
    'What of length and size is added to the negative prompt. Default same.',
  ),
  inverse_duration_template: unset(str, 'duration_template for the negative prompt.'),
  inverse_resolution_template: unset(str, 'resolution_template for the negative prompt.'),
  negative_prompt_keep_metadata: unset(bool, 'Keep length and size in the negative prompt. Default true.'),
};

const vision = {
  vision_path: unset(fileOrUrl, 'The colour video: .mp4, or an image.'),
  condition_frame_indexes_vision: unset(
    list(int()),
    'Latent frames that are given. Default the first of an image, the first two of a video.',
  ),
  condition_video_keep: unset(
    oneOf(['first', 'last'], 'literal_error'),
    'Which end of a long video is used. Default first.',
  ),
  resolution: unset(
    oneOf(['256', '480', '704', '720', '768'], 'literal_error'),
    'Size tier as text. Default "720" (the Edge model: "480").',
  ),
  aspect_ratio: unset(
    oneOf(['1,1', '4,3', '3,4', '16,9', '9,16'], 'literal_error'),
    'Shape, with a comma; the picture is cropped to it. Acts with vision_path only. Default "16,9".',
  ),
  fps: unset(
    int({ ge: 1 }),
    'Frame rate of the result; with vision_path that of the colour video counts. Default 24 (wsm 10).',
    'frames per second',
  ),
  num_frames: unset(
    int({ gt: 0 }),
    '1 makes an image; the length of a transfer is that of its controls. Default 189 (wsm 101).',
    'frames',
  ),
  video_save_quality: unset(int({ ge: 0, le: 10 }), 'Quality of the saved video. Default 10.'),
  image_save_quality: unset(int({ ge: 0, le: 100 }), 'Quality of a saved image. Default 95.'),
};

const fields = {
  ...upsamplingFields,
  ...transfer,
  ...otherJobFields,
  ...vision,
  ...text,
  model_mode: unset(
    oneOf(MODEL_MODES, 'enum'),
    'Kind of job. Default from the inputs: video2video for a video. Controls make it a transfer whatever stands here.',
  ),
  ...sampling,
  ...sample,
  defaults_file: unset(filePath, 'File that replaces all built-in defaults.'),
};

export const Cosmos3Model = model(fields, 'forbid');
export type Cosmos3 = Values<typeof fields>;

export interface Cosmos3Reading {
  readonly spec: Cosmos3;
  readonly errors: readonly PyError[];
}

/** One sample, as `OmniSampleOverrides.model_validate(data)` takes it. A lone error: not even an object. */
export function readCosmos3(node: PyNode, around: Surroundings): Cosmos3Reading | PyError {
  if (node.kind !== 'object') {
    // A list has the copy() that the merge of overrides calls; other values end there.
    const type = node.kind === 'array' ? 'model_type' : 'AttributeError';
    return { path: [], type, node, wanted: 'an object: { ... }' };
  }
  try {
    const { values, errors } = Cosmos3Model.read(node, [], around);
    return { spec: values, errors: errors.length > 0 ? errors : needsControl(node, values) };
  } catch (error) {
    if (error instanceof PyException) return error.error;
    throw error;
  }
}

const LIST = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** What only a transfer knows is refused without a hint (args.py:807-828); control_guidance 1 is the neutral value. */
function needsControl(node: PyObject, spec: Cosmos3): PyError[] {
  if (COSMOS3_HINTS.some((key) => spec[key] !== null)) return [];
  const keys = [...(Object.keys(transferOnly) as (keyof typeof transferOnly)[]), 'control_guidance_interval' as const];
  const guidance = (spec.control_guidance ?? 1) === 1 ? [] : ['control_guidance'];
  const set = [...keys.filter((key) => spec[key] !== null), ...guidance];
  if (set.length === 0) return [];
  const wanted = `there is no control in this spec, and ${LIST.format(set)} ${set.length === 1 ? 'is' : 'are'} for transfers only`;
  const fix = 'Add at least one of edge, blur, depth, seg and wsm: "edge": { "control_path": "edge.mp4" }.';
  return [{ path: [], type: 'value_error', node, wanted, fix }];
}
