import { expect, test } from 'vitest';
import { safeName } from '../../../../daemon/workload/transfer/output-name.js';
import { resolveSettings } from '../../../../daemon/workload/transfer/settings.js';
import { choices } from '../../../support/choices.js';

const preset = {
  name: 'wet',
  values: { engine: 'transfer2.5', seed: 7, num_steps: 20, weights: { edge: 0.2, depth: 0.3 } },
} as const;
const hand = {
  file: '/c/lot.json',
  dialect: 'transfer2.5',
  object: { name: 'hand', seed: 5, edge: { control_weight: 0.9 } },
  prompt: 'By hand',
} as const;

test('options beat manifest beats preset beats defaults', () => {
  const settings = resolveSettings(
    choices({
      options: { weights: { edge: 'off' }, set: { num_steps: 9 } },
      wanted: { weights: { depth: 0.6, color: 1 } },
      preset,
      defaults: { engine: 'preview', guidance: 4, seed: 1, host: 'farm' },
    }),
  );
  expect(settings).toMatchObject({ engine: 'transfer2.5', host: 'farm', preset: 'wet', name: 'lot' });
  expect(settings.weights).toEqual({ edge: 'off', depth: 0.6 });
  expect(settings.set).toEqual({ seed: 7, num_steps: 9, guidance: 4 });
});

test('a hand-written spec keeps its own fields; only options go over it', () => {
  const settings = resolveSettings(choices({ hand, preset, options: { seed: 8 }, wanted: { weights: { edge: 0.1 } } }));
  expect(settings).toMatchObject({ name: 'hand', prompt: 'By hand', promptSource: 'spec', weights: { edge: 0.9 } });
  expect(settings.set).toEqual({ seed: 8 });
});

test('a hand-written spec of the other dialect is refused with the engine that reads it', () => {
  expect(() => resolveSettings(choices({ hand, options: { engine: 'cosmos3' } }))).toThrow(
    '/c/lot.json is written for Transfer 2.5, which Cosmos 3 does not read: choose Preview or Transfer 2.5.',
  );
});

test('a hand-written spec goes to the engine that reads it where nobody chose one', () => {
  const cosmos3 = { ...hand, dialect: 'cosmos3' } as const;
  expect(resolveSettings(choices({ hand: cosmos3, defaults: { engine: 'preview' } })).engine).toBe('cosmos3');
  expect(resolveSettings(choices({ hand, defaults: { engine: 'cosmos3' } })).engine).toBe('transfer2.5');
  expect(resolveSettings(choices({ hand, defaults: { engine: 'preview' } })).engine).toBe('preview');
  expect(() => resolveSettings(choices({ hand: cosmos3, preset }))).toThrow('choose Cosmos 3');
});

test('a draft is one chunk and few steps, unless the person says otherwise', () => {
  expect(resolveSettings(choices({ preset, options: { draft: true } })).set).toMatchObject({
    max_frames: 93,
    num_steps: 12,
  });
  const set = { num_steps: 20 };
  expect(resolveSettings(choices({ options: { draft: true, set } })).set).toMatchObject({
    max_frames: 93,
    num_steps: 20,
  });
});

test('the name template is filled and made safe', () => {
  const name = '{clip} {engine}/{seed}';
  expect(resolveSettings(choices({ name: 'Straße 1', defaults: { name }, suffix: '_edge0-3' })).name).toBe(
    'Stra_e_1_preview_2025_edge0-3',
  );
});

test.each([
  ['../../etc', 'etc'],
  ['Café.v2', 'Cafe_v2'],
  ['con', 'con_'],
  ['-x', 'x'],
])('%j is named %j', (wanted, name) => {
  expect(safeName(wanted)).toBe(name);
});

test('a name without any safe letter still differs from others', () => {
  expect(safeName('街')).toMatch(/^clip-[0-9a-f]{6}$/);
  expect(safeName('街')).not.toBe(safeName('道'));
});

test('flat passes are allowed by an option, else by the preset, else by the defaults', () => {
  const allowed = (...parts: Parameters<typeof choices>) => resolveSettings(choices(...parts)).allowFlat;
  const values = { allow_flat: true };
  expect(allowed({})).toBeUndefined();
  expect(allowed({ options: { allowFlat: true } })).toBe(true);
  expect(allowed({ preset: { name: 'one', values } })).toBe(true);
  expect(allowed({ defaults: values })).toBe(true);
  expect(allowed({ preset: { name: 'one', values: { allow_flat: false } }, defaults: values })).toBeUndefined();
  expect(allowed({ options: { allowFlat: false }, preset: { name: 'one', values } })).toBeUndefined();
});
