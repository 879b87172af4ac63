import { expect, test } from 'vitest';
import { over, presetOfJob, presetOfOptions } from '../../../../daemon/cli/options/preset-values.js';
import { Preset } from '../../../../schemas/index.js';
import { sampleJob } from '../../../support/samples.js';

test('options become the keys of a preset; fields of the spec that have a key of their own get it', () => {
  const set = { num_steps: 12, guidance: 9.5, sigma_max: 200, negative_prompt: 'blur' };
  const preset = presetOfOptions({ engine: 'cosmos3', seed: 7, set, allowFlat: false, weights: { edge: 'off' } });
  expect(preset).toEqual({
    ...{ engine: 'cosmos3', seed: 7, num_steps: 12, negative_prompt: 'blur' },
    ...{ weights: { edge: 'off' }, allow_flat: false, set: { guidance: 9.5, sigma_max: 200 } },
  });
  expect(Preset.parse(preset)).toEqual(preset);
  expect(presetOfOptions({})).toEqual({});
});

test('a job gives its settings, and its prompt when asked for; its name and where it ran stay its own', () => {
  const { settings } = sampleJob();
  const job = {
    ...settings,
    prompt: 'rain',
    name: 'shot010_seed7',
    host: null,
    weights: {},
    set: { seed: 7, flow: 1 },
  };
  const common = { engine: settings.engine, seed: 7, set: { flow: 1 } };
  expect(presetOfJob(job, false)).toEqual(common);
  expect(presetOfJob({ ...job, host: 'farm', allowFlat: true }, true)).toEqual({
    ...common,
    ...{ host: 'farm', prompt: 'rain', allow_flat: true },
  });
});

test('what is said goes over what there is, hint by hint and field by field', () => {
  const weaker: Preset = { seed: 1, weights: { edge: 0.5, depth: 1 }, set: { seed: 2, flow: 1, shift: 5 } };
  expect(over(weaker, { seed: 3, weights: { depth: 'off' }, set: { flow: 2 } })).toEqual({
    ...{ seed: 3, weights: { edge: 0.5, depth: 'off' }, set: { flow: 2, shift: 5 } },
  });
  expect(over({ set: { seed: 2 } }, { seed: 3 })).toEqual({ seed: 3 });
});
