/**
 * Luminance and chrominance (ITU-R BT.601) -> RGB. Chrominance that two pixels share is spread over them in the ratio
 * 3 to 1 with its neighbour, as libjpeg and libwebp do it ("fancy upsampling"); the picture is then theirs but for
 * rounding.
 */
import type { Size } from '../../media/exact-size.js';
import { CHROMA_SHARED, type DecodedFormat } from '../../media/frames.js';

/** RGB, with alpha where the format has it. */
export function readYcc(raw: Buffer, format: DecodedFormat, size: Size): { data: Uint8Array; channels: 3 | 4 } {
  const [across, down] = CHROMA_SHARED[format] ?? [1, 1];
  const { width, height } = size;
  const pixels = width * height;
  const shared = { width: Math.ceil(width / across), height: Math.ceil(height / down) };
  const count = shared.width * shared.height;
  const blueAt = pixels;
  const redAt = pixels + count;
  const alphaAt = format === 'yuva420p' ? pixels + 2 * count : undefined;
  const channels = alphaAt === undefined ? 3 : 4;
  // JPEG uses all 256 codes; others 16 to 235, and 16 to 240 for chrominance.
  const [floor, scale, chroma] = format.startsWith('yuvj') ? [0, 1, 1] : [16, 255 / 219, 255 / 224];
  const data = new Uint8ClampedArray(pixels * channels); // rounds and clips what is written into it
  const blue = new Float32Array(width);
  const red = new Float32Array(width);
  const columns = new Float32Array(shared.width);
  for (let y = 0, i = 0, to = 0; y < height; y++) {
    spreadLine(raw, blueAt, shared, y, across, down, columns, blue);
    spreadLine(raw, redAt, shared, y, across, down, columns, red);
    for (let x = 0; x < width; x++, i++, to += channels) {
      const luma = ((raw[i] as number) - floor) * scale;
      const cb = ((blue[x] as number) - 128) * chroma;
      const cr = ((red[x] as number) - 128) * chroma;
      data[to] = luma + 1.402 * cr;
      data[to + 1] = luma - 0.344136 * cb - 0.714136 * cr;
      data[to + 2] = luma + 1.772 * cb;
      if (alphaAt !== undefined) data[to + 3] = raw[alphaAt + i] as number;
    }
  }
  return { data: new Uint8Array(data.buffer), channels };
}

/**
 * One line of a plane at the size of the picture. This runs for every value of every frame: no calls, no copies.
 * @param at byte at which the plane begins
 * @param columns room for one line of the plane
 */
function spreadLine(
  raw: Buffer,
  at: number,
  plane: Size,
  y: number,
  across: 1 | 2,
  down: 1 | 2,
  columns: Float32Array,
  line: Float32Array,
): void {
  const own = down === 1 ? y : y >> 1;
  const beside = down === 1 ? own : neighbour(y, own, plane.height);
  const [near, far] = [at + own * plane.width, at + beside * plane.width];
  for (let x = 0; x < plane.width; x++) columns[x] = (3 * (raw[near + x] as number) + (raw[far + x] as number)) / 4;
  if (across === 1) {
    line.set(columns);
    return;
  }
  for (let x = 0; x < line.length; x++) {
    const column = x >> 1;
    line[x] = (3 * (columns[column] as number) + (columns[neighbour(x, column, plane.width)] as number)) / 4;
  }
}

/** The value on the other side of a pixel from the one that is its own; at the border its own. */
function neighbour(pixel: number, own: number, count: number): number {
  return pixel % 2 === 0 ? Math.max(0, own - 1) : Math.min(count - 1, own + 1);
}
