import { expect, test } from 'vitest';
import { effects, weightsNote } from '../../../schemas/spec/weight-words.js';
import { formOf } from './facts.js';

const both = { video_path: 'c.mp4', edge: { control_weight: 0.8 }, depth: { control_weight: 0.6 } };

test('transfer2.5 takes weights as they are, and says what they add up to', () => {
  const { controls } = formOf(both);
  expect(effects('transfer2.5', controls)).toMatchObject({
    edge: { value: '0.8', sentence: '' },
    depth: { value: '0.6' },
    seg: { value: '' },
  });
  expect(weightsNote('transfer2.5', controls)).toBe('Weights add up to 1.4 and act as they are.');
});

test('a mask makes it scale them down', () => {
  const { controls } = formOf({ ...both, depth: { control_weight: 0.8, mask_prompt: 'the car' } });
  expect(effects('transfer2.5', controls).edge?.value).toBe('0.5 where all act');
  expect(weightsNote('transfer2.5', controls)).toMatch(/masks make the model scale them to 1/);
});

test('cosmos3: shares of several, and a sentence in place of the slider for a single one', () => {
  const several = formOf({ vision_path: 'c.mp4', edge: { weight: 1 }, blur: { weight: 3 } });
  expect(effects('cosmos3', several.controls)).toMatchObject({ edge: { value: '25 %' }, blur: { value: '75 %' } });
  const single = formOf({ vision_path: 'c.mp4', edge: { weight: 0.2 } });
  expect(effects('cosmos3', single.controls).edge?.sentence).toMatch(/ignores the weight.*control guidance/);
});

test('no control at all holds nothing', () => {
  expect(weightsNote('transfer2.5', formOf({ video_path: 'c.mp4' }).controls)).toMatch(/nothing holds the video/);
});

test('what it says can be said in another language, with the same numbers', () => {
  const say = (sentence: string, ...values: string[]) => `«${sentence.slice(0, 7)}» ${values.join()}`;
  expect(weightsNote('transfer2.5', formOf(both).controls, say)).toBe('«Weights» 1.4');
  const single = formOf({ vision_path: 'c.mp4', edge: { weight: 0.2 } });
  expect(effects('cosmos3', single.controls, say).edge?.sentence).toBe('«The onl» ');
});
