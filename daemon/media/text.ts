/** Short labels burned into raw frames: the preview's mark, the captions of a contact sheet. */
import { GLYPH_HEIGHT, GLYPH_WIDTH, type Glyph, glyphOf } from './font.js';

export type Rgb = readonly [red: number, green: number, blue: number];

export interface TextOptions {
  /** Pixels from the left edge to where the text begins, is centred or ends, as `align` says. Default 0. */
  readonly x?: number;
  /** Pixels from the top edge to the top of the letters. Default 0. */
  readonly y?: number;
  /** Frame pixels a side of one font pixel, whole. Default 1. */
  readonly scale?: number;
  /** Default white. */
  readonly color?: Rgb;
  /** Fills a box one font pixel larger than the text on every side; absent = only the letters are drawn. */
  readonly background?: Rgb;
  readonly align?: 'left' | 'center' | 'right';
}

/** A rectangle in pixels. */
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One font pixel of air between two letters. */
const ADVANCE = GLYPH_WIDTH + 1;

/** Pixels that {@link drawText} covers with letters (without the background's rim). */
export function textSize(text: string, scale = 1): { width: number; height: number } {
  const letters = [...text.normalize('NFC')].length;
  return { width: Math.max(0, letters * ADVANCE - 1) * scale, height: GLYPH_HEIGHT * scale };
}

/** Draws one line of text into an rgb24 frame of `width` x `height` pixels; what lies outside is cut off. */
export function drawText(frame: Buffer, width: number, height: number, text: string, options: TextOptions = {}): void {
  const { y = 0, scale = 1, color = [255, 255, 255], background } = options;
  const canvas = { frame, width, height };
  const size = textSize(text, scale);
  const x = leftOf(size.width, options);
  if (background !== undefined) fill(canvas, grown({ x, y, ...size }, scale), background);
  [...text.normalize('NFC')].forEach((character, index) => {
    drawGlyph(canvas, glyphOf(character), x + index * ADVANCE * scale, y, scale, color);
  });
}

interface Canvas {
  readonly frame: Buffer;
  readonly width: number;
  readonly height: number;
}

function leftOf(textWidth: number, { x = 0, align = 'left' }: TextOptions): number {
  switch (align) {
    case 'left':
      return x;
    case 'center':
      return x - Math.floor(textWidth / 2);
    case 'right':
      return x - textWidth;
  }
}

function grown({ x, y, width, height }: Box, by: number): Box {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

function drawGlyph(canvas: Canvas, glyph: Glyph, x: number, y: number, scale: number, color: Rgb): void {
  glyph.forEach((bits, row) => {
    for (let column = 0; column < GLYPH_WIDTH; column++) {
      if ((bits & (1 << (GLYPH_WIDTH - 1 - column))) === 0) continue;
      fill(canvas, { x: x + column * scale, y: y + row * scale, width: scale, height: scale }, color);
    }
  });
}

function fill({ frame, width, height }: Canvas, box: Box, color: Rgb): void {
  const right = Math.min(width, box.x + box.width);
  const bottom = Math.min(height, box.y + box.height);
  for (let y = Math.max(0, box.y); y < bottom; y++) {
    for (let x = Math.max(0, box.x); x < right; x++) frame.set(color, (y * width + x) * 3);
  }
}
