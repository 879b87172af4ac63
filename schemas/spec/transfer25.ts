/**
 * The spec of cosmos-transfer2.5 as its own reader sees it: a pydantic model and the checks around it
 * (nvidia-cosmos/cosmos-transfer2.5 @ 2ff49d0, cosmos_transfer2/config.py:311-592). Unknown keys are refused at the
 * top and dropped inside a control block, where a preflight rule takes over.
 */
import { model, optional, required, unset, type Values } from './model.js';
import { fileOrFolder, filePath, osError } from './paths.js';
import { isUnicode, list, type PyError, PyException, type Surroundings } from './pydantic.js';
import type { PyNode, PyObject } from './python-node.js';
import { bool, float, int, literalInt, oneOf, str } from './scalars.js';

export const DEFAULT_NEGATIVE_PROMPT =
  'The video captures a game playing, with bad crappy graphics and cartoonish frames. It represents a recording of ' +
  'old outdated games. The lighting looks very fake. The textures are very raw and basic. The geometries are very ' +
  'primitive. The images are very pixelated and of poor CG quality. There are many subtitles in the footage. ' +
  'Overall, the video is unrealistic at all.';

/** Names of presets, weakest first. */
export const STRENGTHS = ['very_low', 'low', 'medium', 'high', 'very_high'] as const;
const strength = oneOf(STRENGTHS, 'literal_error');

const control = {
  control_path: unset(filePath, 'Video of this control. Left out, it is computed from the colour video.'),
  control_weight: optional(
    float({ ge: 0, le: 1 }),
    1,
    'How strongly this control acts. Weights of several controls add up; they are scaled down to 1 only where a mask is used.',
  ),
  mask_path: unset(filePath, 'Video that says where the control acts: white = it does.'),
  mask_prompt: unset(str, 'What the control acts on, in words: a mask is made from it. Unused with mask_path.'),
};

export const Transfer25Edge = model(
  {
    ...control,
    preset_edge_threshold: optional(
      strength,
      'medium',
      'How strong a contour must be to count, when edges are computed. Unused with control_path.',
    ),
  },
  'ignore',
);
export const Transfer25Vis = model(
  {
    ...control,
    preset_blur_strength: optional(
      strength,
      'medium',
      'How blurred the colour video is, when vis is computed. Unused with control_path.',
    ),
  },
  'ignore',
);
export const Transfer25Depth = model(control, 'ignore');
export const Transfer25Seg = model(
  {
    ...control,
    control_prompt: unset(str, 'What to segment, when seg is computed; else the first 128 words of the prompt.'),
  },
  'ignore',
);

const fields = {
  name: required(str, 'Stem of the output files.'),
  prompt_path: unset(filePath, 'Text file with the prompt. Unused when prompt is given.'),
  prompt: required(str, 'What the video should show.', 'prompt_path'),
  negative_prompt: optional(str, DEFAULT_NEGATIVE_PROMPT, 'What the video should not look like; may not be empty.'),
  seed: optional(int(), 2025, 'Start of the random numbers: the same seed and inputs give the same video.'),
  guidance: optional(int({ ge: 0, le: 7 }), 3, 'How closely the prompt is followed.'),
  video_path: required(filePath, 'The colour video.'),
  max_frames: unset(int({ gt: 0 }), 'Use only the first so many frames; left out: all.', 'frames'),
  context_frame_index: unset(
    int({ gt: 0 }),
    'Frame of the colour video that gives the style. Counted from 0, but frame 0 cannot be chosen.',
    'frames',
  ),
  image_context_path: unset(filePath, 'Image that gives the style; not together with vis.'),
  num_conditional_frames: optional(
    literalInt(0, 1, 2),
    1,
    'Last frames of a chunk that the next chunk continues from.',
    'frames',
  ),
  resolution: optional(str, '720', 'Size the model works at, as text. The released checkpoints are made for "720".'),
  sigma_max: unset(str, 'Noise level as text, "0" to "200". Has no effect in this release.'),
  num_video_frames_per_chunk: optional(
    int({ gt: 0 }),
    93,
    'Frames made at once. The released checkpoints work with 93 (video) or 1 (image) only.',
    'frames',
  ),
  num_steps: optional(int({ gt: 0 }), 35, 'Denoising steps of each chunk: time grows with it.', 'steps'),
  show_control_condition: optional(bool, false, 'Show the controls beside the result, in the same video.'),
  show_input: optional(bool, false, 'Show the colour video beside the result, in the same video.'),
  keep_input_resolution: optional(bool, true, 'Scale the result back to the size of the input.'),
  edge: unset(Transfer25Edge, 'Follow the contours.'),
  depth: unset(Transfer25Depth, 'Follow the distances; near is bright.'),
  vis: unset(Transfer25Vis, 'Follow the blurred colours (NVIDIA also calls it blur).'),
  seg: unset(Transfer25Seg, 'Follow the segmentation.'),
  guided_generation_mask: unset(
    fileOrFolder,
    'What is kept from the colour video: an .mp4 mask, or an .npz with labels.',
  ),
  guided_generation_step_threshold: optional(int(), 25, 'Step after which the guided mask is let go.', 'steps'),
  guided_generation_foreground_labels: unset(list(int()), 'Labels of an .npz mask that count as foreground.'),
};

export const Transfer25Model = model(fields, 'forbid');

export type Transfer25 = Values<typeof fields>;

/** In NVIDIA's order (config.py:477). */
export const TRANSFER25_HINTS = ['edge', 'vis', 'depth', 'seg'] as const;

export interface Transfer25Reading {
  readonly spec: Transfer25;
  readonly errors: readonly PyError[];
}

/** One sample, as `InferenceArguments.model_validate(data | overrides)` takes it. null = not even an object. */
export function readTransfer25(node: PyNode, around: Surroundings): Transfer25Reading | PyError {
  // `list | dict` and `None | dict` are a TypeError before pydantic is asked.
  if (node.kind !== 'object') return { path: [], type: 'TypeError', node, wanted: 'an object: { ... }' };
  try {
    const prompt = promptOfFile(node, around);
    const { values, errors } = Transfer25Model.read(node, [], around);
    const spec = prompt === undefined ? values : { ...values, prompt };
    const others = prompt === undefined ? errors : errors.filter(({ path }) => path[0] !== 'prompt');
    return { spec, errors: others.length > 0 ? others : crossErrors(node, spec) };
  } catch (error) {
    if (error instanceof PyException) return error.error;
    throw error;
  }
}

/**
 * The prompt that a `before` validator puts in when only prompt_path is given (config.py:334-351). It reads the file
 * itself, so a missing one is a plain Python exception and not a complaint about the field.
 */
function promptOfFile(spec: PyObject, around: Surroundings): string | undefined {
  if ((spec.last.get('prompt')?.value.kind ?? 'null') !== 'null') return undefined;
  const node = spec.last.get('prompt_path')?.value;
  if (node === undefined || node.kind === 'null') return undefined;
  if (node.kind !== 'string') throw osError(node, 'TypeError');
  // open() refuses these with a ValueError, which pydantic takes up; stat() just finds nothing.
  if (node.value.includes('\0') || !isUnicode(node.value)) throw osError(node, 'value_error');
  switch (around.entry(node.value)) {
    case 'file':
      return textOf(node.value, node, around);
    case 'folder':
      throw osError(node, 'IsADirectoryError');
    case 'none':
      throw osError(node, 'FileNotFoundError');
    case 'unreadable':
      throw osError(node, 'OSError');
  }
}

function textOf(named: string, node: PyNode, around: Surroundings): string {
  const text = around.text(named);
  if (text === null) throw osError(node, 'value_error'); // UnicodeDecodeError is a ValueError, which pydantic takes up
  return text.trim();
}

/** model_post_init (config.py:538-546); asked only when every field is right. */
function crossErrors(node: PyObject, spec: Transfer25): PyError[] {
  const head = { path: [], type: 'value_error', node };
  if (TRANSFER25_HINTS.every((hint) => spec[hint] === null)) {
    const wanted = 'there is no control in this spec, and it must have at least one of edge, depth, vis and seg';
    const fix = 'Add one: "depth": { "control_path": "depth.mp4" }, or "edge": {} to have it computed from video_path.';
    return [{ ...head, wanted, fix }];
  }
  if (spec.vis !== null && spec.image_context_path !== null) {
    const wanted = 'vis and image_context_path both set the style, and a spec may have only one of them';
    return [{ ...head, wanted, fix: 'Remove one of the two.', either: ['vis', 'image_context_path'] }];
  }
  return [];
}
