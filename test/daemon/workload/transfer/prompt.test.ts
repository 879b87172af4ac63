import { expect, test } from 'vitest';
import { holdReason } from '../../../../daemon/submit/hold.js';
import { choosePrompt } from '../../../../daemon/workload/transfer/prompt.js';
import { resolveSettings } from '../../../../daemon/workload/transfer/settings.js';
import { templates } from '../../../../daemon/workload/transfer/templates.js';
import { choices } from '../../../support/choices.js';

const all = { submit: 'a', spec: 'b', manifest: 'c', 'prompt.txt': 'd', preset: 'e' } as const;
const sources = ['submit', 'spec', 'manifest', 'prompt.txt', 'preset'] as const;

test.each(sources.map((source, i) => [source, sources.slice(i + 1)] as const))('%s beats %j', (source, weaker) => {
  const texts = Object.fromEntries([source, ...weaker].map((one) => [one, all[one]]));
  expect(choosePrompt(texts)).toEqual({
    prompt: all[source],
    promptSource: source,
    promptOverridden: weaker.map((one) => ({ source: one, prompt: all[one] })),
  });
});

test('blank texts say nothing and equal ones are no disagreement', () => {
  const chosen = choosePrompt({ submit: '  \n', manifest: 'Rain', 'prompt.txt': ' Rain\n' });
  expect(chosen).toEqual({ prompt: 'Rain', promptSource: 'manifest', promptOverridden: [] });
});

test('the template of the category comes last; an unknown category is named', () => {
  expect(choosePrompt({}, 'street')).toMatchObject({ prompt: templates.street, promptSource: 'template' });
  expect(choosePrompt({})).toMatchObject({ prompt: templates.generic });
  expect(() => choosePrompt({}, 'underwater')).toThrow(/no template "underwater": .* street, interior/);
  expect(() => choosePrompt({}, 'constructor')).toThrow(/no template/);
});

test('a template prompt is held for every engine but a preview that costs nothing', () => {
  const preview = resolveSettings(choices());
  const model = resolveSettings(choices({ options: { engine: 'transfer2.5' } }));
  expect(holdReason(preview, 0)).toBeNull();
  expect(holdReason(preview, 2)).toMatch(/cosmos job release/);
  expect(holdReason(model, 0)).toMatch(/^Template prompt: /);
  expect(holdReason({ ...model, promptSource: 'submit' }, 9)).toBeNull();
});
