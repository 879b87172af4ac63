import { expect, test } from 'vitest';
import { BarFolder } from '../../../extension/src/logs/bars.js';
import { transfer25Log } from '../../support/cosmos-logs/transfer25.js';

function folded(pieces: readonly string[], fromStart = true): string {
  const folder = new BarFolder(fromStart);
  return pieces.map((piece) => folder.push(piece)).join('') + folder.end();
}

test('of each line the last drawing stays, whatever the line ends with', () => {
  expect(folded(['one\r\ntwo\r 10%\r 20%\r\nthree\b\b\n', '\n', 'four 1\rfour 2\r'])).toBe(
    'one\n 20%\nthree\n\nfour 2\n',
  );
});

test('wherever the stream is cut, the same lines come', () => {
  const log = transfer25Log({ samples: [{ name: 'city', chunks: 2 }], steps: 4, ranks: 2 }).join('');
  expect(folded([...log])).toBe(folded([log]));
});

test.each([1, 2, 8])('each chunk has one heading, with %i GPUs that draw at once', (ranks) => {
  const log = folded(transfer25Log({ samples: [{ name: 'city', chunks: 3 }], steps: 6, ranks }));
  const lines = log.split('\n').filter((line) => line.startsWith('▸') || line.startsWith('Generating samples: '));
  const bars = Array.from({ length: ranks }, () => expect.stringContaining('6/6'));
  expect(lines).toEqual(['▸ chunk 1', ...bars, '▸ chunk 2', ...bars, '▸ chunk 3', ...bars]);
});

test('without its beginning nobody knows the number of a chunk', () => {
  const log = folded(transfer25Log({ samples: [{ name: 'city', chunks: 2 }] }), false);
  expect(log).not.toContain('▸');
  expect(log).toContain('35/35');
});

test('a bar that is drawn for ever takes no memory', () => {
  const folder = new BarFolder();
  for (let turn = 0; turn < 20_000; turn++) folder.push(`\rstep ${turn} ${'#'.repeat(50)}`);
  expect(JSON.stringify(folder).length).toBeLessThan(500);
  expect(folder.end()).toContain('step 19999');
});
