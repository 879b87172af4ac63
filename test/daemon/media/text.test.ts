import { describe, expect, it } from 'vitest';
import { drawText, type TextOptions, textSize } from '../../../daemon/media/text.js';

/** The frame as a picture: # where a pixel has the text's colour, o where it has the background's, else a dot. */
function picture(text: string, width: number, height: number, options: TextOptions = {}): string[] {
  const frame = Buffer.alloc(width * height * 3);
  drawText(frame, width, height, text, { ...options, color: [255, 255, 255] });
  const rows = Array.from({ length: height }, (_, y) => frame.subarray(y * width * 3, (y + 1) * width * 3));
  return rows.map((row) =>
    Array.from({ length: width }, (_, x) => ({ 0: '.', 255: '#' })[row.readUInt8(x * 3)] ?? 'o').join(''),
  );
}

describe('drawText', () => {
  it('draws a word, letter by letter', () => {
    expect(picture('Hi!', 17, 7)).toEqual([
      '#...#...#.....#..',
      '#...#.........#..',
      '#...#..##.....#..',
      '#####...#.....#..',
      '#...#...#.....#..',
      '#...#...#........',
      '#...#..###....#..',
    ]);
  });

  it('scales, aligns and fills a box around the text', () => {
    const scaled = picture('-', 14, 18, { x: 12, y: 2, scale: 2, align: 'right', background: [9, 9, 9] });
    expect(scaled[0]).toBe('oooooooooooooo');
    expect(scaled[8]).toBe('oo##########oo');
    expect(scaled[9]).toBe('oo##########oo');
    expect(scaled[10]).toBe('oooooooooooooo');
    expect(picture('|', 11, 7, { x: 5, align: 'center' })[3]).toBe('.....#.....');
  });

  it('cuts off what lies outside the frame', () => {
    expect(picture('HH', 6, 4, { x: -3, y: -3 })).toEqual(['##.###', '.#.#..', '.#.#..', '.#.#..']);
  });

  it('drops accents and shows a box for what it cannot write', () => {
    expect(picture('é', 5, 7)).toEqual(picture('e', 5, 7));
    expect(picture('火', 5, 7)[0]).toBe('#####');
    expect(picture('火', 5, 7)[3]).toBe('#...#');
  });

  it('has a glyph of its own for every printable ASCII character', () => {
    const all = Array.from({ length: 95 }, (_, index) => picture(String.fromCharCode(32 + index), 5, 7).join('\n'));
    expect(new Set(all).size).toBe(95);
  });
});

describe('textSize', () => {
  it('is the size in pixels without air after the last letter', () => {
    expect(textSize('ab', 3)).toEqual({ width: 33, height: 21 });
    expect(textSize('')).toEqual({ width: 0, height: 7 });
  });
});
