import { expect, test } from 'vitest';
import { compileSpec } from '../../../../daemon/workload/transfer/compile.js';
import { type ControlQuestion, controlsOutlook, overPresets } from '../../../../daemon/workload/transfer/controls.js';
import { resolveSettings } from '../../../../daemon/workload/transfer/settings.js';
import { EngineName, type HintKey, type PassName } from '../../../../schemas/index.js';
import { blockOf, blocksIn, dialectOf } from '../../../../schemas/spec/dialect.js';
import { choices } from '../../../support/choices.js';

const rendered: PassName[] = ['color', 'depth', 'seg'];

function row(hint: HintKey, question: Partial<ControlQuestion>) {
  const { controls } = controlsOutlook({ engine: 'transfer2.5', passes: rendered, weights: {}, ...question });
  return controls.find((control) => control.hint === hint);
}

test('where a control comes from', () => {
  expect(row('depth', {})).toMatchObject({ on: true, source: 'render', sourceSays: 'from render', weight: 0.5 });
  expect(row('edge', {})).toMatchObject({ on: false, source: 'computed', sourceSays: 'computed by the model' });
  expect(row('depth', { engine: 'cosmos3', passes: ['color'] })).toMatchObject({
    source: 'unavailable',
    sourceSays: 'unavailable: Cosmos 3 needs a rendered depth pass',
  });
  expect(row('edge', { passes: ['depth'] })?.sourceSays).toMatch(/no color pass/);
});

test('what is not asked for is the preset, then the default', () => {
  const presets = [{ weights: { edge: 0.3 } }, { engine: 'cosmos3', weights: { edge: 0.9, vis: 'off' } }] as const;
  const asked = { passes: rendered, weights: { depth: 0.7 } };
  expect(overPresets(asked, presets)).toEqual({
    engine: 'cosmos3',
    passes: rendered,
    weights: { edge: 0.3, vis: 'off', depth: 0.7 },
  });
  expect(overPresets({ ...asked, engine: 'transfer2.5' }, presets).engine).toBe('transfer2.5');
  expect(overPresets({ passes: rendered }, [{}]).engine).toBe('preview');
});

test('off is not 0, and what is off says nothing about its weight', () => {
  expect(row('depth', { weights: { depth: 'off' } })).toMatchObject({ on: false, effective: '' });
  expect(row('depth', { weights: { depth: 0 } })).toMatchObject({ on: true, effective: '0' });
});

test('the engine that ignores the weight of a single control says so in place of its slider', () => {
  const weights = { edge: 0.2, depth: 'off', seg: 'off' } as const;
  expect(row('edge', { engine: 'cosmos3', weights })?.instead).toMatch(/ignores the weight/);
  expect(row('edge', { engine: 'cosmos3', weights: { ...weights, seg: 0.6 } })).toMatchObject({
    instead: '',
    effective: '25 %',
  });
});

test.each(EngineName.options)('%s: what the rows say is on is what the spec has', (engine) => {
  const dialect = dialectOf(engine);
  for (const weights of [{}, { edge: 0.4 }, { depth: 'off', seg: 'off' }, { vis: 0 }] as const) {
    const { object } = compileSpec({
      settings: resolveSettings(choices({ options: { engine, weights, prompt: 'Rain' } })),
      ...{ dialect, passes: rendered, size: null, base: null },
    });
    const on = controlsOutlook({ engine, passes: rendered, weights }).controls.filter((control) => control.on);
    expect(on.map(({ hint }) => blockOf(hint, dialect)).sort()).toEqual([...blocksIn(object, dialect)].sort());
  }
});
