import { expect, test } from 'vitest';
import { checked, issuesOf } from '../../../../support/spec-check.js';
import { foundIn, GOOD } from './good-spec.js';

const inDepth = (block: object) => foundIn('unknown_key', { depth: block });

test('a misspelt key is an error although NVIDIA accepts it, with its place and its repair', () => {
  const text = '{"name": "lot", "prompt": "x", "video_path": "c.mp4",\n  "edge": {"control_wieght": 0.3}}';
  const report = checked(text, { engine: 'transfer2.5' });
  expect(report).toMatchObject({ nvidia: 'accepts', ok: false });
  expect(issuesOf(report, 'unknown_key')).toMatchObject([
    {
      severity: 'error',
      path: ['edge', 'control_wieght'],
      ...{ line: 2, column: 12, endLine: 2, endColumn: 28 },
      message: 'edge has no "control_wieght": it is dropped without a word',
      fix: 'Did you mean "control_weight"?',
      edits: [{ line: 2, column: 12, endLine: 2, endColumn: 28, text: '"control_weight"' }],
    },
  ]);
});

test('names of the other engine are known', () => {
  expect(inDepth({ weight: 0.5 })).toMatchObject([{ fix: 'Did you mean "control_weight"?', edits: [{}] }]);
});

test('a field that is there already is never written twice', () => {
  const [issue] = inDepth({ control_wieght: 0.3, control_weight: 0.5 });
  expect(issue?.fix).toBe('Remove it; "control_weight" is given as well.');
  expect(issue?.edits).toBeUndefined();
  const [first, second] = inDepth({ control_wieght: 0.3, weight: 0.5 });
  expect([first?.edits?.length, second?.edits]).toEqual([1, undefined]);
});

test('a key of the top, or of another control, is told where it belongs', () => {
  expect(inDepth({ guidance: 3 })[0]?.fix).toBe('Move it out of depth: "guidance" belongs at the top of the spec.');
  expect(inDepth({ preset_edge_threshold: 'low' })[0]?.fix).toBe(
    'Only edge has a "preset_edge_threshold"; remove it here.',
  );
  expect(inDepth({ preset_edge_threshold: 'low' })[0]?.edits).toBeUndefined();
  expect(inDepth({ zzzzzz: 1 })[0]?.fix).toBe('Remove it.');
});

test.each(['__proto__', 'toString', 'constructor', ''])('the key "%s" is a key like any other', (key) => {
  const text = `{"name": "lot", "prompt": "x", "video_path": "c.mp4", "edge": {${JSON.stringify(key)}: 1}}`;
  expect(issuesOf(checked(text, { engine: 'transfer2.5' }), 'unknown_key')).toMatchObject([{ path: ['edge', key] }]);
});

test('every field that a control has is silent', () => {
  const all = { control_path: 'a.mp4', control_weight: 1, mask_path: 'm.mp4', mask_prompt: 'car' };
  const spec = {
    ...GOOD,
    edge: { ...all, preset_edge_threshold: 'low' },
    vis: { ...all, preset_blur_strength: 'low' },
    depth: all,
    seg: { ...all, control_prompt: 'cars' },
  };
  expect(foundIn('unknown_key', spec)).toEqual([]);
});
