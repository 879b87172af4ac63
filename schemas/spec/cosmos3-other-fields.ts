/** Fields of Cosmos 3 that belong to other kinds of job: known to the reader, and of no use to a transfer. */
import { unset } from './model.js';
import { fileOrUrl } from './paths.js';
import { bool, float, int, str } from './scalars.js';

/** Sound, robots and the reasoner. */
export const otherJobFields = {
  enable_sound: unset(bool, 'Make sound; not with control_guidance. Default false.'),
  sound_path: unset(fileOrUrl, 'Sound that conditions the video; only for audio_image2video.'),
  action_path: unset(fileOrUrl, 'Actions of a robot; only for forward_dynamics.'),
  domain_name: unset(str, 'Robot domain.'),
  image_size: unset(int({ gt: 0 }), 'Height of a robot image. Default 256.', 'pixels'),
  action_chunk_size: unset(int({ gt: 0 }), 'Actions at once. Default 16.', 'actions'),
  raw_action_dim: unset(int({ gt: 0 }), 'Numbers of one action.'),
  view_point: unset(str, 'Where the robot looks from. Default ego_view.'),
  max_new_tokens: unset(int({ gt: 0 }), 'Longest answer of the reasoner.', 'tokens'),
  do_sample: unset(bool, 'Let the reasoner vary its answer.'),
  temperature: unset(float({ gt: 0, le: 100 }), 'How much the reasoner varies.'),
  top_k: unset(int({ gt: 0 }), 'Candidates of the reasoner.', 'tokens'),
  top_p: unset(float({ gt: 0, le: 1 }), 'Share of probability that the reasoner draws from.'),
  repetition_penalty: unset(float({ gt: 0 }), 'Above 1 the reasoner repeats less.'),
  presence_penalty: unset(float(), 'Above 0 the reasoner repeats less.'),
};

/** The writing-out of prompts, which a transfer never does. */
export const upsamplingFields = {
  prompt_upsampling: unset(bool, 'Let a model write the prompt out; a transfer never does.'),
  prompt_upsampler_max_tokens: unset(int({ gt: 0 }), 'Longest written-out prompt. Default 20000.', 'tokens'),
  prompt_upsampler_temperature: unset(float({ ge: 0 }), 'How much it varies. Default 0.7.'),
  prompt_upsampler_top_p: unset(float({ ge: 0, le: 1 }), 'Share of probability that it draws from. Default 0.8.'),
  prompt_upsampler_top_k: unset(int({ ge: 0 }), 'Candidates. Default 20.', 'tokens'),
  prompt_upsampler_repetition_penalty: unset(float({ gt: 0 }), 'Above 1 it repeats less. Default 1.'),
  prompt_upsampler_presence_penalty: unset(float(), 'Above 0 it repeats less. Default 1.5.'),
  prompt_upsampler_seed: unset(int(), 'Start of its random numbers. Default 3407.'),
};
