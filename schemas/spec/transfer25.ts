/**
 * The spec dialect of cosmos-transfer2.5: one JSON object, read by its pydantic model
 * (nvidia-cosmos/cosmos-transfer2.5 @ 2ff49d0, cosmos_transfer2/config.py:311-592).
 * Stricter than NVIDIA in one place: unknown keys inside a control block are refused here, silently dropped there.
 */
import { z } from 'zod';

const DEFAULT_NEGATIVE_PROMPT =
  'The video captures a game playing, with bad crappy graphics and cartoonish frames. It represents a recording of ' +
  'old outdated games. The lighting looks very fake. The textures are very raw and basic. The geometries are very ' +
  'primitive. The images are very pixelated and of poor CG quality. There are many subtitles in the footage. ' +
  'Overall, the video is unrealistic at all.';

const File = z.string().min(1);
const Strength = z.enum(['very_low', 'low', 'medium', 'high', 'very_high']);

const control = {
  control_path: File.nullable()
    .default(null)
    .describe('Video of this control, relative to the spec. Absent: computed from the colour video.'),
  control_weight: z
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe('0 to 1, default 1. Weights of several controls are summed, not normalised, unless a mask is used.'),
  mask_path: File.nullable().default(null).describe('Video that says where the control acts: white = it does.'),
  mask_prompt: z
    .string()
    .nullable()
    .default(null)
    .describe('What the control acts on, in words; ignored when mask_path is given.'),
};

export const Transfer25Edge = z.strictObject({
  ...control,
  preset_edge_threshold: Strength.default('medium').describe(
    'How strong a contour must be when edges are computed; default medium. Without effect with control_path.',
  ),
});

export const Transfer25Vis = z.strictObject({
  ...control,
  preset_blur_strength: Strength.default('medium').describe(
    'How blurred the colour video is when vis is computed; default medium. Without effect with control_path.',
  ),
});

export const Transfer25Depth = z.strictObject(control);

export const Transfer25Seg = z.strictObject({
  ...control,
  control_prompt: z
    .string()
    .nullable()
    .default(null)
    .describe('What to segment when seg is computed; default the first 128 words of the prompt.'),
});

export const Transfer25Spec = z
  .strictObject({
    name: z.string().describe('Stem of the output files.'),
    prompt: z.string().optional().describe('What the video should show.'),
    prompt_path: File.nullable().default(null).describe('Text file with the prompt; unused when prompt is given.'),
    negative_prompt: z
      .string()
      .default(DEFAULT_NEGATIVE_PROMPT)
      .describe('What the video should not look like; may not be empty.'),
    seed: z.int().default(2025).describe('Start of the random numbers; default 2025.'),
    guidance: z.int().min(0).max(7).default(3).describe('How closely the prompt is followed: whole number 0 to 7.'),
    video_path: File.describe('The colour video, relative to the spec.'),
    max_frames: z.int().min(1).nullable().default(null).describe('Use only so many frames; default all.'),
    context_frame_index: z
      .int()
      .min(1)
      .nullable()
      .default(null)
      .describe('Frame of the colour video that gives the style; counted from 0, but frame 0 cannot be chosen.'),
    image_context_path: File.nullable().default(null).describe('Image that gives the style; not together with vis.'),
    num_conditional_frames: z
      .literal([0, 1, 2])
      .default(1)
      .describe('Frames of the last chunk that the next one continues from: 0, 1 or 2; default 1.'),
    resolution: z
      .string()
      .default('720')
      .describe('Size the model works at, as text; default "720". The result has the size of the input again.'),
    sigma_max: z.string().nullable().default(null).describe('Noise level as text; has no effect in this release.'),
    num_video_frames_per_chunk: z
      .int()
      .min(1)
      .default(93)
      .describe('Frames made at once; the released checkpoints work with 93 (video) or 1 (image) only.'),
    num_steps: z.int().min(1).default(35).describe('Denoising steps of each chunk; default 35. Time grows with it.'),
    show_control_condition: z.boolean().default(false).describe('Show the controls beside the result.'),
    show_input: z.boolean().default(false).describe('Show the colour video beside the result.'),
    keep_input_resolution: z.boolean().default(true).describe('Scale the result back to the size of the input.'),
    edge: Transfer25Edge.nullable().default(null).describe('Follow the contours.'),
    depth: Transfer25Depth.nullable().default(null).describe('Follow the distances; near is bright.'),
    vis: Transfer25Vis.nullable().default(null).describe('Follow the blurred colours (NVIDIA also says "blur").'),
    seg: Transfer25Seg.nullable().default(null).describe('Follow the segmentation.'),
    guided_generation_mask: File.nullable()
      .default(null)
      .describe('Mask of what is kept from the colour video: an .mp4, or an .npz with labels.'),
    guided_generation_step_threshold: z
      .int()
      .default(25)
      .describe('Step after which the guided mask is let go; default 25.'),
    guided_generation_foreground_labels: z
      .array(z.int())
      .nullable()
      .default(null)
      .describe('Labels of an .npz mask that count as foreground.'),
  })
  .superRefine((spec, context) => {
    if (spec.prompt === undefined && spec.prompt_path === null) {
      context.addIssue({ code: 'custom', path: [], message: 'give "prompt" or "prompt_path"' });
    }
    if (spec.edge === null && spec.depth === null && spec.vis === null && spec.seg === null) {
      context.addIssue({ code: 'custom', path: [], message: 'give at least one control: edge, depth, vis or seg' });
    }
    if (spec.vis !== null && spec.image_context_path !== null) {
      const message = '"vis" and "image_context_path" both set the style; use one of them';
      context.addIssue({ code: 'custom', path: ['image_context_path'], message });
    }
  })
  .describe('Spec of cosmos-transfer2.5.');
export type Transfer25Spec = z.infer<typeof Transfer25Spec>;
