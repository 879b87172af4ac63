/** The picture that gives the style: an image, or a frame of the colour video. */
import { transfer25Rule } from '../../dialects/rules/rule.js';
import { videoFacts } from './chunking.js';

export const styleImageIgnored = transfer25Rule({
  code: 'style_image_ignored',
  severity: 'warning',
  says: 'When context_frame_index and image_context_path are given, the frame wins.',
  costs: { kind: 'silent change', text: 'The style image is not looked at.' },
  source: 'cosmos_transfer2/_src/transfer2/inference/inference_pipeline.py:515-517',
  check: ({ spec: { context_frame_index: frame, image_context_path: image } }) => {
    if (frame === null || image === null) return [];
    const message = `image_context_path is ignored: frame ${frame} of the colour video gives the style`;
    return [{ path: ['image_context_path'], message, fix: 'Keep one of the two.' }];
  },
});

export const styleFrameMissing = transfer25Rule({
  code: 'style_frame_missing',
  severity: 'error',
  says: 'context_frame_index must be a frame of the colour video; frames are counted from 0, and 0 cannot be chosen.',
  costs: { kind: 'late failure', text: 'The model is loaded before the frame is looked for.' },
  source: 'cosmos_transfer2/_src/transfer2/inference/utils.py:335-347 (read_and_process_image_context); issue #170',
  check: (sample) => {
    const index = sample.spec.context_frame_index;
    // Of the whole file: max_frames does not shorten what this looks into.
    const frames = videoFacts(sample)?.frames;
    if (index === null || frames === undefined || index < frames) return [];
    const message = `there is no frame ${index}: the colour video has ${frames} frames, 0 to ${frames - 1}`;
    const fix = frames === 1 ? 'Use image_context_path with a picture.' : `Use 1 to ${frames - 1}.`;
    return [{ path: ['context_frame_index'], message, fix }];
  },
});

export const styleTwice = transfer25Rule({
  code: 'style_twice',
  severity: 'warning',
  says: 'vis and context_frame_index both set the style; NVIDIA refuses vis with an image for that reason, but not this.',
  costs: { kind: 'silent change', text: 'Two styles pull at the picture.' },
  source: 'cosmos_transfer2/config.py:543-546',
  check: ({ spec: { vis, context_frame_index: frame } }) => {
    if (vis === null || frame === null) return [];
    const message = `vis and frame ${frame} both set the style of the picture`;
    return [{ path: ['context_frame_index'], message, fix: 'Use one of them.' }];
  },
});
