import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Frame } from '../../../../daemon/host/shell/frame.js';
import { seededRandom } from '../../../support/random.js';

const MARKS = { ready: 'ready ', edge: '\x1eEND ' };

/** What comes out of a frame into which the chunks go, with what it knows then. */
async function framed(chunks: readonly Buffer[]) {
  const frame = new Frame(MARKS);
  const output: Buffer[] = [];
  frame.on('data', (chunk: Buffer) => output.push(chunk));
  for (const chunk of chunks) frame.write(chunk);
  if (frame.exitCode === undefined) frame.end();
  if (!frame.readableEnded) await once(frame, 'end');
  const { before, opening, exitCode } = frame;
  return { output: Buffer.concat(output).toString('latin1'), before, opening, exitCode };
}

function inPieces(text: string, size: number): Buffer[] {
  const bytes = Buffer.from(text, 'latin1');
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) => bytes.subarray(n * size, (n + 1) * size));
}

const NOISE = 'Welcome\nready or not\nready 1 two\nrea';
const OUTPUT = 'a\x1eb\x1eEN\x1eEND\nready 5\n\x1eEND x\n\x1eEND 123456789012345678\n\0\xff\r\n\x1e';

test.each([
  [
    'one that ends',
    `${NOISE}ready 47\n and more\n\x1eEND 0\n${OUTPUT}\x1eEND 3\nbye\n\x1eEND 4\n`,
    { output: OUTPUT, exitCode: 3 },
  ],
  ['one that was killed', `${NOISE}ready 47\n and more\n\x1eEND 0\n${OUTPUT}`, { output: OUTPUT, exitCode: undefined }],
  [
    'one that was killed at its end',
    `${NOISE}ready 47\n and more\n\x1eEND 0\n\x1eEND 3`,
    { output: '\x1eEND 3', exitCode: undefined },
  ],
  ['one that prints nothing', `${NOISE}ready 47\n and more\n\x1eEND 0\n\x1eEND 0\n`, { output: '', exitCode: 0 }],
])('%s, cut at every byte', async (_, text, expected) => {
  for (let at = 0; at <= text.length; at++) {
    const bytes = Buffer.from(text, 'latin1');
    const result = await framed([bytes.subarray(0, at), bytes.subarray(at)]);
    expect(result, `cut at ${at}`).toEqual({ before: `${NOISE} and more\n`, opening: '47', ...expected });
  }
  for (const size of [1, 2, 3, 7]) expect(await framed(inPieces(text, size))).toMatchObject(expected);
});

test('200 random streams come out byte for byte, seed 13', async () => {
  const random = seededRandom(13);
  const pieces = ['\x1e', '\x1eEND', '\x1eEND ', 'ready ', '\n', '0', '\xff', 'x'.repeat(100)];
  const some = (count: number) =>
    Array.from({ length: Math.floor(random() * count) }, () => pieces[Math.floor(random() * pieces.length)]).join('');
  for (let n = 0; n < 200; n++) {
    // Numbers and line ends after a whole mark would be one: that is what the mark is for.
    const [noise, output] = [some(20).replaceAll('ready ', 'r'), some(60).replaceAll('\x1eEND ', '\x1eEND')];
    const text = `${noise}ready 1\n\x1eEND 0\n${output}\x1eEND ${n % 256}\n${some(9)}`;
    const result = await framed(inPieces(text, 1 + Math.floor(random() * 40)));
    expect(result).toMatchObject({ output, exitCode: n % 256 });
  }
});

test('what a script prints is given at once, whatever it ends with', async () => {
  const frame = new Frame(MARKS);
  frame.write('ready 1\n\x1eEND 0\n');
  for (const text of ['a line\n', '50 %\r', 'END', 'no newline, and an e']) {
    frame.write(text);
    await setImmediate();
    expect(String(frame.read())).toBe(text);
  }
});

test('an endless greeting costs no memory, and its last words are kept', async () => {
  const frame = new Frame(MARKS);
  frame.resume();
  const megabyte = Buffer.alloc(2 ** 20, 'Be careful! \r\n');
  for (let n = 0; n < 64; n++) frame.write(megabyte);
  frame.write('last words\n');
  expect(frame.before.length).toBeLessThan(2 ** 14);
  expect(frame.before).toMatch(/careful! \r\n.*last words\n$/s);
});

test('a terminal in between is seen by its carriage return', async () => {
  expect(await framed([Buffer.from('ready 1\r\n\x1eEND 0\r\n\x1eEND 2\r\n')])).toMatchObject({
    opening: '1\r',
    exitCode: 2,
  });
});
