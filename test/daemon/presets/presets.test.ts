import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '../../../daemon/config.js';
import { CosmosError } from '../../../daemon/errors.js';
import { silentLogger } from '../../../daemon/log.js';
import { Presets } from '../../../daemon/presets/presets.js';
import { type Preset, PresetName } from '../../../schemas/index.js';
import { runPython } from '../../support/python.js';
import { tempDir } from '../../support/tmp.js';

/** Presets of a file with this text; without one there is no file yet. */
function presetsOf(text?: string, watches: readonly { path: string; preset: string | null }[] = []) {
  const file = path.join(tempDir(), 'config', 'cosmos.toml');
  const there = text === undefined ? file : path.join(tempDir(), 'cosmos.toml');
  if (text !== undefined) writeFileSync(there, text);
  const presets = new Presets({ file: there, atStart: {}, watches: () => watches, log: silentLogger });
  return { file: there, presets, text: () => readFileSync(there, 'utf8') };
}

function failure(act: () => unknown): CosmosError {
  try {
    act();
  } catch (error) {
    if (error instanceof CosmosError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

const NIGHT: Preset = { engine: 'cosmos3', prompt: 'rain\n"at" night', weights: { edge: 0.6, depth: 'off' }, seed: 7 };

test('the first preset makes the file and its folder, and is found at once', () => {
  const { presets, file, text } = presetsOf();
  expect(presets.list()).toEqual([]);
  const saved = presets.save({ name: 'night', values: NIGHT }, false);
  expect(saved).toEqual({ preset: { name: 'night', values: NIGHT }, file, replaced: false });
  expect(text()).toBe(
    '[preset.night]\nengine = "cosmos3"\nprompt = "rain\\n\\"at\\" night"\nweights = { edge = 0.6, depth = "off" }\nseed = 7\n',
  );
  expect(presets.find('night')).toEqual({ name: 'night', values: NIGHT });
  expect(presets.names()).toEqual(['night']);
});

test('a name that is taken is refused, unless it is to be replaced', () => {
  const before = '# mine\n[preset.night] # approved\nseed = 1 # lucky\n\n[local]\nslots = 2\n';
  const { presets, text } = presetsOf(before);
  expect(failure(() => presets.save({ name: 'night', values: {} }, false))).toMatchObject({
    code: 'wrong_state',
    message: 'There is a preset "night" already; choose another name, or replace it.',
    data: { preset: 'night' },
  });
  expect(text()).toBe(before);
  expect(presets.save({ name: 'night', values: { seed: 2 } }, true).replaced).toBe(true);
  expect(text()).toBe(before.replace('seed = 1', 'seed = 2'));
});

test('a preset that is written in an odd way is replaced by a table when it cannot be changed where it stands', () => {
  const { presets, text } = presetsOf('# a\npreset.night.seed = 1\n# b\n[local]\nslots = 2\n');
  presets.save({ name: 'night', values: {} }, true);
  expect(text()).toBe('# a\n# b\n[local]\nslots = 2\n\n[preset.night]\n');
});

test('what somebody writes by hand is there the next time one asks', () => {
  const { presets, file } = presetsOf('[preset.night]\nseed = 1\n');
  expect(presets.find('night')?.values).toEqual({ seed: 1 });
  writeFileSync(file, '[preset.day]\nseed = 2\n');
  expect(presets.list()).toEqual([{ name: 'day', values: { seed: 2 } }]);
  expect(failure(() => presets.find('dya'))).toMatchObject({ code: 'not_found', data: { near: ['day'] } });
  rmSync(file);
  expect(presets.list()).toEqual([]);
});

test.each([
  ['no TOML', '[preset.night]\nseed = one\n', 2, undefined],
  ['a wrong value', '[preset.night]\nseed = 1\nweights.edge = 3\n', 3, 'preset.night.weights.edge'],
  ['a key that is none', '[local]\nslotz = 2\n', 2, 'local.slotz'],
])('a file with %s is left alone, and its line is named', (_, broken, line, key) => {
  const { presets, file, text } = presetsOf('[preset.night]\nseed = 1\n');
  expect(presets.names()).toEqual(['night']);
  writeFileSync(file, broken);
  const asks = [
    () => presets.list(),
    () => presets.find('night'),
    () => presets.save({ name: 'new', values: {} }, false),
    () => presets.remove('night'),
  ];
  for (const ask of asks) {
    expect(failure(ask)).toMatchObject({
      code: 'config_invalid',
      message: expect.stringContaining(`${file}:${line}`),
      data: { file, line, ...(key && { key }) },
    });
  }
  expect(text()).toBe(broken);
  // What is sent with nobody there goes on with what was there before.
  expect(presets.findAlone('night')?.values).toEqual({ seed: 1 });
  expect(presets.names()).toEqual(['night']);
});

test('a preset is taken out, but not while a watched folder sends with it', () => {
  const before = '[preset.night]\nseed = 1\n\n[preset.day]\nseed = 2\n';
  const { presets, text } = presetsOf(before, [
    { path: '/renders', preset: 'night' },
    { path: '/other', preset: null },
  ]);
  const refused = failure(() => presets.remove('night'));
  expect(refused).toMatchObject({ code: 'wrong_state', data: { preset: 'night', folders: ['/renders'] } });
  expect(refused.message).toContain('/renders');
  expect(text()).toBe(before);
  presets.remove('day');
  expect(text()).toBe('[preset.night]\nseed = 1\n');
  expect(failure(() => presets.remove('day'))).toMatchObject({ code: 'not_found' });
});

test('a folder of cosmos.toml that names the preset keeps it too, also one that is not watched yet', () => {
  const { presets, file } = presetsOf('[[watch]]\npath = "/late"\npreset = "night"\n[preset.night]\n');
  expect(failure(() => presets.remove('night')).message).toContain(`${path.resolve(file, '/late')}`);
});

test.each([
  ['no null', { set: { a: { b: null } } }, 'set.a.b is null, which cosmos.toml cannot say'],
  ['no list that holds one', { set: { a: [1, null] } }, 'set.a.1 is null'],
])('TOML has %s', (_, values, words) => {
  const { presets, file } = presetsOf();
  expect(failure(() => presets.save({ name: 'x', values }, false))).toMatchObject({
    code: 'invalid_params',
    message: expect.stringContaining(words),
  });
  expect(existsSync(file)).toBe(false);
});

test('encoding, line ends and permissions of the file stay', () => {
  const { presets, file } = presetsOf('');
  const text = '# größe\r\n[local]\r\nslots = 2\r\n';
  writeFileSync(file, `\ufeff${text}`, 'utf16le');
  chmodSync(file, 0o640);
  presets.save({ name: 'nacht 日本', values: { seed: 1 } }, false);
  expect(readFileSync(file, 'utf16le')).toBe(`\ufeff${text}\r\n[preset."nacht 日本"]\r\nseed = 1\r\n`);
  expect(statSync(file).mode & 0o777).toBe(0o640);
  presets.remove('nacht 日本');
  expect(readFileSync(file, 'utf16le')).toBe(`\ufeff${text}`);
});

const NAMES = [
  'night',
  'a b',
  'a.b',
  '"',
  "'",
  ']',
  '#',
  '=',
  '\\',
  'constructor',
  'toString',
  '1',
  '日本',
  '🌙',
  'a-b',
];

test('Python reads every name and value as they were meant', async () => {
  const { presets, file } = presetsOf('# mine\n[local]\nslots = 2');
  const set = {
    'a b': [1, { c: [] }, [true, 'x']],
    '': 2 ** 60,
    tiny: 5e-324,
    big: 1e21,
    half: 0.5,
    "it's": '\t',
  };
  for (const [i, name] of NAMES.entries()) presets.save({ name, values: { ...NIGHT, seed: i, set } }, false);
  for (const name of NAMES.slice(0, 3)) presets.remove(name);
  for (const name of NAMES.slice(3, 6)) presets.save({ name, values: { name: '{clip}_"x"', allow_flat: true } }, true);

  const script =
    'import json, sys\ntry: import tomllib\nexcept ImportError: from pip._vendor import tomli as tomllib\n' +
    'print(json.dumps(tomllib.load(open(sys.argv[1], "rb"))))';
  const { stdout, stderr } = await runPython(['-c', script, file]);
  expect(stderr).toBe('');
  const read = JSON.parse(stdout);
  expect(read.local).toEqual({ slots: 2 });
  expect(Object.keys(read.preset).sort()).toEqual(NAMES.slice(3).sort());
  expect(read.preset['\\']).toEqual({ ...NIGHT, seed: NAMES.indexOf('\\'), set });
  expect(read.preset['"']).toEqual({ name: '{clip}_"x"', allow_flat: true });
  expect(loadConfig(file).config.preset).toEqual(read.preset);
});

test.each(NAMES)('%s can be the name of a preset', (name) => expect(PresetName.safeParse(name).success).toBe(true));

test.each(['', ' ', ' a', '--json', 'a ', 'a\nb', 'a\tb', 'a\u0000', '\ud800', '__proto__', 'x'.repeat(101)])(
  '%j cannot',
  (name) => expect(PresetName.safeParse(name).success).toBe(false),
);
