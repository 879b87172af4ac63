import { describe, expect, it } from 'vitest';
import { LogLines } from '../../../daemon/workload/log-lines.js';

const LOG = Buffer.from('eins\rzwei\r\n\nGrüße 火\nfünf');

describe('LogLines', () => {
  it('gives whole lines, ended by \\n or \\r, with the byte at which they begin', () => {
    const lines = new LogLines();
    expect(lines.push(LOG)).toEqual([
      { text: 'eins', at: 0 },
      { text: 'zwei', at: 5 },
      { text: 'Grüße 火', at: 12 },
    ]);
    expect(lines.push(Buffer.from('!\n'))).toEqual([{ text: 'fünf!', at: LOG.indexOf('fünf') }]);
  });

  it.each([1, 2, 3, 5, 7])('does not care where the bytes are cut (%i at a time)', (size) => {
    const whole = new LogLines().push(LOG);
    const lines = new LogLines();
    const pieces = Array.from({ length: Math.ceil(LOG.length / size) }, (_, index) =>
      LOG.subarray(index * size, (index + 1) * size),
    );
    expect(pieces.flatMap((piece) => lines.push(piece))).toEqual(whole);
  });

  it('does not keep the bytes of its caller, who may use the buffer again', () => {
    const lines = new LogLines();
    const buffer = Buffer.from('begun ');
    lines.push(buffer);
    buffer.fill('x');
    expect(lines.push(Buffer.from('well\n'))).toEqual([{ text: 'begun well', at: 0 }]);
  });

  it('cuts a line without end at 64 KiB and goes on counting', () => {
    const lines = new LogLines();
    const found = lines.push(Buffer.from(`${'a'.repeat(70_000)}\nb\n`));
    expect(found.map(({ text, at }) => [text.length, at])).toEqual([
      [65_536, 0],
      [4464, 65_536],
      [1, 70_001],
    ]);
  });
});

it('bytes that nobody has are skipped: a line cut by them is none, and places stay those of the log', () => {
  const lines = new LogLines();
  expect(lines.push(Buffer.from('one\nhal'))).toEqual([{ text: 'one', at: 0 }]);
  lines.skip(1000);
  expect(lines.rest()).toBeUndefined();
  expect(lines.push(Buffer.from('f\ntwo\n'))).toEqual([
    { text: 'f', at: 1007 },
    { text: 'two', at: 1009 },
  ]);
});
