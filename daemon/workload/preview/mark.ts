/** Draws the mark on every frame of a preview, so that none is taken for a result of Cosmos. */
import { drawText, type Rgb, textSize } from '../../media/text.js';
import type { Size } from './media.js';

export const MARK = 'PREVIEW - NOT COSMOS';
/** For frames too narrow for the whole sentence. */
const SHORT_MARK = 'PREVIEW';

export const BAND_COLORS: readonly [Rgb, Rgb] = [
  [255, 184, 0],
  [24, 24, 24],
];

/** Draws the words into the upper left corner and a thin striped band along the lower edge of an rgb24 frame. */
export function drawMark(frame: Buffer, { width, height }: Size): void {
  const scale = Math.max(1, Math.round(width / 320)); // one font pixel is readable up to 320 pixels of width
  const margin = 3 * scale;
  const fits = textSize(MARK, scale).width + 2 * margin <= width;
  drawText(frame, width, height, fits ? MARK : SHORT_MARK, {
    x: margin,
    y: margin,
    scale,
    color: BAND_COLORS[0],
    background: BAND_COLORS[1],
  });
  drawBand(frame, { width, height });
}

/** Rows of the band. */
export function bandHeight({ height }: Size): number {
  return Math.max(1, Math.round(height / 90));
}

/** Diagonal stripes, like tape around a building site. */
function drawBand(frame: Buffer, size: Size): void {
  const rows = bandHeight(size);
  const stripe = rows * 3;
  for (let y = size.height - rows; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const color = BAND_COLORS[Math.floor((x + y) / stripe) % 2 === 0 ? 0 : 1];
      frame.set(color, (y * size.width + x) * 3);
    }
  }
}
