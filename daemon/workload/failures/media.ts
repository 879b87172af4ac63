/** Failures with pictures and videos that the programs on the host cannot read or write. */
import type { KnownFailure } from './known-failure.js';

const INPUT_BROKEN = {
  code: 'input_broken',
  class: 'user',
  sentence: 'An input video cannot be read on the host.',
  remedy: 'Submit the clip again, so that it is encoded and copied anew.',
} as const;

export const MEDIA_FAILURES: readonly KnownFailure[] = [
  {
    code: 'input_format',
    class: 'user',
    pattern:
      /(Unsupported (?:media|file) extension[^\n]{0,200}|Invalid vision extension[^\n]{0,200}|no handler (?:found )?for [^\n]{0,200}|Cannot identify image file[^\n]{0,200})/i,
    sentence: 'An input has a format that the model does not open: %.',
    remedy: 'Use .mp4 for videos and .png for pictures, in small letters.',
    source: 'cosmos-transfer2.5 easy_io/handlers/registry_utils.py:49-63; cosmos-framework inference/vision.py',
  },
  {
    code: 'video_odd_size',
    class: 'user',
    pattern: /((?:width|height) not divisible by 2 \(\d+x\d+\))/,
    sentence: 'A video of an odd size cannot be written: %.',
    remedy: 'Render with an even width and height.',
    source: 'Hzzone/pytorch-openpose#58, 3b1b/manim#55',
  },
  {
    ...INPUT_BROKEN,
    pattern:
      /Input video is empty|Cannot pad an empty frame tensor|DECORDError|InvalidDataError|CannotReadFrameError|Could not read frame|!_src\.empty\(\)/,
    source: 'dmlc/decord#116, jhj0517/Whisper-WebUI#415, imageio/imageio#168',
  },
  {
    ...INPUT_BROKEN,
    // FFmpeg says the latter of single packets too, and goes on.
    pattern: /moov atom not found|Invalid data found when processing input/,
    isWeak: true,
    source: 'IDEA-Research/MotionLLM#7, epic-kitchens/epic-kitchens-download-scripts#23',
  },
];
