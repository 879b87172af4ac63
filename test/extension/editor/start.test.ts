/** With what the form of a clip begins. */
import { expect, test } from 'vitest';
import { dearest } from '../../../extension/src/commands/send-fit.js';
import {
  canRun,
  hostChoices,
  modelChoices,
  type Presets,
  presetChoices,
} from '../../../extension/src/editor/choices.js';
import { promptNote } from '../../../extension/src/editor/clip-words.js';
import { NO_PROMPT, ownPromptOf, planClip } from '../../../extension/src/editor/planned.js';
import { giveWay, hasOwnPrompt, startOptions } from '../../../extension/src/editor/start.js';
import { Problem } from '../../../extension/src/problem.js';
import type { Clip, JobOptions } from '../../../schemas/index.js';
import { makeClip, makeHost } from '../../support/messages.js';

const HOSTS = [
  makeHost({ id: 'local', engines: ['preview'], pricePerHour: 0, gpu: null }),
  makeHost({ id: 'h100', engines: ['preview', 'transfer2.5'], pricePerHour: 2.5 }),
];

function start(choices: JobOptions, clip: Partial<Clip> = {}, presets: Presets | null = {}) {
  return startOptions(makeClip({ passes: ['color', 'depth'], ...clip }), choices, { hosts: HOSTS, presets });
}

const manifestOf = (wanted: object) => ({ wanted }) as unknown as Clip['manifest'];

test('the last choices are taken as they are where the clip can take them', () => {
  const choices: JobOptions = {
    ...{ engine: 'transfer2.5', host: 'h100', preset: 'Dusk', prompt: 'Rain', seed: 3 },
    ...{ weights: { depth: 0.4, seg: 'off' }, set: { num_steps: 12, negative_prompt: 'blur' } },
  };
  expect(start(choices, {}, { Dusk: {} })).toEqual({ options: choices, dropped: [] });
  expect(start({})).toEqual({ options: {}, dropped: [] });
});

test.each<[string, JobOptions, Partial<Clip>, JobOptions, RegExp]>([
  ['a host that is gone', { host: 'old' }, {}, {}, /no host old any more/],
  [
    'a host that cannot',
    { host: 'local', engine: 'transfer2.5' },
    {},
    { engine: 'transfer2.5' },
    /local cannot run Transfer 2.5/,
  ],
  ['a model nobody runs', { engine: 'cosmos3' }, {}, {}, /No host here can run Cosmos 3/],
  ['a preset that is gone', { preset: 'Dawn' }, {}, {}, /no preset Dawn any more/],
  [
    'a pass it lacks',
    { weights: { seg: 0.4, depth: 0.2 } },
    {},
    { weights: { depth: 0.2 } },
    /no seg, and Preview does not/,
  ],
  ['fields it does not show', { draft: true, set: { max_frames: 93 } }, {}, {}, /draft, max_frames is left out/],
])('%s is left out with a sentence', (_, choices, clip, left, words) => {
  const { options, dropped } = start(choices, clip);
  expect(options).toEqual(left);
  expect(dropped).toEqual([expect.stringMatching(words)]);
});

test('what is not known yet rules nothing out', () => {
  const choices: JobOptions = { engine: 'cosmos3', host: 'x', preset: 'y' };
  expect(startOptions(makeClip(), choices, { hosts: [], presets: null })).toEqual({ options: choices, dropped: [] });
});

test('a prompt that was only remembered gives way to that of the scene, and not one that a person wrote', () => {
  expect(giveWay({ prompt: 'Last', seed: 1 }, 'Last', true)).toEqual({ seed: 1 });
  expect(giveWay({ prompt: 'Last' }, 'Last', false)).toEqual({ prompt: 'Last' });
  expect(giveWay({ prompt: 'Typed' }, 'Last', true)).toEqual({ prompt: 'Typed' });
  expect(giveWay({ prompt: 'Last' }, undefined, true)).toEqual({ prompt: 'Last' });
  const own = { prompt: 'Scene', source: 'manifest' } as const;
  expect(promptNote({ own, last: 'Last', chosen: undefined })).toEqual({
    note: 'The prompt is that of the scene. It was last sent with another: "Last"',
    action: { action: 'lastPrompt', label: 'Use the Last One' },
  });
  expect(promptNote({ own, last: 'Last', chosen: 'Typed' })?.note).toBe(
    'Your prompt is used instead of that of the scene: "Scene"',
  );
  expect(promptNote({ own, last: 'Scene', chosen: undefined })).toBeNull();
  expect(promptNote({ own: null, last: 'Last', chosen: 'Last' })).toBeNull();
});

test('where a clip may say itself what the video shows', () => {
  const bare = makeClip({ specFile: null, promptFile: null, manifest: null });
  expect(hasOwnPrompt(bare)).toBe(false);
  expect(hasOwnPrompt({ ...bare, promptFile: '/a/prompt.txt' })).toBe(true);
  expect(hasOwnPrompt({ ...bare, manifest: manifestOf({ prompt: 'x' }) })).toBe(true);
});

test('without a prompt, or of a clip that is not ready, the form opens all the same', async () => {
  const asked: unknown[] = [];
  const link = (code: string) => ({
    call: async (method: string, params: { options: JobOptions }) => {
      asked.push([method, params.options.prompt]);
      if (method === 'job.plan') throw new Problem(code, 'why');
      return { text: '{}', report: null, estimate: null };
    },
  });
  const planned = await planClip(link('no_prompt') as never, { id: 'c1' }, {});
  expect([planned.plan, planned.refusal?.code, ownPromptOf(planned)]).toEqual([null, 'no_prompt', null]);
  await planClip(link('clip_not_ready') as never, { id: 'c1' }, { prompt: 'Rain' });
  expect(asked).toEqual([
    ['job.plan', undefined],
    ['spec.compile', NO_PROMPT],
    ['job.plan', 'Rain'],
    ['spec.compile', 'Rain'],
  ]);
  await expect(planClip(link('spec_invalid') as never, { id: 'c1' }, {})).rejects.toThrow('why');
});

test('what cannot be chosen says why', () => {
  const labels = (options: readonly { label: string; selectable: boolean }[]) =>
    options.map(({ label, selectable }) => [label, selectable]);
  expect(labels(modelChoices(HOSTS, 'preview'))).toEqual([
    ['Preview (no GPU)', true],
    ['Transfer 2.5', true],
    ['Cosmos 3: no host here can run it', false],
  ]);
  const drained = makeHost({ id: 'spare', engines: ['transfer2.5'], draining: 'x' });
  const away = makeHost({ id: 'far', engines: ['transfer2.5'], state: 'unreachable', gpu: null, pricePerHour: 0 });
  expect(labels(hostChoices([...HOSTS, drained, away], 'transfer2.5', '').options)).toEqual([
    ['Any host that can run it', true],
    ['local: cannot run Transfer 2.5', false],
    ['h100 · H100 · $2.50 an hour', true],
    ['spare: takes no jobs now', false],
    ['far · unreachable', true],
  ]);
  expect(hostChoices(HOSTS, 'preview', '', 'h100').options[0]?.label).toBe('As asked before: h100');
  expect(presetChoices({}, '', undefined)).toBeNull();
  expect(presetChoices({ Dusk: {} }, 'Dusk', 'Snow')?.options[0]?.label).toBe('As the scene asks: Snow');
  expect([canRun([drained], 'transfer2.5'), dearest([...HOSTS, drained], 'transfer2.5', null)]).toEqual([false, 2.5]);
  expect(dearest(HOSTS, 'preview', 'local')).toBe(0);
  // A job waits for the host that it names, and costs money then.
  expect(dearest([{ ...drained, pricePerHour: 4 }], 'transfer2.5', 'spare')).toBe(4);
});
