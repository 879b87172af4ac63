import { describe, expect, it } from 'vitest';
import { drawText } from '../../../../daemon/media/text.js';
import { BAND_COLORS, bandHeight, drawMark, MARK } from '../../../../daemon/workload/preview/mark.js';

function marked(width: number, height: number): Buffer {
  const frame = Buffer.alloc(width * height * 3, 128);
  drawMark(frame, { width, height });
  return frame;
}

function isLit(frame: Buffer, pixel: number): boolean {
  return BAND_COLORS[0].every((value, channel) => frame[pixel * 3 + channel] === value);
}

/** The lit pixels of the words alone, drawn by hand at the same place. */
function words(text: string, width: number, height: number, scale: number): number[] {
  const frame = Buffer.alloc(width * height * 3);
  drawText(frame, width, height, text, { x: 3 * scale, y: 3 * scale, scale, color: BAND_COLORS[0] });
  return Array.from({ length: width * height }, (_, pixel) => pixel).filter((pixel) => isLit(frame, pixel));
}

describe('drawMark', () => {
  it.each([
    [256, 144, 1],
    [640, 360, 2],
    [1280, 720, 4],
  ])('writes the whole sentence into %i x %i, larger in larger frames', (width, height, scale) => {
    const frame = marked(width, height);
    const above = width * (height - bandHeight({ width, height }));
    const lit = Array.from({ length: above }, (_, pixel) => pixel).filter((pixel) => isLit(frame, pixel));
    expect(lit).toEqual(words(MARK, width, height, scale));
  });

  it('keeps the first word where the sentence does not fit', () => {
    const frame = marked(96, 64);
    for (const pixel of words('PREVIEW', 96, 64, 1)) expect(isLit(frame, pixel)).toBe(true);
  });

  it('stripes the lower edge and leaves the picture between alone', () => {
    const frame = marked(256, 144);
    const last = [...Array(256).keys()].map((x) => isLit(frame, 143 * 256 + x));
    expect(last.filter(Boolean).length).toBeGreaterThan(100);
    expect(last.filter((lit) => !lit).length).toBeGreaterThan(100);
    const middle = frame.subarray(30 * 256 * 3, (144 - bandHeight({ width: 256, height: 144 })) * 256 * 3);
    expect(new Set(middle)).toEqual(new Set([128]));
  });
});
