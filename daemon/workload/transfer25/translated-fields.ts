/** Decides what becomes of every field of a Cosmos 3 spec in one of transfer2.5. Controls are in translate.ts. */
import type { Cosmos3 } from '../../../schemas/spec/cosmos3.js';
import { carried, type Decisions, dropped } from '../dialects/translate/decisions.js';
import { fileToTransfer25, promptFileToTransfer25 } from '../dialects/translate/paths.js';
import { resolutionToTransfer25 } from '../dialects/translate/resolution.js';
import type { Draft, Written } from '../dialects/translate/spec-draft.js';

/** Decided where all controls are seen together. */
const LATER = () => {};
const NO_EFFECT = dropped('it has no effect on a transfer');
const OTHER_JOBS = dropped('Transfer 2.5 makes transfers only, which have no use for it');
const UNKNOWN = dropped('Transfer 2.5 has no such setting');
const TEMPLATE = dropped('Transfer 2.5 takes the prompts as they are and adds nothing to them');
const QUALITY = dropped('Transfer 2.5 has no setting for the quality of what it saves');

const MOST_CONDITIONAL = 2;

export const COSMOS3_FIELDS: Decisions<Cosmos3> = {
  name,
  prompt: carried(),
  prompt_path: promptFileToTransfer25,
  negative_prompt,
  negative_prompt_file: NO_EFFECT,
  negative_metadata_mode: TEMPLATE,
  negative_prompt_keep_metadata: TEMPLATE,
  duration_template: TEMPLATE,
  resolution_template: TEMPLATE,
  inverse_duration_template: TEMPLATE,
  inverse_resolution_template: TEMPLATE,
  emphasize_control_in_prompt: TEMPLATE,
  seed: carried(),
  guidance,
  num_steps: carried(),
  vision_path: fileToTransfer25('video_path'),
  resolution: resolutionToTransfer25,
  aspect_ratio: dropped('Transfer 2.5 takes the shape from the colour video, which it stretches instead of cropping'),
  fps: dropped('Transfer 2.5 always takes the frame rate of the colour video'),
  max_frames: carried(),
  num_frames,
  num_video_frames_per_chunk,
  num_conditional_frames,
  show_control_condition: carried(),
  show_input: carried(),
  edge: LATER,
  blur: LATER,
  depth: LATER,
  seg: LATER,
  wsm: LATER,
  control_guidance: LATER,
  control_guidance_interval: UNKNOWN,
  guidance_interval: UNKNOWN,
  normalize_cfg: UNKNOWN,
  shift: UNKNOWN,
  sigma_max: dropped('it has no effect on the sampler of a transfer, and none in Transfer 2.5'),
  num_first_chunk_conditional_frames: UNKNOWN,
  share_vision_temporal_positions: UNKNOWN,
  condition_frame_indexes_vision: UNKNOWN,
  condition_video_keep: UNKNOWN,
  num_outputs: dropped('Transfer 2.5 makes one video of a spec', 'Write one spec for each further seed.'),
  model_mode: OTHER_JOBS,
  video_save_quality: QUALITY,
  image_save_quality: QUALITY,
  output_dir: dropped('the run itself says where its results go'),
  defaults_file: dropped('what that file sets is not carried over', 'Write its values into the spec first.'),
  model: dropped('free text, for which Transfer 2.5 has no place'),
  extra: dropped('data of your own, for which Transfer 2.5 has no place'),
  tensors_file: UNKNOWN,
  pickle_file: dropped('reading such a file runs code, and Transfer 2.5 takes none'),
  enable_sound: OTHER_JOBS,
  sound_path: OTHER_JOBS,
  action_path: OTHER_JOBS,
  domain_name: OTHER_JOBS,
  image_size: OTHER_JOBS,
  action_chunk_size: OTHER_JOBS,
  raw_action_dim: OTHER_JOBS,
  view_point: OTHER_JOBS,
  max_new_tokens: OTHER_JOBS,
  do_sample: OTHER_JOBS,
  temperature: OTHER_JOBS,
  top_k: OTHER_JOBS,
  top_p: OTHER_JOBS,
  repetition_penalty: OTHER_JOBS,
  presence_penalty: OTHER_JOBS,
  prompt_upsampling: NO_EFFECT,
  prompt_upsampler_max_tokens: NO_EFFECT,
  prompt_upsampler_temperature: NO_EFFECT,
  prompt_upsampler_top_p: NO_EFFECT,
  prompt_upsampler_top_k: NO_EFFECT,
  prompt_upsampler_repetition_penalty: NO_EFFECT,
  prompt_upsampler_presence_penalty: NO_EFFECT,
  prompt_upsampler_seed: NO_EFFECT,
};

/** Cosmos 3 takes the stem of the file for an empty one, transfer2.5 an output called ".mp4". */
function name(written: Written<string>, draft: Draft): void {
  if (written.value === '') draft.drop(written, 'an empty name counts as none');
  else draft.set(written.to, written.value);
}

/** Empty, it switches the built-in one of Cosmos 3 off; the guardrail of Transfer 2.5 blocks it (blocklist.py:197-201). */
function negative_prompt(written: Written<string>, draft: Draft): void {
  if (written.value.trim() === '') draft.drop(written, 'Transfer 2.5 blocks an empty one; its own default is used');
  else draft.set(written.to, written.value);
}

function guidance(written: Written<number>, draft: Draft): void {
  const whole = Math.round(written.value);
  draft.set(written.to, whole);
  if (whole !== written.value) draft.change(written, `becomes ${whole}: Transfer 2.5 takes whole numbers only`);
}

/**
 * Stands before num_video_frames_per_chunk in the table. In a transfer it only distinguishes images (1) from videos;
 * the length is that of the controls.
 */
function num_frames(written: Written<number>, draft: Draft): void {
  if (written.value === 1) {
    draft.set(['num_video_frames_per_chunk'], 1);
    draft.change(written, 'becomes num_video_frames_per_chunk 1, with which Transfer 2.5 makes an image');
  } else {
    draft.drop(written, 'it does not set the length of a transfer: max_frames does');
  }
}

/** The released checkpoints know no other lengths. */
function num_video_frames_per_chunk(written: Written<number>, draft: Draft): void {
  const frames = draft.has('num_video_frames_per_chunk') || written.value === 1 ? 1 : 93;
  draft.set(written.to, frames);
  if (frames !== written.value) {
    draft.change(written, `becomes ${frames}: Transfer 2.5 makes 93 frames of a video at once, and 1 of an image`);
  }
}

function num_conditional_frames(written: Written<number>, draft: Draft): void {
  const frames = Math.min(MOST_CONDITIONAL, written.value);
  draft.set(written.to, frames);
  if (frames !== written.value) draft.change(written, `becomes ${frames}, the most that Transfer 2.5 takes`);
}
