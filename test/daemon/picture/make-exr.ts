/** EXR files for tests, of any layout: `make_exr.py`, where the words of a wish are explained. */
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { startPython } from './python.js';

export type PixelType = 'half' | 'float' | 'uint';
export type Compression =
  | 'none'
  | 'rle'
  | 'zips'
  | 'zip'
  | 'piz'
  | 'pxr24'
  | 'b44'
  | 'b44a'
  | 'dwaa'
  | 'dwab'
  | 'htj2k32'
  | 'htj2k256'
  | 'zstd';
/** Left, top, right, bottom; all inclusive. */
export type Window = readonly [number, number, number, number];
export type Picture = 'scene' | 'depth' | 'ids' | 'labels' | 'noise' | 'special' | { readonly constant: number };

export interface ChannelWish {
  readonly type: PixelType;
  readonly picture?: Picture;
  readonly sampling?: readonly [number, number];
  readonly linear?: boolean;
}

export interface PartWish {
  readonly name?: string;
  readonly compression?: Compression;
  readonly display: Window;
  readonly data?: Window;
  readonly order?: 'increasing' | 'decreasing' | 'random';
  readonly tiles?: {
    readonly size: readonly [number, number];
    readonly mode?: 'one' | 'mip' | 'rip';
    readonly rounding?: 'down' | 'up';
  };
  readonly attributes?: Readonly<Record<string, readonly [type: string, value: unknown]>>;
  readonly channels: Readonly<Record<string, PixelType | ChannelWish>>;
}

export interface ExrWish {
  readonly file: string;
  readonly parts: readonly PartWish[];
  readonly interleaved?: boolean;
  /** Of a random order of chunks. */
  readonly seed?: number;
  readonly frame?: number;
  readonly writer?: 'bytes' | 'library' | 'deep';
  /** File for the planes as they were before compression. */
  readonly truth?: string;
}

/** Writes all files in one process. Rejects when one cannot be written; the reason is on the screen. */
export async function makeExr(wishes: readonly ExrWish[]): Promise<void> {
  const child = startPython('make_exr.py');
  if (child.stdin === null || child.stdout === null) throw new Error('make_exr.py has no pipes');
  const ended = once(child, 'exit');
  child.stdin.on('error', () => {}); // it may die before it has read: its exit code tells
  child.stdin.end(JSON.stringify(wishes));
  await text(child.stdout);
  const [code] = await ended;
  if (code !== 0) throw new Error(`make_exr.py ended with ${code}`);
}

/** A sequence `{stem}.{frame}.exr` in a folder, its pictures moving from frame to frame; returns the files. */
export async function makeSequence(
  folder: string,
  stem: string,
  frames: number,
  file: Omit<ExrWish, 'file' | 'frame'>,
): Promise<string[]> {
  const wishes = Array.from({ length: frames }, (_, index) => ({
    ...file,
    frame: index,
    file: path.join(folder, `${stem}.${String(index + 1).padStart(4, '0')}.exr`),
  }));
  await makeExr(wishes);
  return wishes.map((wish) => wish.file);
}
