import { expect, test } from 'vitest';
import { CosmosError } from '../../../../../daemon/errors.js';
import { specOf, translated } from './translated.js';

const sample = { name: 'a', prompt: 'a street', video_path: 'render.mp4', edge: { control_path: 'passes/edge.mp4' } };

function caught(work: () => unknown): CosmosError {
  try {
    work();
  } catch (error) {
    if (error instanceof CosmosError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

test('a source that NVIDIA refuses is refused with its complaints', () => {
  const error = caught(() => translated({ ...sample, guidance: 9, sigma: 1 }, 'cosmos3'));
  expect(error.code).toBe('spec_invalid');
  expect(error.message).toBe(
    '/clips/street.json cannot be translated: Transfer 2.5 itself does not accept it. Correct it first.',
  );
  expect(error.data.issues).toMatchObject([{ path: ['guidance'] }, { path: ['sigma'] }]);
});

test('so is a text that is no JSON', () => {
  expect(caught(() => translated('{', 'cosmos3')).data.issues).toMatchObject([{ code: 'JSONDecodeError' }]);
});

test('a .jsonl becomes a .jsonl, and losses say which sample they are about', () => {
  const lines = [sample, { ...sample, name: 'b', sigma_max: '80' }].map((one) => JSON.stringify(one)).join('\n');
  const { text, losses, report } = translated(lines, 'cosmos3', { file: 'street.jsonl' });
  expect(text.split('\n').map((line) => line && JSON.parse(line).name)).toEqual(['a', 'b', '']);
  expect(losses.filter(({ path }) => path[0] === 'sigma_max')).toMatchObject([{ sample: 1 }]);
  expect(report).toMatchObject({ file: '/clips/street.cosmos3.jsonl', ok: true });
});

test('characters at which Python ends a line do not break a .jsonl', () => {
  const source = JSON.stringify({ ...sample, prompt: 'one\u2028two\u0085three' });
  const { text, report } = translated(source.replace('\u0085', '\\u0085').replace('\u2028', '\\u2028'), 'cosmos3', {
    file: 'street.jsonl',
  });
  expect(text).toContain('one\\u2028two\\u0085three');
  expect(report.nvidia).toBe('accepts');
});

test('YAML is read, JSON is written', () => {
  const yaml = 'name: a\nprompt: a street\nvision_path: render.mp4\nblur: {}\n';
  const result = translated(yaml, 'transfer2.5', { file: 'street.yaml' });
  expect(specOf(result)).toMatchObject({ name: 'a', vis: {} });
  expect(result.report.file).toBe('/clips/street.transfer2.5.json');
});

test('paths still name the same files when the result lies elsewhere', () => {
  const result = translated({ ...sample, edge: { control_path: '/abs/edge.mp4' } }, 'cosmos3', {
    output: '/clips/new/deep/street.json',
  });
  expect(specOf(result)).toMatchObject({
    vision_path: '../../render.mp4',
    edge: { control_path: '/abs/edge.mp4' },
  });
});

test.each([
  ['/clips/out.yaml', 1, 'ends in .json or .jsonl.'],
  ['/clips/out.json', 2, 'ends in .jsonl, as there are 2 samples in it.'],
])('%s is no name for %d samples', (output, count, words) => {
  const lines = Array.from({ length: count }, (_, index) => JSON.stringify({ ...sample, name: `a${index}` }));
  const error = caught(() => translated(lines.join('\n'), 'cosmos3', { file: 'street.jsonl', output }));
  expect(error.code).toBe('usage');
  expect(error.message).toContain(words);
});
