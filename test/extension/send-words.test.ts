/** What the paper plane keeps of the last choices, and what it says that it does. */
import { expect, test } from 'vitest';
import type { Bridge } from '../../extension/src/bridge.js';
import { fittingPlace, fittingWeights } from '../../extension/src/commands/send-fit.js';
import { needsPrompt, type Wish, wishOf, withPrompt } from '../../extension/src/commands/send-wish.js';
import { planeWords, sentWords } from '../../extension/src/commands/send-words.js';
import { Problem } from '../../extension/src/problem.js';
import type { Current } from '../../extension/src/send-choices.js';
import type { JobOptions, Plan } from '../../schemas/index.js';
import { makeClip, makeHost } from '../support/messages.js';

const local = makeHost({ id: 'local', kind: 'local', engines: ['preview'], pricePerHour: 0 });
const gpu1 = makeHost({ engines: ['transfer2.5', 'cosmos3'] });
const gpu2 = makeHost({ id: 'gpu2', engines: ['transfer2.5'] });
const all = [local, gpu1, gpu2];

test('a host or a model that is gone is asked for again, and why', () => {
  const cosmos3 = { engine: 'cosmos3', host: 'gpu1' } as const;
  expect(fittingPlace({}, all)).toEqual({ engine: undefined, host: undefined, lost: '' });
  expect(fittingPlace(cosmos3, all)).toEqual({ ...cosmos3, lost: '' });
  expect(fittingPlace({ engine: 'preview' }, all)).toEqual({ engine: 'preview', host: null, lost: '' });
  const asked = (place: Parameters<typeof fittingPlace>[0], hosts = all) => {
    const { engine, host, lost } = fittingPlace(place, hosts);
    return [engine, host, lost];
  };
  const transfer = (host: string) => ({ engine: 'transfer2.5', host }) as const;
  expect([
    asked(cosmos3, [local, gpu2]),
    asked(cosmos3, [local, { ...gpu1, draining: 'service' }]),
    asked(transfer('gpu9')),
    asked(transfer('gpu1'), [{ ...gpu1, draining: 'service' }, gpu2]),
    asked(transfer('local')),
  ]).toEqual([
    [undefined, undefined, 'No host can run Cosmos 3 at the moment, which was chosen last.'],
    [undefined, undefined, 'No host can run Cosmos 3 at the moment, which was chosen last.'],
    ['transfer2.5', undefined, 'There is no host gpu9 any more, which was chosen last.'],
    ['transfer2.5', undefined, 'gpu1, which was chosen last, takes no jobs at the moment.'],
    ['transfer2.5', undefined, 'local, which was chosen last, does not run Transfer 2.5 any more.'],
  ]);
});

test('a control goes that the clip has no pass for and the model does not compute', () => {
  const weights = { edge: 0.4, depth: 0.5, seg: 'off' } as const;
  const color = { passes: ['color'] as const };
  expect(fittingWeights(weights, 'preview', { passes: [...color.passes] })).toEqual({
    weights: { edge: 0.4, seg: 'off' },
    lost: ['depth'],
  });
  expect(fittingWeights(weights, 'transfer2.5', { passes: ['color'] }).lost).toEqual([]);
  expect(fittingWeights(weights, 'cosmos3', { passes: ['color', 'depth'] })).toEqual({ weights, lost: [] });
  expect(fittingWeights({ depth: 1 }, 'cosmos3', { passes: ['color'] })).toEqual({
    weights: undefined,
    lost: ['depth'],
  });
});

const street = makeClip({ id: 'c1', name: 'street', passes: ['color'], state: 'ready' });
const target = { id: street.id, clip: street };

interface Told {
  readonly last?: JobOptions;
  readonly current?: Partial<Current>;
  /** What the daemon answers to a plan. */
  readonly plan?: (options: JobOptions) => Partial<Plan>;
}

/** With these choices and this daemon; what it was asked for, and what was forgotten. */
function bridgeOf({ last = {}, current = {}, plan = () => ({}) }: Told) {
  const planned: JobOptions[] = [];
  const forgotten: string[] = [];
  const call = async (_method: string, { options }: { options: JobOptions }) => {
    planned.push(options);
    const { engine = 'preview', host = null, prompt } = options;
    const check = { ok: true, issues: [] };
    const promptSource = prompt === undefined ? 'template' : 'submit';
    return {
      plans: [{ name: 'street', engine, host, prompt, promptSource, check, wouldHold: null, ...plan(options) }],
    };
  };
  const choices = {
    last,
    current: async () => ({ options: last, hasNewPrompt: false, ...current }),
    forget: async (field: string) => void forgotten.push(field),
  };
  return { bridge: { link: { call }, choices } as unknown as Bridge, planned, forgotten };
}

const said = (wish: Wish, hosts = all) => sentWords([wish], hosts, () => false);
const notOk = { check: { ok: false, issues: [{ severity: 'error', message: 'no num_steps' }] } } as unknown as Plan;

test('a clip goes with the last choices, and says which', async () => {
  const last: JobOptions = {
    engine: 'transfer2.5',
    host: 'gpu1',
    weights: { edge: 0.4 },
    prompt: 'Rain',
    preset: 'wet',
  };
  const { bridge } = bridgeOf({ last });
  const wish = await wishOf(bridge, target, { engine: 'transfer2.5', host: 'gpu1' });
  expect(wish.options).toEqual(last);
  expect(said(wish)).toBe('street goes to Transfer 2.5 on gpu1, edge 0.4, preset wet, with its last prompt.');
  expect(said(wish, [{ ...gpu1, state: 'unreachable' }])).toContain(
    '. gpu1 cannot be reached at the moment: the job waits for it.',
  );
  expect(planeWords(street, last, all)).toBe('Transfer 2.5 on gpu1, edge 0.4, preset wet, with its last prompt');
});

test('nothing chosen yet: what the clip brings decides', async () => {
  const { bridge } = bridgeOf({});
  expect(said(await wishOf(bridge, target, { engine: 'preview', host: undefined }))).toBe(
    'street goes to Preview on local, with a template for a prompt.',
  );
  const words: Record<string, string> = {};
  for (const promptSource of ['spec', 'manifest', 'prompt.txt', 'preset', 'dream'] as const) {
    const { bridge: other } = bridgeOf({ plan: () => ({ promptSource }) });
    words[promptSource] = said(await wishOf(other, target, { engine: 'transfer2.5', host: undefined }));
  }
  const start = 'street goes to Transfer 2.5 on gpu1 or gpu2, whichever is free first';
  expect(words).toEqual({
    spec: `${start}, with the prompt of its spec.`,
    manifest: `${start}, with the prompt of its scene.`,
    'prompt.txt': `${start}, with the prompt in prompt.txt.`,
    preset: `${start}, with the prompt of the preset.`,
    dream: `${start}.`,
  });
  expect(planeWords(street, {}, all)).toBe('');
  expect(planeWords(street, { engine: 'preview', host: 'gone' }, all)).toBe(''); // a person is asked
  expect(planeWords(street, { engine: 'preview', weights: { edge: 0.4, depth: 1 } }, all)).toBe(
    'Preview on local, edge 0.4',
  );
  expect(planeWords(street, { engine: 'cosmos3' }, [local])).toBe('');
});

test('a new prompt of the clip, and a pass that it lacks, are told', async () => {
  const last: JobOptions = { engine: 'preview', weights: { depth: 0.5 } };
  const { bridge } = bridgeOf({
    current: { options: last, hasNewPrompt: true },
    plan: () => ({ promptSource: 'manifest' }),
  });
  const wish = await wishOf(bridge, target, { engine: 'preview', host: undefined });
  expect(wish.options).toEqual({ engine: 'preview' });
  expect(said(wish)).toBe(
    'street goes to Preview on local, with the prompt of its scene. street brings a new prompt of its own: it is used. ' +
      'street has no depth: sent without.',
  );
});

test('another model than the last one gets no settings of that one', async () => {
  const last: JobOptions = {
    engine: 'cosmos3',
    host: 'gpu1',
    weights: { edge: 1 },
    set: { guidance: 3 },
    preset: 'wet',
  };
  const { bridge } = bridgeOf({ last });
  const { options } = await wishOf(bridge, target, { engine: 'preview', host: undefined });
  expect(options).toEqual({ engine: 'preview', weights: { edge: 1 } });
});

test('a preset that is gone, settings that do not fit and a spec for another model cost a choice, and not the send', async () => {
  const place = { engine: 'cosmos3', host: 'gpu1' } as const;
  const gone = bridgeOf({
    last: { ...place, preset: 'wet' },
    plan({ preset }) {
      if (preset !== undefined) throw new Problem('not_found', 'There is no preset "wet".', [], { preset });
      return {};
    },
  });
  const wish = await wishOf(gone.bridge, target, place);
  expect([wish.options, wish.notes]).toEqual([place, ['There is no preset wet any more: sent without.']]);
  expect(gone.forgotten).toEqual(['preset']);

  const unfit = bridgeOf({ last: { ...place, set: { num_steps: 5 } }, plan: ({ set }) => (set ? notOk : {}) });
  expect((await wishOf(unfit.bridge, target, place)).notes).toEqual([
    'The last settings (num_steps) do not fit street: no num_steps',
  ]);
  const innocent = bridgeOf({ last: { ...place, set: { num_steps: 5 } }, plan: () => notOk });
  expect((await wishOf(innocent.bridge, target, place)).notes).toEqual([]);

  const spec = bridgeOf({
    last: place,
    plan({ engine }) {
      const data = { dialect: 'transfer2.5', engine: 'cosmos3' };
      if (engine === 'cosmos3') throw new Problem('spec_invalid', 'is written for transfer2.5', [], data);
      return {};
    },
  });
  const other = await wishOf(spec.bridge, { id: '/in/lot.json', clip: null }, place);
  expect(other.options).toEqual({ engine: 'transfer2.5' });
  expect(other.notes).toEqual(['lot.json has a spec for Transfer 2.5, which Cosmos 3 does not read.']);

  const busy = bridgeOf({
    last: place,
    plan: () => {
      throw new Problem('clip_not_ready', 'street is not ready.');
    },
  });
  await expect(wishOf(busy.bridge, target, place)).rejects.toThrow('street is not ready.');
});

test('a person is asked for a prompt where nothing gives one, or where a template would be held', async () => {
  const place = { engine: 'transfer2.5', host: 'gpu1' } as const;
  const nothing = bridgeOf({
    plan({ prompt }) {
      if (prompt === undefined) throw new Problem('no_prompt', 'Nothing gives a prompt.');
      return {};
    },
  });
  const wish = await wishOf(nothing.bridge, target, place);
  expect(needsPrompt(wish)).toBe(true);
  expect(needsPrompt(await withPrompt(nothing.bridge, wish, 'Rain'))).toBe(false);
  const held = bridgeOf({ plan: ({ prompt }) => ({ wouldHold: prompt === undefined ? 'a template' : null }) });
  expect(needsPrompt(await wishOf(held.bridge, target, place))).toBe(true);
  expect(needsPrompt(await wishOf(bridgeOf({}).bridge, target, place))).toBe(false);
});

test('several are one sentence, each with its own prompt', async () => {
  const { bridge } = bridgeOf({ last: { engine: 'preview', prompt: 'Rain' } });
  const wish = await wishOf(bridge, target, { engine: 'preview', host: undefined });
  expect(sentWords([wish, wish], all, () => false)).toBe('2 clips go to Preview on local, each with its own prompt.');
  expect(sentWords([wish, wish], all, () => true)).toBe('2 clips go to Preview on local.');
});
