import { describe, expect, test } from 'vitest';
import { lossesOf, specOf, translated } from '../dialects/translate/translated.js';

const street = { name: 'street', prompt: 'a street', vision_path: 'render.mp4', seed: 7, negative_prompt: 'fog' };
const edge = { control_path: 'edge.mp4' };

test('names change, values stay', () => {
  const source = {
    ...street,
    guidance: 5,
    num_steps: 20,
    max_frames: 93,
    num_conditional_frames: 2,
    num_video_frames_per_chunk: 93,
    resolution: '720',
    show_control_condition: true,
    blur: { control_path: 'blur.mp4', preset_blur_strength: 'low' },
  };
  const result = translated(source, 'transfer2.5');
  expect(specOf(result)).toEqual({
    name: 'street',
    prompt: 'a street',
    negative_prompt: 'fog',
    video_path: 'render.mp4',
    seed: 7,
    guidance: 5,
    num_steps: 20,
    resolution: '720',
    max_frames: 93,
    num_conditional_frames: 2,
    num_video_frames_per_chunk: 93,
    show_control_condition: true,
    vis: { control_path: 'blur.mp4', preset_blur_strength: 'low' },
  });
  expect(result.losses).toEqual([]);
  expect(result.report).toMatchObject({ engine: 'transfer2.5', nvidia: 'accepts', ok: true });
});

test.each([
  ['guidance', 4.4, 'guidance', 4, 'changed 4.4: becomes 4: Transfer 2.5 takes whole numbers only'],
  ['num_conditional_frames', 5, 'num_conditional_frames', 2, 'changed 5: becomes 2, the most that Transfer 2.5 takes'],
  [
    'num_video_frames_per_chunk',
    121,
    'num_video_frames_per_chunk',
    93,
    'changed 121: becomes 93: Transfer 2.5 makes 93 frames of a video at once, and 1 of an image',
  ],
  ['resolution', '768', 'resolution', '720', 'changed "768": becomes 720, the nearest that Transfer 2.5 knows'],
  [
    'num_frames',
    1,
    'num_video_frames_per_chunk',
    1,
    'changed 1: becomes num_video_frames_per_chunk 1, with which Transfer 2.5 makes an image',
  ],
  [
    'num_frames',
    121,
    'num_video_frames_per_chunk',
    undefined,
    'dropped 121: it does not set the length of a transfer: max_frames does',
  ],
  [
    'negative_prompt',
    '',
    'negative_prompt',
    undefined,
    'assumed null: none is written, and the one that Transfer 2.5 has built in is not that of Cosmos 3',
  ],
])('%s %j', (key, value, to, expected, loss) => {
  const vision_path = value === 1 ? 'still.png' : 'render.mp4';
  const result = translated({ ...street, vision_path, [key]: value, edge }, 'transfer2.5');
  expect(specOf(result)[to]).toBe(expected);
  expect(lossesOf(result)[key]).toBe(loss);
});

test('an empty negative_prompt is named before the default that takes its place', () => {
  const { losses } = translated({ ...street, negative_prompt: '', edge }, 'transfer2.5');
  expect(losses[0]).toMatchObject({
    kind: 'dropped',
    path: ['negative_prompt'],
    value: '',
    message: 'Transfer 2.5 blocks an empty one; its own default is used',
  });
});

test('blur that blurs nothing becomes the weakest', () => {
  const result = translated({ ...street, blur: { preset_blur_strength: 'none' } }, 'transfer2.5');
  expect(specOf(result).vis).toEqual({ preset_blur_strength: 'very_low' });
  expect(lossesOf(result)['blur.preset_blur_strength']).toBe(
    'changed "none": becomes very_low, the weakest blur of Transfer 2.5',
  );
});

test('a spec without a name gets the one that Cosmos 3 would give it', () => {
  const { name: _, ...nameless } = { ...street, edge };
  expect(specOf(translated(nameless, 'transfer2.5', { file: 'alley.json' })).name).toBe('alley');
  expect(specOf(translated({ ...nameless, name: '' }, 'transfer2.5')).name).toBe('street');
  const lines = `${JSON.stringify(nameless)}\n\n${JSON.stringify(nameless)}\n`;
  const { text } = translated(lines, 'transfer2.5', { file: 'alley.jsonl' });
  expect(
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).name),
  ).toEqual(['alley_0', 'alley_1']);
});

test('addresses and homes are carried over, and said not to work', () => {
  const source = { ...street, vision_path: 'https://x.org/a.mp4', edge: { control_path: '~/edge.mp4' } };
  const result = translated(source, 'transfer2.5', { output: '/elsewhere/street.json' });
  expect(specOf(result)).toMatchObject({ video_path: 'https://x.org/a.mp4', edge: { control_path: '~/edge.mp4' } });
  expect(lossesOf(result).vision_path).toBe('changed "https://x.org/a.mp4": Transfer 2.5 reads no addresses');
  expect(lossesOf(result)['edge.control_path']).toBe('changed "~/edge.mp4": to Transfer 2.5 "~" is a name');
});

describe('strength', () => {
  test('the weight of a single control did nothing and is dropped; its guidance becomes the weight', () => {
    const result = translated({ ...street, control_guidance: 0.75, edge: { ...edge, weight: 4 } }, 'transfer2.5');
    expect(specOf(result).edge).toEqual({ ...edge, control_weight: 0.5 });
    expect(lossesOf(result)).toMatchObject({
      control_guidance: 'changed 0.75: Transfer 2.5 has no control_guidance; it becomes part of the control weights',
      'edge.weight': 'dropped 4: the weight of a single control does nothing in Cosmos 3',
      'edge.control_weight': 'assumed 0.5: stands for control_guidance',
    });
  });

  test('by itself a single control is at full strength: nothing is written', () => {
    const result = translated({ ...street, seg: { control_path: 'seg.mp4' } }, 'transfer2.5');
    expect(specOf(result).seg).toEqual({ control_path: 'seg.mp4' });
    expect(result.losses).toEqual([]);
  });

  test('more guidance than the published one cannot be kept', () => {
    const result = translated({ ...street, control_guidance: 4, edge }, 'transfer2.5');
    expect(specOf(result).edge).toEqual(edge);
    expect(lossesOf(result).control_guidance).toMatch(/1\.5 is as far as weights go, so the controls act less$/);
  });

  test('shares become weights that add up to the strength', () => {
    const source = { ...street, guidance: 3, control_guidance: 1.5, edge: { ...edge, weight: 3 }, blur: {} };
    const result = translated(source, 'transfer2.5');
    expect(specOf(result)).toMatchObject({ edge: { control_weight: 0.75 }, vis: { control_weight: 0.25 } });
    expect(lossesOf(result)['edge.weight']).toMatch(/^changed 3: becomes 0\.75: Transfer 2\.5 adds weights up/);
    expect(lossesOf(result)['vis.control_weight']).toMatch(/^assumed 0\.25: Transfer 2\.5 adds weights up/);
  });

  test('several controls without control_guidance are weaker, and their guidance of 6 is written', () => {
    const result = translated({ ...street, edge, blur: {} }, 'transfer2.5');
    expect(specOf(result)).toMatchObject({
      guidance: 6,
      edge: { control_weight: 0.333333 },
      vis: { control_weight: 0.333333 },
    });
  });

  test.each([-1, 0])('weights that Cosmos 3 would stop at (%d) are not shared out', (weight) => {
    const source = { ...street, edge: { ...edge, weight }, blur: { weight: 0 } };
    const result = translated(source, 'transfer2.5');
    expect(specOf(result)).toMatchObject({ edge, vis: {} });
    expect(lossesOf(result)['edge.weight']).toMatch(/^dropped .*: Cosmos 3 stops at weights below 0/);
    expect(result.report.nvidia).toBe('accepts');
  });

  test('a map that is left out takes its share with it', () => {
    const source = { ...street, control_guidance: 1.5, edge, wsm: { control_path: 'wsm.mp4' } };
    const result = translated(source, 'transfer2.5');
    expect(specOf(result).edge).toEqual({ ...edge, control_weight: 0.5 });
    expect(lossesOf(result).wsm).toMatch(/^dropped .*: Transfer 2\.5 knows no world scenario maps/);
  });
});

test('what transfer2.5 cannot run is said by the check of the result', () => {
  const { report } = translated({ ...street, model_mode: 'video2video' }, 'transfer2.5');
  expect(report).toMatchObject({ nvidia: 'rejects', ok: false });
  expect(report.issues.map(({ message }) => message)).toContain(
    'there is no control in this spec, and it must have at least one of edge, depth, vis and seg',
  );
});
