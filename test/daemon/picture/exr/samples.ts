/** Real EXR files of a folder, every channel of every part, beside OpenImageIO. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { decodeChannels } from '../../../../daemon/picture/exr/decode.js';
import type { ExrPart } from '../../../../daemon/picture/exr/header.js';
import { headerOf, withSource } from '../../../../daemon/picture/exr/source.js';
import { PictureError } from '../../../../daemon/picture/picture-error.js';
import type { OpenImageIO } from '../oiio.js';
import { difference, perceptual } from './compare.js';

export interface Sample {
  readonly file: string;
  readonly part: string;
  readonly compression: string;
  /** Planes that both read, and the samples of them that are not bit-equal. */
  readonly planes: number;
  readonly other: number;
  readonly worstHalfSteps: number;
  /** Our sentence, or OpenImageIO's where only that refuses. */
  readonly words: string;
}

export async function compareSamples(folder: string, judge: OpenImageIO): Promise<Sample[]> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.exr$/i.test(name));
  const samples: Sample[] = [];
  for (const name of names.sort()) samples.push(...(await compareFile(folder, name, judge)));
  return samples;
}

async function compareFile(folder: string, name: string, judge: OpenImageIO): Promise<Sample[]> {
  const file = path.join(folder, name);
  const nothing = { file: name, part: '', compression: '', planes: 0, other: 0, worstHalfSteps: 0 };
  let parts: readonly ExrPart[];
  try {
    parts = withSource(file, headerOf).parts;
  } catch (error) {
    return [{ ...nothing, words: sentenceOf(error) }];
  }
  const samples: Sample[] = [];
  for (const [index, part] of parts.entries()) {
    const own = { ...nothing, part: part.name, compression: String(part.compression) };
    samples.push({ ...own, ...(await comparePart(file, index, part, judge)) });
  }
  return samples;
}

async function comparePart(file: string, index: number, part: ExrPart, judge: OpenImageIO) {
  const found = { planes: 0, other: 0, worstHalfSteps: 0, words: '' };
  const channels = part.channels.map(({ name }) => name);
  try {
    const ours = withSource(file, (source) => decodeChannels(source, headerOf(source), { part: index, channels }));
    const right = await judge.planes(file, index, channels).catch((error: unknown) => String(error));
    if (typeof right === 'string') return { ...found, words: `read here; ${right}` };
    for (const [place, plane] of ours.planes.entries()) {
      const expected = right.planes[place]?.data ?? new Uint32Array();
      const curve = String(part.compression).startsWith('dwa') ? perceptual : undefined;
      const { samples, worstHalfSteps } = difference(expected, plane.data, curve);
      found.planes += 1;
      found.other += samples;
      found.worstHalfSteps = Math.max(found.worstHalfSteps, worstHalfSteps);
    }
  } catch (error) {
    return { ...found, words: sentenceOf(error) };
  }
  return found;
}

function sentenceOf(error: unknown): string {
  if (error instanceof PictureError) return `refused: ${error.message}`;
  throw error;
}
