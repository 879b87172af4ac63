/** An encoder of a fresh state folder, and ways to look at what it made. */
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ContentStore } from '../../daemon/contents/freeze.js';
import { type HashCache, Hasher } from '../../daemon/contents/hash.js';
import { decodeFrames, type PixelFormat } from '../../daemon/media/frames.js';
import { findMediaTools, type MediaTools } from '../../daemon/media/tools.js';
import { Encoder } from '../../daemon/picture/movie/encode.js';
import { StateDir } from '../../daemon/state-dir.js';
import type { FrozenFile } from '../../schemas/index.js';
import { pictureReader } from './pictures.js';
import { tempDir } from './tmp.js';

let found: Promise<MediaTools> | undefined;

/** ffmpeg as the product finds it; looked for once. */
export function mediaTools(): Promise<MediaTools> {
  found ??= findMediaTools();
  return found;
}

/** The oldest ffmpeg that is supported: the one of the npm packages. */
export function oldMediaTools(): Promise<MediaTools> {
  const require = createRequire(import.meta.url);
  const { path: ffmpeg }: { path: string } = require('@ffmpeg-installer/ffmpeg');
  const { path: ffprobe }: { path: string } = require('@ffprobe-installer/ffprobe');
  return findMediaTools({ ffmpeg, ffprobe });
}

export class MemoryHashCache implements HashCache {
  private readonly known = new Map<string, string>();

  get(file: FrozenFile): string | undefined {
    return this.known.get(JSON.stringify([file.path, file.size, file.mtimeMs]));
  }

  put(file: FrozenFile, sha256: string): void {
    this.known.set(JSON.stringify([file.path, file.size, file.mtimeMs]), sha256);
  }
}

export interface EncoderFixture {
  readonly encoder: Encoder;
  readonly stateDir: StateDir;
  readonly store: ContentStore;
  readonly hasher: Hasher;
}

export function makeEncoder(tools: MediaTools, stateDir = freshStateDir()): EncoderFixture {
  const store = new ContentStore(stateDir);
  const hasher = new Hasher(new MemoryHashCache());
  return {
    encoder: new Encoder({ tools, pictures: pictureReader(tools), stateDir, store, hasher, niceness: 5 }),
    stateDir,
    store,
    hasher,
  };
}

export function freshStateDir(): StateDir {
  const stateDir = new StateDir(path.join(tempDir(), 'state'));
  stateDir.create();
  return stateDir;
}

export function frozen(file: string): FrozenFile {
  const { size, mtimeMs } = statSync(file);
  return { path: file, size, mtimeMs };
}

/** All frames of a movie as raw bytes. */
export async function framesOf(file: string, width: number, height: number, format: PixelFormat): Promise<Buffer[]> {
  const frames: Buffer[] = [];
  for await (const frame of decodeFrames(await mediaTools(), ['-i', file], { width, height, format }))
    frames.push(frame);
  return frames;
}
