import { expect, test } from 'vitest';
import { BarFolder } from '../../../extension/src/logs/bars.js';
import { firstErrorOf, outlineOf, type Section } from '../../../extension/src/logs/outline.js';
import { cosmos3Log } from '../../support/cosmos-logs/cosmos3.js';
import { transfer25Log } from '../../support/cosmos-logs/transfer25.js';

function linesOf(pieces: readonly string[]): string[] {
  const folder = new BarFolder();
  return (pieces.map((piece) => folder.push(piece)).join('') + folder.end()).split('\n');
}

/** "Model; city(Prompt check, Chunk 1)" */
function titles(sections: readonly Section[]): string {
  const told = ({ title, children }: Section) => (children.length > 0 ? `${title}(${titles(children)})` : title);
  return sections.map(told).join('; ');
}

const TRACEBACK = [
  '[rank0]: Traceback (most recent call last):\n',
  '[rank0]:   File "/app/inference.py", line 3, in <module>\n',
  '[rank0]:     main()\n',
  '[rank0]: torch.OutOfMemoryError: CUDA out of memory.\n',
  'after\n',
];

test('transfer2.5: the samples, their phases and chunks', () => {
  const samples = [
    { name: 'city', chunks: 2 },
    { name: 'street', chunks: 1 },
  ];
  const sections = outlineOf(linesOf(transfer25Log({ samples })));
  const phases = 'Prompt check; Inputs; Chunk 1; Chunk 2; Saving; Video check; Saving';
  expect(titles(sections)).toBe(
    `Packages; Checkpoints; Model; city(${phases}); street(Prompt check; Inputs; Chunk 1; Saving; Video check; Saving)`,
  );
});

test('cosmos3', () => {
  const sections = outlineOf(linesOf(cosmos3Log({ samples: [{ name: 'city', chunks: 2 }] })));
  expect(titles(sections)).toBe('Packages; Model; Checkpoints; Inputs; Chunk 1; Chunk 2; Saving');
});

test('sections lie one behind the other, and inside their sample', () => {
  const lines = linesOf(
    transfer25Log({
      samples: [
        { name: 'city', chunks: 2 },
        { name: 'street', chunks: 1 },
      ],
    }),
  );
  const [packages, checkpoints, model, city, street] = outlineOf(lines);
  expect([packages?.from, packages?.to]).toEqual([0, (checkpoints?.from ?? 0) - 1]);
  expect(model?.to).toBe((city?.from ?? 0) - 1);
  expect(city?.to).toBe((street?.from ?? 0) - 1);
  expect(street?.to).toBe(lines.length - 1);
  expect(city?.children.at(-1)?.to).toBe(city?.to);
});

test('a traceback is a section of its own, named by its exception, and the first error', () => {
  const dies = { chunk: 1, lines: ['\n', ...TRACEBACK] };
  const lines = linesOf(transfer25Log({ samples: [{ name: 'city', chunks: 2, dies }] }));
  const at = lines.findIndex((line) => line.includes('Traceback'));
  const error = outlineOf(lines).at(-1)?.children.at(-1);
  expect(error).toMatchObject({ kind: 'error', from: at, to: at + 3 });
  expect(error?.title).toBe('[rank0]: torch.OutOfMemoryError: CUDA out of memory.');
  expect(firstErrorOf(lines)).toEqual({ line: at, message: '[rank0]: torch.OutOfMemoryError: CUDA out of memory.' });
});

test.each([
  ['a record', '[11-22 10:00:00|ERROR|preview] Sample city failed: no depth', 'Sample city failed: no depth'],
  [
    'a refusal',
    '[11-22 10:00:00|job=|CRITICAL|a.py:1:f] Guardrail blocked generation.',
    'Guardrail blocked generation.',
  ],
  [
    'an exception without frames',
    'huggingface_hub.errors.GatedRepoError: 403',
    'huggingface_hub.errors.GatedRepoError: 403',
  ],
  ['the kernel', 'Killed', 'Killed'],
])('the first error: %s', (_, line, message) => {
  const lines = ['[11-22 10:00:00|INFO|preview] prompt: an ERROR in a street', line, 'ValueError: later'];
  expect(firstErrorOf(lines)).toEqual({ line: 1, message });
});

test('a log in which nothing went wrong has no first error', () => {
  expect(firstErrorOf(linesOf(transfer25Log({ samples: [{ name: 'city', chunks: 2 }] })))).toBeUndefined();
});
