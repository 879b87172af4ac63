import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { type TomlValue, withoutKey, withTable, withValue } from '../../daemon/toml-edit.js';

/** How people write one and the same key, among things that are not to be touched; and what is left without it. */
const WAYS: readonly (readonly [way: string, text: string, without: string])[] = [
  [
    'a table',
    '# top\n[preset.x] # x\n# two\nseed = 1 # one\nweights = { edge = 0.5 }\n# end\n\n# other\n[local]\nslots = 2\n',
    '# top\n# end\n\n# other\n[local]\nslots = 2\n',
  ],
  [
    'a table with one below',
    '[preset.x]\nseed = 1\n\n[preset.x.weights]\nedge = 0.5 # half\n[local]\nslots=2',
    '[local]\nslots=2',
  ],
  ['a table below alone', '[preset.x.weights]\nedge = 0.5\n\n[local]\n  slots = 2\n', '[local]\n  slots = 2\n'],
  ['the table below first', '[preset.x.weights]\nedge=0\n[preset.x]\nseed=1\n[local]\nslots=2\n', '[local]\nslots=2\n'],
  ['dotted keys at the top', 'preset.x.seed = 1\npreset.x.weights.edge = 0.5\n[local]\n', '[local]\n'],
  [
    'dotted keys of [preset]',
    '[preset]\nx.seed = 1 # a\nx.weights.edge = 0.5\n# b\ny.seed = 2\n[local]\n',
    '[preset]\n# b\ny.seed = 2\n[local]\n',
  ],
  ['dotted keys of its own table', '[preset.x]\nweights.edge = 0.5\nseed = 1\n[local]\n', '[local]\n'],
  ['an inline table of [preset]', '[preset]\nx = { seed = 1, weights = { edge = 0.5 } } # x\n', '[preset]\n'],
  ['an inline table in one', 'preset = { y = {}, x = { seed = 1, weights.edge = 0.5 } }\n', 'preset = { y = {} }\n'],
  ['the only thing in one', 'preset = { x = { seed = 1 } } # x\nlocal = {}\n', 'preset = {  } # x\nlocal = {}\n'],
  ['dotted keys in one', 'preset = { x.seed = 1, x.weights.edge = 0.5, y = { } }\n', 'preset = { y = { } }\n'],
  [
    'two parts in one',
    'preset = { y={}, x.seed=1, z={seed=3}, x.weights={edge=0.5} }\n',
    'preset = { y={}, z={seed=3} }\n',
  ],
  ['quoted names', '["preset".\'x\']\n"seed" = 1\n\'weights\'."edge" = 0.5\n[local]\n', '[local]\n'],
  ['escaped names', '[ preset . "\\u0078" ]\nseed = 0x1\nweights={edge=5e-1}\n[local]\n', '[local]\n'],
  [
    'lines of Windows',
    '# a\r\n[preset.x]\r\nseed = 1\r\n\r\n# b\r\n[local]\r\nslots = 2\r\n',
    '# a\r\n# b\r\n[local]\r\nslots = 2\r\n',
  ],
  ['indented lines', '\t[preset.x]\n\t\tseed = 1\n\t[local]\n\t\tslots = 2\n', '\t[local]\n\t\tslots = 2\n'],
  [
    'values of many lines',
    '[preset.x]\nprompt = """\n[preset.y]\nrain"""\nset = { a = [\n 1, # one\n 2 ] } # set\n[preset.y]\n',
    '[preset.y]\n',
  ],
  [
    'tables of an array',
    '[preset.x]\nseed = 1\n[[preset.x.set.list]]\na = 1\n[[preset.x.set.list]]\na = 2\n[[host]]\nname = "a"\n',
    '[[host]]\nname = "a"\n',
  ],
  [
    'parts far apart',
    '[preset.x]\nseed = 1\n[local]\nslots = 2\n[preset.x.weights]\nedge = 0.5\n[preset.y]\nseed = 2\n',
    '[local]\nslots = 2\n[preset.y]\nseed = 2\n',
  ],
  [
    'a neighbour of like names',
    '[preset.xx]\nseed=7\n[preset.x]\nseed = 1\n[preset."x.y"]\nseed=8\n',
    '[preset.xx]\nseed=7\n[preset."x.y"]\nseed=8\n',
  ],
  ['the last lines, left open', '[local]\nslots = 2\n\n[preset.x]\nseed = 1', '[local]\nslots = 2\n'],
  ['a table without a line', '[preset.x] # nothing yet\n\n\n[local]\n', '[local]\n'],
];

const VALUES: readonly Record<string, TomlValue>[] = [
  { seed: 1, weights: { edge: 0.5 } },
  { seed: 2 },
  { weights: { edge: 0.5, depth: 'off' }, prompt: 'rain\nat "night" \\ \u007f\u0000 größe 日本' },
  { prompt: "'''", set: { 'a b': [1, { c: [] }, [true]], '': 2 ** 60, tiny: 5e-324, big: 1e21, none: -0 } },
];

test.each(WAYS)('a key that is written as %s is taken out, and nothing else', (_, text, without) => {
  expect(withoutKey(text, ['preset', 'x'])).toBe(without);
});

test.each(WAYS)('a key that is written as %s gets another value where it stands', (_, text, without) => {
  for (const values of VALUES) {
    const after = withValue(text, ['preset', 'x'], values);
    const { preset, ...rest } = parse(text) as { preset: object };
    expect(parse(after)).toEqual({ ...rest, preset: { ...preset, x: values } });
    expect(withoutKey(after, ['preset', 'x'])).toBe(without);
  }
});

test.each(WAYS)('a table joins one that is written as %s, and is taken out again without a trace', (_, text) => {
  for (const [i, values] of [...VALUES, {}].entries()) {
    const name = `new "${i}"`;
    const after = withTable(text, ['preset', name], values);
    const { preset, ...rest } = parse(text) as { preset: object };
    expect(parse(after)).toEqual({ ...rest, preset: { ...preset, [name]: values } });
    expect(withoutKey(after, ['preset', name])).toBe(text.endsWith('\n') ? text : `${text}\n`);
  }
});

test('what stays the same keeps its line and its comment', () => {
  const text =
    '[preset.x]\nseed = 1 # the good one\n# between\nprompt = "rain" # wet\nweights = { edge = 0.50 } # half\n';
  expect(withValue(text, ['preset', 'x'], { seed: 2, weights: { edge: 0.5 }, host: 'farm' })).toBe(
    '[preset.x]\nseed = 2 # the good one\n# between\nweights = { edge = 0.50 } # half\nhost = "farm"\n',
  );
});
