/**
 * Luminance and chrominance (ITU-R BT.601) -> RGB. Chrominance that two pixels share is spread over them in the ratio
 * 3 to 1 with its neighbour, as libjpeg and libwebp do it ("fancy upsampling"); the picture is then theirs but for
 * rounding.
 */
import type { Size } from '../../media/exact-size.js';
import { CHROMA_SHARED, type DecodedFormat } from '../../media/frames.js';

interface Plane extends Size {
  /** Values at `at` (x + y * width). */
  readonly data: ArrayLike<number>;
}

/** RGB, with alpha where the format has it. */
export function readYcc(raw: Buffer, format: DecodedFormat, size: Size): { data: Uint8Array; channels: 3 | 4 } {
  const [across, down] = CHROMA_SHARED[format] ?? [1, 1];
  const small = { width: Math.ceil(size.width / across), height: Math.ceil(size.height / down) };
  const [pixels, shared] = [size.width * size.height, small.width * small.height];
  const plane = (at: number): Plane => ({ ...small, data: raw.subarray(at, at + shared) });
  const blue = spread(plane(pixels), across, down, size);
  const red = spread(plane(pixels + shared), across, down, size);
  const alpha = format === 'yuva420p' ? raw.subarray(pixels + 2 * shared) : undefined;
  const channels = alpha === undefined ? 3 : 4;
  const data = new Uint8Array(pixels * channels);
  // JPEG uses all 256 codes; others 16 to 235, and 16 to 240 for chrominance.
  const [floor, scale, chroma] = format.startsWith('yuvj') ? [0, 1, 1] : [16, 255 / 219, 255 / 224];
  for (let i = 0, to = 0; i < pixels; i++, to += channels) {
    const y = ((raw[i] ?? 0) - floor) * scale;
    const cb = ((blue[i] ?? 128) - 128) * chroma;
    const cr = ((red[i] ?? 128) - 128) * chroma;
    data[to] = code(y + 1.402 * cr);
    data[to + 1] = code(y - 0.344136 * cb - 0.714136 * cr);
    data[to + 2] = code(y + 1.772 * cb);
    if (alpha !== undefined) data[to + 3] = alpha[i] ?? 255;
  }
  return { data, channels };
}

function code(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : Math.round(value);
}

/** The plane at the size of the picture. */
function spread(plane: Plane, across: number, down: number, { width, height }: Size): ArrayLike<number> {
  const tall = down === 1 ? plane : doubled(plane, plane.width, 1, plane.height, plane.width, height);
  return (across === 1 ? tall : doubled(tall, 1, tall.width, tall.width, height, width)).data;
}

/**
 * Twice as many values along one side, cut to `wanted`.
 * @param step from a value to the next along that side
 * @param line from a line of such values to the next
 */
function doubled(plane: Plane, step: number, line: number, count: number, lines: number, wanted: number): Plane {
  const along = step === 1;
  const width = along ? wanted : plane.width;
  const height = along ? plane.height : wanted;
  const data = new Float32Array(width * height);
  for (let other = 0; other < lines; other++) {
    for (let i = 0; i < wanted; i++) {
      const own = i >> 1;
      const beside = Math.min(count - 1, Math.max(0, own + (i % 2 === 0 ? -1 : 1)));
      const near = plane.data[own * step + other * line] ?? 0;
      const far = plane.data[beside * step + other * line] ?? 0;
      data[along ? other * width + i : i * width + other] = (3 * near + far) / 4;
    }
  }
  return { width, height, data };
}
