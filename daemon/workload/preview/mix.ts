/**
 * Mixes the picture of a preview from the passes: pixel arithmetic, no model.
 *
 * Luminance of every frame is, outside the burned-in mark, a weighted average of planes,
 *
 *     Y = black + (white - black) * (B + sum of w_h * GAIN_h * C_h) / (1 + sum of w_h * GAIN_h),
 *
 * where C_h is the control's own luminance, w_h its weight, and B (colour pass, light, weather) depends on no weight.
 * Why raising w_h raises the correlation of Y with C_h: correlation ignores black, white and the divisor (all positive
 * and constant within a frame). The rest is B' + w*g*C. Split B' = b*C + R with R uncorrelated with C; then
 *
 *     corr = (b + w*g) * s / sqrt((b + w*g)^2 * s^2 + var R),   s = standard deviation of C,
 *
 * which grows strictly with w as long as g > 0, s > 0 and var R > 0. That is why no tone curve, clipping, or
 * weight-dependent texture may touch the luminance after the average: an average of values in 0..1 needs no clipping.
 * Colour is free, because chroma is kept as distance from grey (luma.ts) and shrinks, rather than clips, at the gamut.
 */
import type { HintKey } from '../../../schemas/index.js';
import type { PreviewStyle } from './grade.js';
import { BLUE, type Chroma, GREEN, lumaPlane, RED } from './luma.js';
import type { Size } from './media.js';
import { Weather } from './weather.js';

/** Share of each control's luminance at weight 1, beside 1 for the base picture. */
const GAIN: Readonly<Record<HintKey, number>> = { edge: 0.4, depth: 0.5, seg: 0.3, vis: 0.6 };

/** How strongly a control at weight 1 colours: edge and depth by the style's tint, seg by its own colours. */
const EDGE_TINT = 0.5;
const DEPTH_TINT = 0.7;
/** What is near is tinted against the haze: warm distance, cool foreground, or the reverse. */
const NEAR_TINT = 0.3;
const SEG_TINT = 0.25;
/** At weight 1 this much of the colour pass's chroma gives way to the soft chroma of vis. */
const VIS_SOFTNESS = 0.8;

const TONE_TINT = 0.45;

/** One control's frame: edge and depth as gray, seg and vis as rgb24. */
export interface Layer {
  readonly hint: HintKey;
  readonly weight: number;
  readonly pixels: Uint8Array;
}

/** Mixes frames of one size in one style; its working planes are reused from frame to frame. */
export class Mixer {
  private readonly luma: Float32Array;
  private readonly chroma: Float32Array;
  private readonly plane: Float32Array;
  private readonly light: Float32Array;
  private readonly curve: Float32Array;
  private readonly tone: Float32Array;
  private readonly weather: Weather;

  constructor(
    size: Size,
    private readonly style: PreviewStyle,
    seed: number,
  ) {
    const pixels = size.width * size.height;
    this.luma = new Float32Array(pixels);
    this.plane = new Float32Array(pixels);
    this.chroma = new Float32Array(pixels * 3);
    this.light = lightPlane(size, style);
    this.curve = Float32Array.from({ length: 256 }, (_, value) => contrast(value / 255) ** style.gamma);
    this.tone = toneTable(style);
    this.weather = new Weather(style.weather, size, seed);
  }

  /** @returns a new rgb24 frame: an encoder may still hold the one before. */
  mix(frame: number, color: Uint8Array, layers: readonly Layer[]): Buffer {
    this.paintBase(color, frame);
    let total = 1;
    for (const layer of layers) {
      if (layer.weight === 0) continue;
      total += layer.weight * GAIN[layer.hint];
      this.add(layer);
    }
    return this.develop(total);
  }

  private paintBase(color: Uint8Array, frame: number): void {
    const { luma, chroma, plane, light, curve, style } = this;
    lumaPlane(color, plane);
    const scale = style.saturation / 255;
    for (let pixel = 0, at = 0; pixel < plane.length; pixel++, at += 3) {
      const grey = plane[pixel] ?? 0;
      luma[pixel] = (curve[(grey + 0.5) | 0] ?? 0) * (light[pixel] ?? 0);
      chroma[at] = ((color[at] ?? 0) - grey) * scale;
      chroma[at + 1] = ((color[at + 1] ?? 0) - grey) * scale;
      chroma[at + 2] = ((color[at + 2] ?? 0) - grey) * scale;
    }
    this.weather.draw(luma, chroma, frame);
  }

  private add({ hint, weight, pixels }: Layer): void {
    const gain = (weight * GAIN[hint]) / 255;
    const { lines, haze, saturation } = this.style;
    switch (hint) {
      case 'edge':
        this.addGray(pixels, gain, lines, 0, (EDGE_TINT * weight) / 255);
        break;
      case 'depth': // near is bright (NVIDIA's convention): the haze grows as the control darkens, near is its opposite
        this.addGray(pixels, gain, haze, DEPTH_TINT * weight, (-(DEPTH_TINT + NEAR_TINT) * weight) / 255);
        break;
      case 'seg':
        this.addColor(pixels, gain, 1, SEG_TINT * weight);
        break;
      case 'vis':
        this.addColor(pixels, gain, 1 - VIS_SOFTNESS * weight, VIS_SOFTNESS * weight * saturation);
        break;
    }
  }

  /** Adds a gray control's luminance, and a tint of strength `offset + slope * value`. */
  private addGray(pixels: Uint8Array, gain: number, tint: Chroma, offset: number, slope: number): void {
    const { luma, chroma } = this;
    const [red, green, blue] = tint;
    for (let pixel = 0, at = 0; pixel < luma.length; pixel++, at += 3) {
      const value = pixels[pixel] ?? 0;
      const strength = offset + slope * value;
      luma[pixel] = (luma[pixel] ?? 0) + value * gain;
      chroma[at] = (chroma[at] ?? 0) + red * strength;
      chroma[at + 1] = (chroma[at + 1] ?? 0) + green * strength;
      chroma[at + 2] = (chroma[at + 2] ?? 0) + blue * strength;
    }
  }

  /** Adds a coloured control's luminance, and blends its chroma in: `keep` of what is there, `take` of the control. */
  private addColor(pixels: Uint8Array, gain: number, keep: number, take: number): void {
    const { luma, chroma } = this;
    const scale = take / 255;
    for (let pixel = 0, at = 0; pixel < luma.length; pixel++, at += 3) {
      const red = pixels[at] ?? 0;
      const green = pixels[at + 1] ?? 0;
      const blue = pixels[at + 2] ?? 0;
      const grey = RED * red + GREEN * green + BLUE * blue;
      luma[pixel] = (luma[pixel] ?? 0) + grey * gain;
      chroma[at] = (chroma[at] ?? 0) * keep + (red - grey) * scale;
      chroma[at + 1] = (chroma[at + 1] ?? 0) * keep + (green - grey) * scale;
      chroma[at + 2] = (chroma[at + 2] ?? 0) * keep + (blue - grey) * scale;
    }
  }

  /** From sums to pixels: the average, the style's range and split tone, chroma drawn in to fit the gamut. */
  private develop(total: number): Buffer {
    const { luma, chroma, tone, style } = this;
    const output = Buffer.allocUnsafe(chroma.length);
    const span = (style.white - style.black) / total;
    for (let pixel = 0, at = 0; pixel < luma.length; pixel++, at += 3) {
      const grey = style.black + (luma[pixel] ?? 0) * span;
      const step = ((grey * 255) | 0) * 3;
      const red = (chroma[at] ?? 0) + (tone[step] ?? 0);
      const green = (chroma[at + 1] ?? 0) + (tone[step + 1] ?? 0);
      const blue = (chroma[at + 2] ?? 0) + (tone[step + 2] ?? 0);
      const room = roomFor(red, green, blue, grey);
      output[at] = (grey + red * room) * 255 + 0.5;
      output[at + 1] = (grey + green * room) * 255 + 0.5;
      output[at + 2] = (grey + blue * room) * 255 + 0.5;
    }
    return output;
  }
}

/**
 * Darkens shadows and brightens the rest, 0..1 to 0..1: averaging with the controls will flatten the picture. The base
 * may have any curve, because it depends on no weight.
 */
function contrast(value: number): number {
  const from = Math.min(1, value / 0.85);
  return from * from * (3 - 2 * from);
}

/** The largest factor, up to 1, by which all three distances from `grey` stay within 0..1. */
function roomFor(red: number, green: number, blue: number, grey: number): number {
  const highest = Math.max(red, green, blue);
  const lowest = Math.min(red, green, blue);
  let room = 1;
  if (highest > 1 - grey) room = (1 - grey) / highest;
  if (-lowest * room > grey) room = grey / -lowest;
  return room;
}

/** Brightness of the base picture by place, 0..1: a soft light from one side and a vignette. */
function lightPlane({ width, height }: Size, { light: [lightX, lightY] }: PreviewStyle): Float32Array {
  const plane = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [across, down] = [(2 * x) / width - 1, (2 * y) / height - 1];
      const distance = (across - lightX) ** 2 + (down - lightY) ** 2;
      const vignette = (across ** 2 + down ** 2) / 2;
      plane[y * width + x] = (0.72 + 0.28 * Math.exp(-distance)) * (1 - 0.25 * vignette ** 2);
    }
  }
  return plane;
}

/** Split tone by output luminance (256 steps of three numbers): the shadows' tint fades into the lights'. */
function toneTable({ shadows, lights }: PreviewStyle): Float32Array {
  const table = new Float32Array(256 * 3);
  for (let value = 0; value < 256; value++) {
    const lit = contrast(value / 255);
    for (let channel = 0; channel < 3; channel++) {
      const tint = (shadows[channel] ?? 0) * (1 - lit) + (lights[channel] ?? 0) * lit;
      table[value * 3 + channel] = tint * TONE_TINT;
    }
  }
  return table;
}
