/** What a spec or its files cause: refused before the model is loaded (exit 1), or after it where NVIDIA does not check. */
import type { KnownFailure } from './known-failure.js';

export const SPEC_FAILURES: readonly KnownFailure[] = [
  {
    code: 'spec_refused',
    class: 'user',
    pattern: /Error validating parameters from '[^'\n]*'[^\n]*\n(?:[^\n]*\n)*?\s*([^\n]+?) \[type=/,
    sentence: 'NVIDIA refuses the spec: %.',
    remedy: 'Run "cosmos spec check" on it; the checkout on the host may also be another version.',
  },
  {
    code: 'spec_refused',
    class: 'user',
    pattern: /Error validating parameters from '([^'\n]*)'|transfer inference requires ([^\n]*)/,
    sentence: 'NVIDIA refuses the spec (%).',
    remedy: 'Run "cosmos spec check" on it; the log has the fields.',
  },
  {
    code: 'chunk_size', // #166; t25 vid2vid_model_control_vace_rectified_flow.py:491-496
    class: 'user',
    pattern: /vid2vid_model_control_vace_rectified_flow\.py"?, line \d+[^\n]*(?:\n[^\n]*){1,3}?AssertionError/,
    sentence: 'The model stopped in its first chunk: it makes chunks of 93 frames (or single pictures) only.',
    remedy: 'Set num_video_frames_per_chunk to 93, or to 1 for a picture.',
  },
  {
    code: 'resolution', // t25 predict2/datasets/utils.py:44-67
    class: 'user',
    pattern: /VIDEO_RES_SIZE_INFO\[[^\n]*(?:\n[^\n]*){1,3}?KeyError: '?([^'\n]*)'?/,
    sentence: 'The model has no resolution "%".',
    remedy: 'Use "720", for which the checkpoints are made.',
  },
  {
    code: 'control_short', // #17, #137; t25 inference_pipeline.py:293-296, 613-617
    class: 'user',
    pattern: /No input frames; cannot pad/,
    sentence: 'A control video ends before the last chunk of the colour video.',
    remedy: 'Render all passes with the same number of frames, or set max_frames to the shortest.',
  },
  {
    code: 'nothing_segmented', // t25 sam2_model.py, utils.py:604-615
    class: 'user',
    pattern: /sam2?(?:_model)?\.py"?, line \d+[^\n]*(?:\n[^\n]*){1,20}?IndexError/i,
    sentence: 'Nothing was found in the picture to segment.',
    remedy: 'Render a seg pass, or name what is to be segmented in seg.control_prompt.',
  },
  {
    code: 'control_missing', // cf inference/transfer.py:116-119
    class: 'user',
    pattern: /Missing pre-computed control input for '(\w+)'/,
    sentence: 'The control % has no video, and Cosmos 3 cannot compute it.',
    remedy: 'Render that pass, or switch the control off.',
  },
  {
    code: 'spec_values', // cf inference/transfer.py:49-51, 186-189, 388, 419
    class: 'user',
    pattern:
      /(control_weights must [^\n]*|num_conditional_frames must be smaller [^\n]*|resolution is required for transfer inference|num_first_chunk_conditional_frames > 0 requires [^\n]*|control_guidance currently supports [^\n]*)/,
    sentence: 'The model stopped at a value of the spec: %.',
    remedy: 'Run "cosmos spec check" on it.',
  },
  {
    code: 'one_frame', // cf inference/inference.py:1868-1871
    class: 'user',
    pattern: /AssertionError: [^\n]*\/vision\.(?:mp4|jpg)/,
    sentence:
      'The result could not be saved: num_frames asks for a picture and the controls for a video, or the reverse.',
    remedy: 'Write "num_frames": 1 for a single frame, and only then.',
  },
  {
    code: 'mask_broken', // t25 inference_pipeline.py:344-370
    class: 'user',
    pattern: /arr_0 is not a file|KeyError: '(?:arr_0)[^']*'|guided_generation_mask[^\n]*(?:Error|must)/,
    sentence: 'The guided mask cannot be used.',
    remedy: 'Give an .mp4, or an .npz that holds arr_0 of frames x height x width.',
  },
  {
    code: 'input_format', // t25 easy_io/handlers/registry_utils.py:49-63; cf inference/vision.py
    class: 'user',
    pattern:
      /(Unsupported (?:media|file) extension[^\n]*|Invalid vision extension[^\n]*|[Nn]o handler (?:found )?for [^\n]*|Cannot identify image file[^\n]*)/i,
    sentence: 'An input has a format that the model does not open: %.',
    remedy: 'Use .mp4 for videos and .png for pictures, in small letters.',
  },
  {
    code: 'input_broken',
    class: 'user',
    pattern:
      /Input video is empty|Cannot pad an empty frame tensor|moov atom not found|Invalid data found when processing input/,
    sentence: 'An input video cannot be read on the host.',
    remedy: 'Submit the clip again, so that it is encoded and copied anew.',
  },
  {
    code: 'distilled_broken', // #218, pull request #219
    class: 'user',
    pattern: /VelocityPassthroughWrapper/,
    sentence: 'The distilled model does not work in this checkout.',
    remedy: 'Use the model edge, or a checkout with pull request 219 of cosmos-transfer2.5.',
  },
  {
    code: 'gpus_split', // #186; t25 imaginaire/utils/context_parallel.py:212-255
    class: 'user',
    pattern: /Split by (?:width|height) dimension is not/,
    sentence: 'The video cannot be shared by so many GPUs.',
    remedy: 'Use 1, 2, 4 or 8 GPUs; for a single picture 1, 2 or 4.',
  },
  {
    code: 'gpus_odd', // cf inference/args.py:1331-1339, 1376-1392
    class: 'user',
    pattern: /validation error[^\n]*(?:\n[^\n]*){1,20}?(?:cp_size|cfgp_size|dp_shard_size|world_size)[^\n]*/i,
    sentence: 'Cosmos 3 cannot share a video among so many GPUs.',
    remedy: 'Use one GPU, or an even number.',
  },
  {
    code: 'no_samples', // cf inference/inference.py:1506
    class: 'host',
    pattern: /sample_args_list\[0\][^\n]*(?:\n[^\n]*){1,3}?IndexError/,
    sentence: 'The program found no spec on the host.',
    remedy: 'Retry the job; its files were removed from the run folder.',
  },
];
