import { expect, test } from 'vitest';
import { type ChoosingClip, SendChoices } from '../../extension/src/send-choices.js';
import type { Clip, JobOptions } from '../../schemas/index.js';

/** Of a workspace that knows these prompts of clips themselves, by path. */
function choicesOf(stored?: unknown) {
  const kept = new Map<string, unknown>(stored === undefined ? [] : [['cosmos.choices', stored]]);
  const get = <T>(key: string, usual?: T) => (kept.has(key) ? (kept.get(key) as T) : usual);
  const update = async (key: string, value: unknown) => void kept.set(key, JSON.parse(JSON.stringify(value)));
  const own = new Map<string, string | null | undefined>();
  const ownPrompt = async ({ path }: ChoosingClip) => (own.has(path) ? own.get(path) : null);
  const choices = new SendChoices({ keys: () => [...kept.keys()], get, update }, ownPrompt);
  return { choices, own, stored: () => kept.get('cosmos.choices') };
}

type Wanted = NonNullable<NonNullable<Clip['manifest']>['wanted']>;

/** The rest of a manifest says nothing here. */
function clip(path: string, wanted?: Wanted, specFile: string | null = null): ChoosingClip {
  return { path, specFile, manifest: wanted === undefined ? null : ({ wanted } as Clip['manifest']) };
}

const [street, alley] = [clip('/out/street'), clip('/out/alley')];
const night: JobOptions = {
  engine: 'cosmos3',
  host: 'gpu1',
  weights: { edge: 0.4, depth: 'off' },
  set: { num_steps: 12 },
};

test('settings go on to the next clip, a prompt stays with its own, also beside one of the same name', async () => {
  const { choices } = choicesOf();
  expect(choices.of(street)).toEqual({});
  await choices.remember(street, { ...night, prompt: 'Rain' });
  await choices.remember(alley, { engine: 'preview' });
  expect(choices.of(street)).toEqual({ engine: 'preview', prompt: 'Rain' });
  expect(choices.of(clip('/other/street'))).toEqual({ engine: 'preview' });
  expect(choices.last).toEqual({ engine: 'preview' });
  await choices.remember(street, night);
  expect(choices.of(street)).toEqual(night);
});

test('what is a decision about one send, and what looks like a secret, is not kept', async () => {
  const { choices, stored } = choicesOf();
  const once: JobOptions = { draft: true, allowFlat: true, priority: 9, tags: ['a'], project: 'lot', seed: 7 };
  await choices.remember(street, { ...once, set: { hf_token: 'x' }, prompt: 'https://me:hunter22@host/video.mp4' });
  expect(choices.of(street)).toEqual({ project: 'lot', seed: 7 });
  expect(JSON.stringify(stored())).not.toMatch(/hf_token|hunter22/);
});

test('a prompt that is the clip’s own is not pinned; a kept one gives way when the clip’s own has changed', async () => {
  const { choices, own } = choicesOf();
  own.set(street.path, 'Snow');
  await choices.remember(street, { engine: 'preview', prompt: ' Snow\n' });
  expect(choices.of(street)).toEqual({ engine: 'preview' });

  await choices.rememberPrompt(street, 'Rain');
  expect(await choices.current(street)).toEqual({
    options: { engine: 'preview', prompt: 'Rain' },
    hasNewPrompt: false,
  });
  own.set(street.path, 'Fog');
  expect(await choices.current(street)).toEqual({ options: { engine: 'preview' }, hasNewPrompt: true });
  for (const unchanged of ['Snow', undefined, null]) {
    own.set(street.path, unchanged); // the same, not known, taken away: nothing new speaks against the person's wish
    expect((await choices.current(street)).options.prompt).toBe('Rain');
  }
});

test('a prompt given to a clip that had none gives way to the first one that it brings', async () => {
  const { choices, own } = choicesOf();
  await choices.rememberPrompt(street, 'Rain');
  own.set(street.path, 'Fog');
  expect((await choices.current(street)).hasNewPrompt).toBe(true);
});

test('what a clip brings itself beats what was chosen for another, or before its scene changed', async () => {
  const { choices } = choicesOf();
  const options: JobOptions = { ...night, preset: 'night' };
  const { preset: _preset, weights: _weights, ...others } = options;
  await choices.remember(street, options);
  expect(choices.of(clip('/out/lot', { weights: { edge: 1 }, preset: 'day' }))).toEqual(others);
  expect(choices.of(clip('/out/lot', { weights: { edge: 1 } }))).toEqual({ ...others, preset: 'night' });
  expect(choices.of(clip('/out/lot', undefined, '/out/lot/lot.json'))).toEqual({ engine: 'cosmos3', host: 'gpu1' });

  const lot = clip('/out/lot', { weights: { edge: 1 } });
  await choices.remember(lot, options);
  expect(choices.of(lot)).toEqual(options);
  expect(choices.of(clip('/out/lot', { weights: { edge: 0.5 } }))).toEqual({ ...others, preset: 'night' });
});

test('another model takes along what every model understands', async () => {
  const { choices } = choicesOf();
  await choices.remember(street, { ...night, preset: 'night' });
  await choices.rememberDestination({ engine: 'cosmos3' });
  expect(choices.last).toEqual({ engine: 'cosmos3', preset: 'night', weights: night.weights, set: night.set });
  await choices.forget('preset');
  expect(choices.last.preset).toBeUndefined();
  await choices.rememberDestination({ engine: 'preview', host: 'local' });
  expect(choices.last).toEqual({ engine: 'preview', host: 'local', weights: night.weights });
});

test('what another version stored is read as far as it is understood', () => {
  const last = {
    engine: 'cosmos9',
    host: 7,
    weights: { edge: 3 },
    seed: -1,
    set: [],
    preset: '',
    project: 'lot',
    x: 1,
  };
  const prompts = [{ clip: '/out/street', text: 'Rain' }, { clip: '/out/alley' }, null, 'Rain'];
  expect(choicesOf({ last, prompts }).choices.of(street)).toEqual({ project: 'lot', prompt: 'Rain' });
  expect(choicesOf({ last: { weights: { wsm: 1 } }, prompts: { street: 'Rain' } }).choices.of(street)).toEqual({});
  for (const broken of [null, 7, 'x', [], { last: [] }]) expect(choicesOf(broken).choices.of(street)).toEqual({});
});

test('the oldest prompts are forgotten', async () => {
  const { choices } = choicesOf();
  for (let n = 0; n <= 200; n++) await choices.rememberPrompt(clip(`/out/${n}`), `Prompt ${n}`);
  expect([0, 1, 200].map((n) => choices.of(clip(`/out/${n}`)).prompt)).toEqual([undefined, 'Prompt 1', 'Prompt 200']);
});
