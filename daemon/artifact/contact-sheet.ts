/** Draws one picture that shows a result beside its passes: one row for each stream, one column for each moment. */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { PNG } from 'pngjs';
import type { Media } from '../../schemas/index.js';
import { drawText } from '../media/text.js';
import type { MediaTools } from '../media/tools.js';
import { grabStills, moments, type Still } from './stills.js';

/** Pixels. Three columns and their gaps make 1600. */
const WIDTH = 1600;
const GAP = 10;
const CELL = 520;
const HEAD = 80;
const PAPER = 24;
const LABEL = 24;

export interface SheetRow {
  readonly label: string;
  /** A movie with as many frames as the result. */
  readonly file: string;
}

/** Writes the sheet as PNG. `media` = of the result; the cells have its aspect ratio. */
export async function writeContactSheet(
  tools: MediaTools,
  file: string,
  sheet: { readonly title: string; readonly rows: readonly SheetRow[]; readonly media: Media },
  signal?: AbortSignal,
): Promise<void> {
  const { rows, media, title } = sheet;
  const size = { width: CELL, height: Math.round((CELL * media.height) / media.width) };
  const canvas = new Canvas(WIDTH, HEAD + rows.length * (size.height + GAP));
  const numbers = moments(media.frames);
  canvas.write(title, GAP, GAP, 3);
  for (const [column, number] of numbers.entries()) {
    canvas.write(`frame ${number + 1} of ${media.frames}`, cellX(column), HEAD / 2 + GAP, 2);
  }
  for (const [row, { label, file: movie }] of rows.entries()) {
    const stills = await grabStills(tools, movie, numbers, size, signal);
    const y = HEAD + row * (size.height + GAP);
    for (const [column, still] of stills.entries()) canvas.paste(still, cellX(column), y);
    const foot = y + size.height - LABEL - GAP; // at the top of a preview is its mark
    canvas.write(label, cellX(0) + GAP, foot, 3, [0, 0, 0]);
  }
  await canvas.save(file);
}

function cellX(column: number): number {
  return GAP + column * (CELL + GAP);
}

class Canvas {
  private readonly pixels: Buffer;

  constructor(
    private readonly width: number,
    private readonly height: number,
  ) {
    this.pixels = Buffer.alloc(width * height * 3, PAPER);
  }

  paste(still: Still, x: number, y: number): void {
    const bytes = still.width * 3;
    for (let row = 0; row < still.height; row++) {
      still.pixels.copy(this.pixels, ((y + row) * this.width + x) * 3, row * bytes, (row + 1) * bytes);
    }
  }

  write(text: string, x: number, y: number, scale: number, background?: [number, number, number]): void {
    drawText(this.pixels, this.width, this.height, text, { x, y, scale, background });
  }

  async save(file: string): Promise<void> {
    const { width, height } = this;
    const options = { width, height, colorType: 2, inputColorType: 2, inputHasAlpha: false } as const;
    const png = new PNG(options);
    png.data = this.pixels;
    await pipeline(png.pack(), createWriteStream(file));
  }
}
