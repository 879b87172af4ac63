/**
 * How the samples of one chunk lie once it is uncompressed: line after line, in each line the channels in the order of
 * the header, each with those columns that it has. A sub-sampled channel is absent from some lines. Pure.
 */
import type { ExrChannel } from './header.js';
import { sampleCount, type Window } from './window.js';

export interface ChunkLayout {
  /** Bytes of the whole chunk. */
  readonly bytes: number;
  readonly channels: readonly ChunkChannel[];
}

export interface ChunkChannel {
  readonly channel: ExrChannel;
  /** Bytes of one sample. */
  readonly size: 2 | 4;
  /** Samples of one line, and lines that hold some. */
  readonly width: number;
  readonly height: number;
  /** Byte at which each of those lines begins. */
  readonly rows: Float64Array;
}

export function chunkLayout(channels: readonly ExrChannel[], region: Window): ChunkLayout {
  const rows = channels.map(() => [] as number[]);
  const widths = channels.map(({ xSampling }) => sampleCount(xSampling, region.x, region.width));
  let bytes = 0;
  for (let y = region.y; y < region.y + region.height; y++) {
    for (const [i, channel] of channels.entries()) {
      if (y % channel.ySampling !== 0) continue;
      rows[i]?.push(bytes);
      bytes += (widths[i] ?? 0) * sizeOf(channel);
    }
  }
  return {
    bytes,
    channels: channels.map((channel, i) => ({
      channel,
      size: sizeOf(channel),
      width: widths[i] ?? 0,
      height: rows[i]?.length ?? 0,
      rows: Float64Array.from(rows[i] ?? []),
    })),
  };
}

export function sizeOf({ type }: ExrChannel): 2 | 4 {
  return type === 'half' ? 2 : 4;
}
