/** Half frames: told apart from names that only look like them, left out, and never without a word. */
import { expect, test } from 'vitest';
import { NameReader } from '../../../daemon/watch/names.js';
import { collectSequences, placed } from '../../../daemon/watch/sequences.js';
import { after, file, probed } from '../../support/settling.js';
import { aliases } from '../../support/watching.js';

const reader = new NameReader(aliases);
const files = (...names: string[]) => names.map((name) => file(name));

function sequences(...names: string[]) {
  const found = collectSequences(placed(files(...names), new Map([['depth', 'depth']])), reader);
  return found.map(({ name, files: all, between }) => [name.sequence, all.map(({ frame }) => frame), between]);
}

test.each<[string, string[], unknown[]]>([
  ['halves', ['color.1.png', 'color.1.5.png', 'color.2.png'], [['color.#.png', [1, 2], ['1.5']]]],
  [
    'any fraction, padding and sign',
    ['c.-0001.png', 'c.-0001.500.png', 'c.0000.25.png', 'c.-0.5.png', 'c.0000.png'],
    [['c.#.png', [-1, 0], ['-1.500', '-0.5', '0.25']]],
  ],
  [
    'whole frames with a fraction of nothing',
    ['color.0001.000.png', 'color.0001.250.png', 'color.0002.000.png'],
    [['color.#.000.png', [1, 2], ['1.250']]],
  ],
  ['only fractions', ['color.1.5.png', 'color.2.5.png'], [['color.#.png', [], ['1.5', '2.5']]]],
  ['a version in the name is no frame', ['shot.2.0001.exr', 'shot.2.0002.exr'], [['shot.2.#.exr', [1, 2], []]]],
  [
    'in a pass folder, the number alone',
    ['depth/1.png', 'depth/1.5.png', 'depth/2.png', 'depth/a.png', 'other/1.png'],
    [['depth/#.png', [1, 2], ['1.5']]],
  ],
  ['the number alone is nothing elsewhere', ['1.png', '0002.png'], []],
])('%s', (_, names, expected) => {
  expect(sequences(...names)).toEqual(expected);
});

test('ready with the whole frames, and a warning that names the halves', () => {
  const verdict = after(5, files('color.1.png', 'color.1.5.png', 'color.2.png', 'color.2.5.png', 'color.3.png'));
  expect(verdict).toMatchObject({ state: 'ready', warnings: ['color: 1.5, 2.5 left out: only whole frames are used'] });
  expect(verdict.shape.inputs.map(({ name }) => name)).toEqual(['color.1.png', 'color.2.png', 'color.3.png']);
});

test('many halves are counted', () => {
  const halves = Array.from({ length: 9 }, (_, i) => [`color.${i}.png`, `color.${i}.5.png`]).flat();
  expect(after(5, files(...halves)).warnings).toEqual([
    'color: 0.5, 1.5, 2.5, 3.5, 4.5 and 4 more left out: only whole frames are used',
  ]);
});

test('whole frames written as 1.000 are those of the pass', () => {
  const verdict = after(5, files('color.0001.000.png', 'color.0001.500.png', 'color.0002.000.png'));
  expect(verdict).toMatchObject({ state: 'ready', warnings: ['color: 1.500 left out: only whole frames are used'] });
  expect(verdict.shape.passes[0]?.source).toEqual({ pattern: 'color.####.000.png' });
});

test('layers of an EXR sequence with half frames', () => {
  const probes = probed({ 'shot.1.exr': { layers: ['', 'depth'] } });
  const verdict = after(5, files('shot.1.exr', 'shot.1.5.exr'), { probes });
  expect(verdict.warnings).toEqual(['shot: 1.5 left out: only whole frames are used']);
  expect(verdict.shape.passes.map(({ pass }) => pass)).toEqual(['color', 'depth']);
});

test.each([
  [['color.1.5.png', 'color.2.5.png'], 'color'],
  [['shot.1.5.exr', 'shot.2.5.exr'], 'shot'],
])('%j has no whole frame', (names, called) => {
  const reason = `${called}: no whole frame, only 1.5 and 1 more: render whole frames, or number them 0001, 0002, ...`;
  expect(after(5, files(...names))).toMatchObject({ state: 'incomplete', reason });
});
