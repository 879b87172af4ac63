/** Decoded pixels -> the two formats that passes are drawn from: 8-bit RGB and 16-bit grey. Alpha is shown over black. */
import { CHROMA_SHARED, type DecodedFormat } from '../../media/frames.js';
import type { Coding } from './coding.js';
import { readYcc } from './ycc.js';

/** Interleaved values of one depth. */
interface Values {
  readonly data: Uint8Array | Uint16Array;
  /** 1 = grey, 3 = RGB, 4 = RGB and alpha. */
  readonly channels: 1 | 3 | 4;
  /** The value of white. */
  readonly white: 255 | 65_535;
}

export interface Converted {
  readonly pixels: Buffer;
  /** A pixel is not wholly opaque. */
  readonly transparent: boolean;
}

/** @param raw one frame as the decoder gave it in `coding.format`; `pixels` has its stored size and orientation. */
export function convert(raw: Buffer, coding: Coding, to: 'rgb24' | 'gray16le'): Converted {
  if (coding.format === to) return { pixels: raw, transparent: false };
  const values = valuesOf(raw, coding);
  const straight = coding.alpha === 'straight';
  const transparent = coding.alpha !== 'none' && values.channels === 4 && isTransparent(values);
  const black = straight && transparent ? overBlack(values) : values;
  return { pixels: to === 'rgb24' ? toRgb(black) : toGrey(black), transparent };
}

function valuesOf(raw: Buffer, { format, stored }: Coding): Values {
  if (format.startsWith('yuv')) return { ...readYcc(raw, format, stored), white: 255 };
  const wide = format === 'gray16le' || format === 'rgb48le' || format === 'rgba64le';
  return { data: wide ? words(raw) : raw, channels: channelsOf(format), white: wide ? 65_535 : 255 };
}

function channelsOf(format: DecodedFormat): Values['channels'] {
  switch (format) {
    case 'gray':
    case 'gray16le':
      return 1;
    case 'rgb24':
    case 'rgb48le':
      return 3;
    case 'rgba':
    case 'rgba64le':
      return 4;
    default:
      throw new Error(`images are not decoded to ${format} (${CHROMA_SHARED[format] === undefined ? 'float' : 'YCC'})`);
  }
}

function isTransparent({ data, white }: Values): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== white) return true;
  return false;
}

function overBlack({ data, channels, white }: Values): Values {
  const out = data.slice();
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3] ?? 0;
    for (let i = 0; i < 3; i++) out[at + i] = Math.round(((data[at + i] ?? 0) * alpha) / white);
  }
  return { data: out, channels, white };
}

function toRgb({ data, channels, white }: Values): Buffer {
  if (channels === 3 && white === 255) return Buffer.from(data.buffer, data.byteOffset, data.length);
  const pixels = data.length / channels;
  const out = Buffer.allocUnsafe(pixels * 3);
  const [green, blue] = channels === 1 ? [0, 0] : [1, 2];
  const code = white === 255 ? (value = 0) => value : (value = 0) => Math.round(value / 257);
  for (let from = 0, to = 0; to < out.length; from += channels, to += 3) {
    out[to] = code(data[from]);
    out[to + 1] = code(data[from + green]);
    out[to + 2] = code(data[from + blue]);
  }
  return out;
}

/** The weights of ITU-R BT.601, as ffmpeg has them; equal channels stay what they are. */
function toGrey({ data, channels, white }: Values): Buffer {
  const out = new Uint16Array(data.length / channels);
  const step = 65_535 / white;
  for (let i = 0, from = 0; i < out.length; i++, from += channels) {
    const red = data[from] ?? 0;
    if (channels === 1) out[i] = red * step;
    else out[i] = Math.round((0.299 * red + 0.587 * (data[from + 1] ?? 0) + 0.114 * (data[from + 2] ?? 0)) * step);
  }
  return Buffer.from(out.buffer);
}

/** Little-endian numbers of 16 bits; copied only where the bytes are not aligned. */
function words(raw: Buffer): Uint16Array {
  const aligned = raw.byteOffset % 2 === 0 ? raw : Buffer.from(new Uint8Array(raw).buffer);
  return new Uint16Array(aligned.buffer, aligned.byteOffset, aligned.length / 2);
}
