import { expect, test } from 'vitest';
import { SendChoices } from '../../extension/src/send-choices.js';

const memento = () => {
  const kept = new Map<string, unknown>();
  const get = <T>(key: string, usual?: T) => (kept.has(key) ? (kept.get(key) as T) : usual);
  return {
    keys: () => [...kept.keys()],
    get,
    update: async (key: string, value: unknown) => void kept.set(key, value),
  };
};

test('settings go on to the next clip, a prompt stays with its own', async () => {
  const choices = new SendChoices(memento() as never);
  expect(choices.of({ name: 'street' })).toEqual({});
  await choices.remember({ name: 'street' }, { engine: 'cosmos3', weights: { edge: 0.4 }, prompt: 'Rain' });
  await choices.remember({ name: '__proto__' }, { engine: 'preview' });
  expect(choices.of({ name: 'street' })).toEqual({ engine: 'preview', prompt: 'Rain' });
  expect(choices.of({ name: 'alley' })).toEqual({ engine: 'preview' });
  expect(choices.of({ name: 'toString' })).toEqual({ engine: 'preview' });
});
