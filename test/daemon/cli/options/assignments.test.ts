import { expect, test } from 'vitest';
import { axis, setting, weight } from '../../../../daemon/cli/options/assignments.js';

test('weights collect over repeated options', () => {
  expect(weight('depth=1', weight('edge=0.5'))).toEqual({ edge: 0.5, depth: 1 });
  expect(weight('vis=off')).toEqual({ vis: 'off' });
});

test.each(['edge=1.5', 'edge=-0.1', 'edge=', 'edge=half', 'edge'])('the weight %s is refused', (text) => {
  expect(() => weight(text)).toThrow();
});

test('an unknown hint is refused with the known ones, and blur is explained', () => {
  expect(() => weight('color=1')).toThrow('use edge, depth, seg, vis');
  expect(() => weight('blur=1')).toThrow('blur is called vis here');
});

test('values are JSON when they parse, else text', () => {
  const values = ['num_steps=12', 'resolution=720', 'flag=true', 'text=a b', 'list=[1,2]', 'eq=a=b'];
  expect(values.reduce((before, text) => setting(text, before), {})).toEqual({
    num_steps: 12,
    resolution: 720,
    flag: true,
    text: 'a b',
    list: [1, 2],
    eq: 'a=b',
  });
});

test('a sweep is a list of values, or a JSON array when values hold commas', () => {
  expect(axis('edge=0.3,0.6', axis('seed=1, 2,3'))).toEqual({ seed: [1, 2, 3], edge: [0.3, 0.6] });
  expect(axis('prompt=["rain, dusk","noon"]')).toEqual({ prompt: ['rain, dusk', 'noon'] });
});

test.each(['seed', '=1', 'seed=', 'seed=1,,2', 'seed=[]'])('the sweep %s is refused', (text) => {
  expect(() => axis(text)).toThrow();
});
