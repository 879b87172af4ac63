import { describe, expect, test } from 'vitest';
import { readCosmos3 } from '../../../../schemas/spec/cosmos3.js';
import { resolveCosmos3 } from '../../../../schemas/spec/cosmos3-build.js';
import { readPythonJson } from '../../../../schemas/spec/python-json.js';
import { media } from '../../../support/spec-check.js';
import { lossesOf, specOf, translated } from '../dialects/translate/translated.js';

const street = { name: 'street', prompt: 'a street', video_path: 'render.mp4' };

test('names change, values stay, and what Cosmos 3 must be told is written', () => {
  const source = {
    ...street,
    negative_prompt: 'fog',
    seed: 7,
    guidance: 5,
    num_steps: 20,
    max_frames: 93,
    num_conditional_frames: 2,
    num_video_frames_per_chunk: 93,
    show_input: true,
    vis: { control_path: 'vis.mp4', preset_blur_strength: 'low' },
  };
  const result = translated(source, 'cosmos3', { media: { 'render.mp4': media(93, 1024, 768) } });
  expect(specOf(result)).toEqual({
    name: 'street',
    model_mode: 'video2video',
    prompt: 'a street',
    negative_prompt: 'fog',
    vision_path: 'render.mp4',
    seed: 7,
    guidance: 5,
    max_frames: 93,
    num_conditional_frames: 2,
    num_video_frames_per_chunk: 93,
    num_steps: 20,
    show_input: true,
    aspect_ratio: '4,3',
    blur: { control_path: 'vis.mp4', preset_blur_strength: 'low' },
  });
  expect(lossesOf(result)).toEqual({
    model_mode: 'assumed "video2video": what Cosmos 3 calls a transfer',
    aspect_ratio:
      'assumed "4,3": the colour video is 1024x768; Cosmos 3 makes 1104x832 of it, where Transfer 2.5 scales the result back',
  });
  expect(result.report).toMatchObject({ engine: 'cosmos3', nvidia: 'accepts', ok: true });
});

test('a seed that is not written is the one transfer2.5 uses', () => {
  const result = translated({ ...street, edge: {} }, 'cosmos3');
  expect(specOf(result).seed).toBe(2025);
  expect(lossesOf(result).seed).toBe(
    'assumed 2025: what Transfer 2.5 uses; Cosmos 3 would draw another one for every run',
  );
});

test('what Cosmos 3 lacks is dropped, each by its name', () => {
  const source = {
    ...street,
    sigma_max: '80',
    keep_input_resolution: false,
    image_context_path: 'style.png',
    context_frame_index: 3,
    guided_generation_mask: 'mask.mp4',
    guided_generation_step_threshold: 3,
    guided_generation_foreground_labels: [1, 2],
    edge: { control_path: 'edge.mp4', mask_path: 'mask.mp4', mask_prompt: 'cars', control_wieght: 0.4 },
    seg: { control_path: 'seg.mp4', control_prompt: 'roads' },
    depth: null,
  };
  const dropped = translated(source, 'cosmos3').losses.filter(({ kind }) => kind === 'dropped');
  expect(dropped.map(({ path }) => path.join('.')).sort()).toEqual([
    'context_frame_index',
    'edge.control_wieght',
    'edge.mask_path',
    'edge.mask_prompt',
    'guided_generation_foreground_labels',
    'guided_generation_mask',
    'guided_generation_step_threshold',
    'image_context_path',
    'keep_input_resolution',
    'seg.control_prompt',
    'sigma_max',
  ]);
});

describe('resolution', () => {
  test.each([
    ['720', '720', undefined],
    ['720p', '720', 'changed "720p": becomes 720, the nearest that Cosmos 3 knows'],
    ['512', '480', 'changed "512": becomes 480, the nearest that Cosmos 3 knows'],
    ['1080', '720', 'changed "1080": becomes 720, the nearest that Cosmos 3 knows'],
    ['huge', undefined, 'dropped "huge": Cosmos 3 has no such size; its default is 720'],
    ['toString', undefined, 'dropped "toString": Cosmos 3 has no such size; its default is 720'],
  ])('%s', (resolution, expected, loss) => {
    const result = translated({ ...street, resolution, edge: {} }, 'cosmos3');
    expect(specOf(result).resolution).toBe(expected);
    expect(lossesOf(result).resolution).toBe(loss);
  });
});

describe('strength', () => {
  test('the weight of a single control becomes control_guidance', () => {
    const result = translated({ ...street, edge: { control_weight: 0.3 } }, 'cosmos3');
    expect(specOf(result)).toMatchObject({ control_guidance: 0.45, edge: {} });
    expect(specOf(result).edge).toEqual({});
    expect(lossesOf(result)['edge.control_weight']).toBe(
      'changed 0.3: the weight of a single control does nothing in Cosmos 3; it becomes control_guidance 0.45, where 1.5 is full strength',
    );
  });

  test.each(['edge', 'vis', 'depth', 'seg'])('weight 1 of %s alone is what Cosmos 3 does by itself', (hint) => {
    const result = translated({ ...street, [hint]: { control_path: 'c.mp4', control_weight: 1 } }, 'cosmos3');
    const { control_guidance, ...rest } = specOf(result);
    const reading = readCosmos3(readPythonJson(JSON.stringify(rest)), { entry: () => 'file', text: () => '' });
    if ('type' in reading) throw new Error(reading.type);
    expect(control_guidance).toBe(resolveCosmos3(reading.spec).control_guidance);
  });

  test('several controls keep their shares and get the guidance that one would have', () => {
    const result = translated({ ...street, edge: { control_weight: 0.6 }, vis: { control_weight: 0.4 } }, 'cosmos3');
    expect(specOf(result)).toMatchObject({
      guidance: 3,
      control_guidance: 1.5,
      shift: 10,
      edge: { weight: 0.6 },
      blur: { weight: 0.4 },
    });
    const losses = lossesOf(result);
    expect(losses['edge.control_weight']).toBeUndefined();
    expect(losses.control_guidance).toBe(
      'assumed 1.5: Cosmos 3 scales the weights to a sum of 1, and this says how strongly they act together',
    );
    expect(losses.guidance).toBe('assumed 3: what Transfer 2.5 uses; Cosmos 3 would use 6 for several controls');
  });

  test('a written guidance stays with several controls', () => {
    const result = translated({ ...street, guidance: 5, edge: {}, vis: {} }, 'cosmos3');
    expect(specOf(result).guidance).toBe(5);
    expect(lossesOf(result).guidance).toBeUndefined();
  });

  test('weak controls stay weak, and a sum above 1 cannot be kept', () => {
    const weak = translated({ ...street, edge: { control_weight: 0.2 }, vis: { control_weight: 0.4 } }, 'cosmos3');
    expect(specOf(weak).control_guidance).toBe(0.9);
    const strong = translated({ ...street, edge: {}, vis: {} }, 'cosmos3');
    expect(specOf(strong).control_guidance).toBe(1.5);
    expect(lossesOf(strong).control_guidance).toMatch(/added them up to 2, so the controls act less strongly now$/);
  });

  test('where a mask is used, transfer2.5 scales the weights as well', () => {
    const edge = { control_path: 'edge.mp4', mask_path: 'mask.mp4' };
    const result = translated({ ...street, edge, vis: {} }, 'cosmos3');
    expect(lossesOf(result).control_guidance).toMatch(/this says how strongly they act together$/);
  });

  test('weights of 0 switch the controls off without stopping Cosmos 3', () => {
    const result = translated({ ...street, edge: { control_weight: 0 }, vis: { control_weight: 0 } }, 'cosmos3');
    expect(specOf(result)).toMatchObject({ control_guidance: 0, edge: {}, blur: {} });
    expect(lossesOf(result)['edge.control_weight']).toMatch(/^changed 0: Cosmos 3 cannot share out weights/);
    expect(result.report.ok).toBe(true);
  });
});

describe('controls that only transfer2.5 computes', () => {
  test('are left out beside another control', () => {
    const result = translated({ ...street, edge: {}, depth: { control_weight: 0.5 } }, 'cosmos3');
    expect(specOf(result)).not.toHaveProperty('depth');
    expect(result.losses.find(({ path }) => path[0] === 'depth')).toEqual({
      sample: 0,
      kind: 'dropped',
      path: ['depth'],
      value: { control_weight: 0.5 },
      message: 'Transfer 2.5 computes depth from the colour video and Cosmos 3 does not: the control is left out',
      fix: 'Render depth, or compute it first, and name the video in depth.control_path.',
    });
    expect(result.report.ok).toBe(true);
  });

  test('stay when no other is there', () => {
    const result = translated({ ...street, seg: {} }, 'cosmos3');
    expect(specOf(result).seg).toEqual({});
    expect(lossesOf(result).seg).toMatch(
      /^dropped \{\}: .*: the control stays without a video, as it is the only one$/,
    );
  });
});

test.each([
  [media(93, 1280, 720), true, '"16,9": the colour video is 1280x720'],
  [media(93, 1920, 1080), false, '"16,9": the colour video is 1920x1080'],
])('nothing is said of the size where it stays, or was not to be kept', (known, keep_input_resolution, words) => {
  const source = { ...street, keep_input_resolution, edge: {} };
  const result = translated(source, 'cosmos3', { media: { 'render.mp4': known } });
  expect(lossesOf(result).aspect_ratio).toBe(`assumed ${words}`);
});

test('an image is told to be one', () => {
  const source = { ...street, video_path: 'still.png', num_video_frames_per_chunk: 1, edge: {} };
  const result = translated(source, 'cosmos3', { media: { 'still.png': media(1) } });
  expect(specOf(result)).toMatchObject({ num_frames: 1, num_video_frames_per_chunk: 1, aspect_ratio: '16,9' });
  expect(result.report.ok).toBe(true);
});

test('of a key that stands there twice, the value that does not count is named', () => {
  const text = '{"name": "a", "name": "b", "prompt": "p", "video_path": "render.mp4", "edge": {}}';
  const result = translated(text, 'cosmos3');
  expect(specOf(result).name).toBe('b');
  expect(lossesOf(result).name).toBe('dropped "a": this key stands there twice, and only the last one counts');
});

test('a number that JSON cannot hold exactly is not rounded in silence', () => {
  const text = '{"name": "a", "seed": 123456789012345678901, "prompt": "p", "video_path": "render.mp4", "edge": {}}';
  const result = translated(text, 'cosmos3');
  expect(specOf(result).seed).toBe(2025);
  expect(result.losses.filter(({ path }) => path[0] === 'seed')).toMatchObject([
    { kind: 'dropped', value: '123456789012345678901' },
    { kind: 'assumed', value: 2025 },
  ]);
});

test('values are written as transfer2.5 reads them', () => {
  const result = translated({ ...street, guidance: '5', show_input: 'yes', num_steps: 20.0, edge: {} }, 'cosmos3');
  expect(specOf(result)).toMatchObject({ guidance: 5, show_input: true, num_steps: 20 });
});
