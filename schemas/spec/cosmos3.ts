/**
 * The transfer part of the Cosmos 3 spec dialect (NVIDIA/cosmos-framework @ 5eee9ed,
 * cosmos_framework/inference/args.py:225-300, 746-905). `null` means "not set" throughout.
 * Hints are called like those of transfer2.5 except `blur` (there: vis); the weight key is `weight`.
 */
import { z } from 'zod';

const File = z.string().min(1);
const Interval = z.tuple([z.number().min(0), z.number().min(0)]);
const Strength = ['very_low', 'low', 'medium', 'high', 'very_high'] as const;

const hint = {
  control_path: File.nullish().describe('Video of this control, relative to the spec, or an http(s) or s3 address.'),
  weight: z
    .number()
    .nullish()
    .describe('Share of this control, 0 or more, default 1; normalised, so a single hint is not changed by it.'),
};

export const Cosmos3Edge = z.strictObject({
  ...hint,
  preset_edge_threshold: z
    .enum(Strength)
    .nullish()
    .describe('How strong a contour must be when edges are computed; default medium.'),
});

export const Cosmos3Blur = z.strictObject({
  ...hint,
  preset_blur_strength: z
    .enum(['none', ...Strength])
    .nullish()
    .describe('How blurred the colour video is when blur is computed; default medium.'),
});

export const Cosmos3Control = z.strictObject(hint);

export const Cosmos3ModelMode = z.enum([
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
]);

const fields = {
  name: z.string().nullish().describe('Folder of the outputs; default the stem of the spec file.'),
  model_mode: Cosmos3ModelMode.nullish().describe('Kind of job; default from the inputs: video2video for a video.'),
  prompt: z.string().nullish().describe('What the video should show.'),
  prompt_path: File.nullish().describe('File with the prompt; unused when prompt is given.'),
  negative_prompt: z.string().nullish().describe('What it should not look like; "" switches the built-in one off.'),
  negative_prompt_file: z.string().nullish().describe('Has no effect: write negative_prompt instead.'),
  negative_metadata_mode: z.enum(['none', 'same', 'inverse']).nullish().describe('Metadata in the negative prompt.'),
  negative_prompt_keep_metadata: z.boolean().nullish().describe('Keep metadata in the negative prompt; default true.'),
  duration_template: z.string().nullish().describe('Sentence about the length that is added to a plain prompt.'),
  resolution_template: z.string().nullish().describe('Sentence about the size that is added to a plain prompt.'),
  inverse_duration_template: z.string().nullish().describe('The same for the negative prompt.'),
  inverse_resolution_template: z.string().nullish().describe('The same for the negative prompt.'),
  vision_path: File.nullish().describe('The colour video, relative to the spec; .mp4 or an image.'),
  resolution: z
    .enum(['256', '480', '704', '720', '768'])
    .nullish()
    .describe('Size tier as text; default "720" (Edge model: "480").'),
  aspect_ratio: z
    .enum(['1,1', '4,3', '3,4', '16,9', '9,16'])
    .nullish()
    .describe('Shape, with a comma; default "16,9". Used with vision_path only; the picture is cropped to it.'),
  fps: z.int().min(1).nullish().describe('Whole frames per second, default 24; unused with vision_path.'),
  num_frames: z.int().min(1).nullish().describe('1 makes an image; the length of a transfer is set by its controls.'),
  num_steps: z.int().min(1).nullish().describe('Denoising steps of each chunk; default 35.'),
  guidance: z.number().min(0).max(7).nullish().describe('How closely the prompt is followed, 0 to 7; default 3.'),
  guidance_interval: Interval.nullish().describe('Time steps in which guidance acts; default all.'),
  control_guidance: z
    .number()
    .min(0)
    .max(10)
    .nullish()
    .describe('How strongly the controls act together, 0 to 10; 1 = off and one pass less per step.'),
  control_guidance_interval: Interval.nullish().describe('Time steps (0 to 1000) in which control_guidance acts.'),
  shift: z.number().nullish().describe('Shift of the noise schedule; default 10.'),
  sigma_max: z.number().nullish().describe('Noise level of the EDM sampler; default 80.'),
  normalize_cfg: z.boolean().nullish().describe('Normalise the guidance; default false.'),
  seed: z.int().nullish().describe('Start of the random numbers; absent = another one every time.'),
  num_outputs: z.int().min(1).nullish().describe('Results of one spec; default 1.'),
  num_video_frames_per_chunk: z.int().min(1).nullish().describe('Frames made at once, rounded up to 4k+1; default 93.'),
  num_conditional_frames: z
    .int()
    .min(0)
    .nullish()
    .describe('Frames of the last chunk that the next one continues from; default 1, less than a chunk.'),
  num_first_chunk_conditional_frames: z
    .int()
    .min(0)
    .nullish()
    .describe('Frames of vision_path that the first chunk continues from; default 0.'),
  max_frames: z.int().min(1).nullish().describe('Use only so many frames; default 5000.'),
  share_vision_temporal_positions: z.boolean().nullish().describe('As in training; default true.'),
  emphasize_control_in_prompt: z.boolean().nullish().describe('Add a sentence about the controls; default true.'),
  show_control_condition: z.boolean().nullish().describe('Show the controls beside the result.'),
  show_input: z.boolean().nullish().describe('Show the colour video beside the result.'),
  video_save_quality: z.int().min(0).max(10).nullish().describe('0 to 10; default 10.'),
  image_save_quality: z.int().min(0).max(100).nullish().describe('0 to 100; default 95.'),
  enable_sound: z.boolean().nullish().describe('Make sound; not with control_guidance.'),
  defaults_file: File.nullish().describe('File that replaces the built-in defaults.'),
  model: z.string().nullish().describe('Free text.'),
  extra: z.record(z.string(), z.json()).nullish().describe('Free data; the only place for keys of your own.'),
  tensors_file: File.nullish().describe('Precomputed tensors.'),
  pickle_file: File.nullish().describe('Never used by us: reading it runs code.'),
};

const hints = {
  edge: Cosmos3Edge.nullish().describe('Follow the contours.'),
  blur: Cosmos3Blur.nullish().describe('Follow the blurred colours (transfer2.5 calls it vis).'),
  depth: Cosmos3Control.nullish().describe('Follow the distances; near is bright.'),
  seg: Cosmos3Control.nullish().describe('Follow the segmentation.'),
  wsm: Cosmos3Control.nullish().describe('Follow a world scenario map (driving).'),
};

export const Cosmos3Spec = z
  .strictObject({ ...fields, ...hints })
  .describe('Transfer spec of Cosmos 3 (cosmos-framework).');
export type Cosmos3Spec = z.infer<typeof Cosmos3Spec>;
