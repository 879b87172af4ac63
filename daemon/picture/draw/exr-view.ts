/** From the colours of a render to the colours of a video. A conversion that cannot be exact is an error, never a guess. */
import type { ClipManifest } from '../../../schemas/index.js';
import { CosmosError } from '../../errors.js';
import { type Matrix3, primariesOf, toRec709 } from '../color-space.js';
import type { Chromaticities } from '../exr/header.js';

/** asIs: the values are display colours already; srgb: linear light that gets the sRGB transfer curve. */
export type View = 'asIs' | 'srgb';

const DISPLAY_SPACES = new Set([
  'srgb',
  'srgb - texture',
  'srgb encoded rec.709 (srgb)',
  'rec709',
  'rec.709',
  'raw',
  'data',
]);
const SRGB_VIEWS = new Set(['srgb', 'un-tone-mapped', 'standard']);
const RAW_VIEWS = new Set(['raw', 'none']);

/** A view, and the primaries of the linear light if the manifest names them; undefined = those of the file. */
export interface ColorView {
  readonly view: View;
  readonly primaries?: Chromaticities;
}

/**
 * How to show the colour pass. If the manifest does not say, an EXR is linear light, as OpenEXR defines it
 * ("scene-linear", Technical Introduction to OpenEXR), and every other file is display colours.
 * @throws CosmosError encode_failed naming the colour space or view that is not available.
 */
export function viewOf(color: ClipManifest['color'], float: boolean): ColorView {
  const view = color?.view?.toLowerCase();
  if (view !== undefined && RAW_VIEWS.has(view)) return { view: 'asIs' };
  if (view !== undefined && !SRGB_VIEWS.has(view)) throw unavailable('view', color?.view ?? view, 'sRGB or raw');
  if (color === undefined) return { view: float ? 'srgb' : 'asIs' };
  if (DISPLAY_SPACES.has(color.space.toLowerCase())) return { view: 'asIs' };
  const primaries = primariesOf(color.space);
  if (primaries !== undefined) return { view: 'srgb', primaries };
  throw unavailable(
    'colour space',
    color.space,
    'sRGB, or linear in Rec. 709, ACEScg, ACES2065-1, P3-D65 or Rec. 2020',
  );
}

/** Throws what {@link viewOf} would throw for any files, so that it is known before an hour of rendering is queued. */
export function requireView(color: ClipManifest['color']): void {
  viewOf(color, true);
}

function unavailable(what: string, name: string, instead: string): CosmosError {
  const message = `The ${what} "${name}" of the colour pass is not available; export the pass as ${instead}.`;
  return new CosmosError('encode_failed', message, { [what]: name });
}

/** The sRGB transfer function (IEC 61966-2-1) of linear light 0 to 1. */
export function srgb(linear: number): number {
  return linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055;
}

/** 16 bits of input are finer than 8 bits of sRGB everywhere but in the last two steps above black. */
const STEPS = 65_535;

function table(view: View): Uint8Array {
  const code = view === 'srgb' ? srgb : (value: number) => value;
  return Uint8Array.from({ length: STEPS + 1 }, (_, i) => Math.round(code(i / STEPS) * 255));
}

/** Draws raw frames as rgb24 or gray of 8 bits. Values beyond 0 to 1 are clipped; nan is black. */
export class ViewDrawer {
  private readonly codes: Uint8Array;
  private readonly matrix: Matrix3 | null;

  /** @param primaries of linear light; null = Rec. 709. */
  constructor(view: View, primaries: Chromaticities | null = null) {
    this.codes = table(view);
    this.matrix = view === 'asIs' || primaries === null ? null : toRec709(primaries);
  }

  /** gbrpf32le (planes G, B, R) -> rgb24. */
  rgb(frame: Buffer): Buffer {
    const values = floats(frame);
    const pixels = values.length / 3;
    const out = Buffer.allocUnsafe(values.length);
    if (this.matrix !== null) return this.converted(values, this.matrix, out);
    for (let i = 0; i < pixels; i++) {
      out[3 * i] = this.code(values[2 * pixels + i]);
      out[3 * i + 1] = this.code(values[i]);
      out[3 * i + 2] = this.code(values[pixels + i]);
    }
    return out;
  }

  private converted(values: Float32Array, [red, green, blue]: Matrix3, out: Buffer): Buffer {
    const pixels = values.length / 3;
    for (let i = 0; i < pixels; i++) {
      const [r, g, b] = [finite(values[2 * pixels + i]), finite(values[i]), finite(values[pixels + i])];
      out[3 * i] = this.code(red[0] * r + red[1] * g + red[2] * b);
      out[3 * i + 1] = this.code(green[0] * r + green[1] * g + green[2] * b);
      out[3 * i + 2] = this.code(blue[0] * r + blue[1] * g + blue[2] * b);
    }
    return out;
  }

  /** grayf32le -> gray. */
  gray(frame: Buffer): Buffer {
    const values = floats(frame);
    const out = Buffer.allocUnsafe(values.length);
    for (let i = 0; i < values.length; i++) out[i] = this.code(values[i]);
    return out;
  }

  /** Display codes of linear 8-bit values, in place of floats: rgb24 -> rgb24. */
  bytes(frame: Buffer): Buffer {
    return Buffer.from(frame.map((value) => this.codes[value * 257] ?? 0));
  }

  private code(value = 0): number {
    if (!(value > 0)) return 0;
    return this.codes[value >= 1 ? STEPS : Math.round(value * STEPS)] ?? 255;
  }
}

/** The largest half float stands for infinity, which no sum of three channels would survive; nan is black. */
function finite(value = 0): number {
  return value > LARGEST ? LARGEST : value >= -LARGEST ? value : value < 0 ? -LARGEST : 0;
}
const LARGEST = 65_504;

/** The frame's bytes as 32-bit floats; copied only where they are not aligned. */
export function floats(frame: Buffer): Float32Array {
  const aligned = frame.byteOffset % 4 === 0 ? frame : Buffer.from(new Uint8Array(frame).buffer);
  return new Float32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
}
