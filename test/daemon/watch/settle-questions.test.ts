/** What settle() wants to know of the files, and what it warns of. */
import { expect, test } from 'vitest';
import {
  after,
  file,
  manifestFile,
  manifestOf,
  nothingAsked,
  probed,
  sequence,
  signed,
  WRITTEN,
  whole,
} from '../../support/settling.js';

test('unanswered questions are asked after the quiet: every header, first and last decode of each pass', () => {
  expect(after(4, whole, { probes: nothingAsked }).wants).toEqual([]);
  const { wants, state } = after(5, whole, { probes: nothingAsked });
  expect(state).toBe('settling');
  expect(wants.filter(({ check }) => check === 'header')).toHaveLength(48);
  expect(wants.filter(({ check }) => check === 'decode').map(({ file: { name } }) => name)).toEqual([
    'color.0001.png',
    'color.0024.png',
    'depth.0001.png',
    'depth.0024.png',
  ]);
});

test('a manifest that agrees asks nothing', () => {
  expect(after(0, whole, { ...signed, probes: nothingAsked })).toMatchObject({ state: 'ready', wants: [] });
});

test('a multi-layer EXR is asked for its layers first', () => {
  const files = [file('render.0001.exr'), file('render.0002.exr')];
  const asked = after(0, files, { probes: nothingAsked });
  expect(asked.wants).toEqual([{ file: files[0], check: 'header', pass: 'color', layer: null }]);
  const layers = ['', 'main.depth', 'Pz', 'id', 'albedo'];
  const header = { layers };
  const known = after(5, files, { probes: probed({ 'render.0001.exr': header, 'render.0002.exr': header }) });
  expect(known).toMatchObject({ state: 'ready' });
  expect(known.shape.passes.map(({ pass, source }) => [pass, source.layer])).toEqual([
    ['color', undefined],
    ['depth', 'main.depth'],
    ['seg', 'id'],
  ]);
});

test('a frame without the layer of its neighbours', () => {
  const files = [file('render.0001.exr'), file('render.0002.exr')];
  const probes = probed({ 'render.0001.exr': { layers: ['', 'depth'] }, 'render.0002.exr': { layers: [''] } });
  expect(after(5, files, { probes }).reason).toBe('depth: render.0002.exr has no layer depth');
});

test('an EXR without a layer that is called like a colour: whoever reads it is asked for the picture', () => {
  const probes = probed({ 'render.0001.exr': { layers: ['N', 'albedo'] } }, ['render.0001.exr']);
  const { shape, reason } = after(5, [file('render.0001.exr')], { probes });
  expect(shape.passes.map(({ pass, source }) => [pass, source.layer])).toEqual([['color', undefined]]);
  expect(reason).toBe('render.0001.exr cannot be read: invalid data');
});

test('a name without prefix wins, a sequence beats a movie, and both are told', () => {
  const files = [...whole, ...sequence('old_color', 1, 24), file('depth.mp4')];
  expect(after(5, files)).toMatchObject({
    state: 'ready',
    warnings: ['color: using color.####.png, not old_color.####.png', 'depth: using depth.####.png, not depth.mp4'],
  });
});

test('frames rendered again after another pass was finished are a warning', () => {
  const hour = 3_600_000;
  const late = new Set(['color.0005.png', 'color.0006.png', 'color.0007.png']);
  const files = whole.map((one) => (late.has(one.name) ? { ...one, mtimeMs: WRITTEN + hour } : one));
  expect(after(5, files)).toMatchObject({ state: 'ready', warnings: ['color re-rendered 5-7 after depth'] });
});

test('passes written one after the other, or in turns, are no warning', () => {
  const hour = 3_600_000;
  const inTurns = whole.map((one) => {
    const frame = Number(one.name.split('.')[1]);
    return { ...one, mtimeMs: WRITTEN + frame * 60_000 + (one.name.startsWith('color') ? 5000 : 0) };
  });
  const oneByOne = [...sequence('color', 1, 24), ...sequence('depth', 1, 24, { mtimeMs: WRITTEN + hour })];
  expect(after(5, inTurns).warnings).toEqual([]);
  expect(after(5, oneByOne).warnings).toEqual([]);
});

test('frames beyond the manifest are left out with a warning', () => {
  const files = [...whole, ...sequence('depth', 25, 30)];
  const verdict = after(0, files, signed);
  expect(verdict).toMatchObject({ state: 'ready' });
  expect(verdict.warnings).toEqual(["depth: 0025-0030 not in the manifest's frames, left out"]);
  expect(verdict.observation.key).toBe(after(0, whole, signed).observation.key);
});

test('a frame that stores its channels in another way than the first is decoded too, and must come out alike', () => {
  const files = [1, 2, 3, 4].map((frame) => file(`color.000${frame}.exr`));
  const odd = { 'color.0003.exr': { layers: [''], storage: 'of UINT' } };
  const usual = { layers: [''], storage: 'of floats' };
  const headers = Object.fromEntries(files.map(({ name }) => [name, { ...usual, ...odd[name as keyof typeof odd] }]));
  const asked = probed(headers);
  const { wants } = after(5, files, { probes: { ...asked, decoded: () => undefined } });
  expect(wants.map(({ file: { name } }) => name)).toEqual(['color.0001.exr', 'color.0003.exr', 'color.0004.exr']);
  const decoded = ({ name }: { name: string }) => {
    return { problem: null, notes: [], likeness: name in odd ? 'whole numbers' : 'floats' };
  };
  expect(after(5, files, { probes: { ...asked, decoded } }).reason).toBe(
    'color.0003.exr stores color in other channels or colours than color.0001.exr: render them alike',
  );
});

test('a manifest may name the only picture of a pass, without a number', () => {
  const files = [file('still.exr')];
  const frames = { first: 7, last: 7 };
  const manifest = manifestOf(files, { passes: { color: { file: 'still.exr' } }, frames });
  const { state, shape } = after(0, files, { manifest, manifestFile });
  expect(state).toBe('ready');
  expect(shape.passes.map(({ frames: of, movie }) => [[...of.keys()], movie])).toEqual([[[7], null]]);
  const longer = manifestOf(files, { passes: { color: { file: 'still.exr' } }, frames: { first: 7, last: 9 } });
  expect(after(5, files, { manifest: longer, manifestFile }).reason).toBe('color: frames 8-9 missing');
});

test('an EXR sequence that is called like the colour brings the passes that no other file has', () => {
  const colors = [file('beauty.0001.exr'), file('beauty.0002.exr')];
  const layers = { layers: ['C', 'depth', 'seg', 'N'] };
  const probes = probed({ 'beauty.0001.exr': layers, 'beauty.0002.exr': layers });
  const passes = (files: typeof colors) => {
    return after(5, files, { probes }).shape.passes.map(({ pass, source }) => [pass, source.pattern, source.layer]);
  };
  const [color, seg] = [
    ['color', 'beauty.####.exr', undefined],
    ['seg', 'beauty.####.exr', 'seg'],
  ];
  expect(passes(colors)).toEqual([color, ['depth', 'beauty.####.exr', 'depth'], seg]);
  const own = [file('depth.0001.png'), file('depth.0002.png')];
  expect(passes([...colors, ...own])).toEqual([color, ['depth', 'depth.####.png', undefined], seg]);
  expect(after(5, colors, { probes: nothingAsked }).wants).toMatchObject([{ file: colors[0], check: 'header' }]);
});
