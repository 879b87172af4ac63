/** Every kind of EXR file through our reader, beside OpenImageIO: bit-equal, or refused with its sentence. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeExr } from '../../../../daemon/picture/exr/decode.js';
import { PictureError } from '../../../../daemon/picture/picture-error.js';
import { makeExr, type PartWish } from '../make-exr.js';
import { OpenImageIO, slicePlanes } from '../oiio.js';
import type { Cell } from './cells/cell.js';
import { cells } from './cells.js';
import { difference, perceptual } from './compare.js';

/**
 * DWA keeps colours as cosines of a perceptual curve in halves: the order of a decoder's additions decides their last bit
 * now and then, and OpenImageIO's differs with the processor. One step, and what is rounded on the way; all else is exact.
 */
const DWA_HALF_STEPS = 2;

const all = cells();
const groups = [...new Set(all.map(({ group }) => group))];
const table: Row[] = [];
let folder = '';
let judge: OpenImageIO;

interface Row {
  readonly group: string;
  readonly cells: number;
  readonly planes: number;
  readonly refused: number;
  readonly otherSamples: number;
  readonly worstHalfSteps: number;
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'cosmos-test-'));
  judge = OpenImageIO.open();
  await makeExr(all.map((cell) => ({ ...cell.file, file: fileOf(cell), truth: truthOf(cell) })));
});

afterAll(async () => {
  await judge.close();
  rmSync(folder, { recursive: true, force: true });
  console.table(table.map((row) => ({ ...row, worstHalfSteps: Number(row.worstHalfSteps.toFixed(2)) })));
});

test.each(groups)('%s', async (group) => {
  const own = all.filter((cell) => cell.group === group);
  const wrong: string[] = [];
  const row = { group, cells: own.length, planes: 0, refused: 0, otherSamples: 0, worstHalfSteps: 0 };
  for (const cell of own) {
    try {
      const found = cell.right instanceof RegExp ? refuse(cell, cell.right) : await compare(cell);
      row.planes += found.planes;
      row.refused += found.refused;
      row.otherSamples += found.otherSamples;
      row.worstHalfSteps = Math.max(row.worstHalfSteps, found.worstHalfSteps);
    } catch (error) {
      wrong.push(`${cell.name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  table.push(row);
  expect(wrong).toEqual([]);
});

type Found = Pick<Row, 'planes' | 'refused' | 'otherSamples' | 'worstHalfSteps'>;

/** The sentence is all that comes out, for every part of the file. */
function refuse(cell: Cell, words: RegExp): Found {
  for (const [part, { channels }] of cell.file.parts.entries()) {
    let said = 'it was read';
    try {
      decodeExr(fileOf(cell), { part, channels: Object.keys(channels) });
    } catch (error) {
      said = error instanceof PictureError ? error.message : String(error);
    }
    if (!words.test(said)) throw new Error(`refused by "${said}"`);
  }
  return { planes: 0, refused: 1, otherSamples: 0, worstHalfSteps: 0 };
}

async function compare(cell: Cell): Promise<Found> {
  const found = { planes: 0, refused: 0, otherSamples: 0, worstHalfSteps: 0 };
  for (const [index, part] of cell.file.parts.entries()) {
    const channels = Object.keys(part.channels).sort();
    const ours = decodeExr(fileOf(cell), { part: index, channels });
    const right = cell.right === 'written' ? written(cell, index) : await judge.planes(fileOf(cell), index, channels);
    expect([ours.width, ours.height, ours.planes.map(typed)]).toEqual([
      right.width,
      right.height,
      right.planes.map(typed),
    ]);
    for (const [place, plane] of ours.planes.entries()) {
      const isLossy = (part.compression === 'dwaa' || part.compression === 'dwab') && plane.type !== 'uint';
      const curve = isLossy ? perceptual : undefined;
      const expected = right.planes[place]?.data ?? new Uint32Array();
      const { samples, worstHalfSteps } = difference(expected, plane.data, curve);
      if (samples > 0 && (!isLossy || worstHalfSteps > DWA_HALF_STEPS)) {
        throw new Error(`part ${index}, ${plane.channel}: ${samples} other, by up to ${worstHalfSteps} half steps`);
      }
      found.planes += 1;
      found.otherSamples += samples;
      found.worstHalfSteps = Math.max(found.worstHalfSteps, worstHalfSteps);
    }
  }
  return found;
}

function typed({ channel, type }: { channel: string; type: string }) {
  return { channel, type };
}

/** The planes that make_exr.py put down before it compressed them. */
function written(cell: Cell, part: number) {
  const parts = cell.file.parts.map(planesOf);
  const before = parts.slice(0, part).reduce((sum, { bytes }) => sum + bytes, 0);
  const own = parts[part];
  if (own === undefined) throw new Error(`there is no part ${part}`);
  const truth = readFileSync(truthOf(cell)).subarray(before, before + own.bytes);
  return { ...own, planes: slicePlanes(truth, own.width * own.height, own.planes) };
}

function planesOf({ display: [left, top, right, bottom], channels }: PartWish) {
  const [width, height] = [right - left + 1, bottom - top + 1];
  const planes = Object.keys(channels)
    .sort()
    .map((channel) => {
      const wish = channels[channel];
      return { channel, type: typeof wish === 'object' ? wish.type : (wish ?? 'half') };
    });
  return { width, height, planes, bytes: planes.length * width * height * 4 };
}

function fileOf(cell: Cell): string {
  return path.join(folder, `${all.indexOf(cell)}.exr`);
}

function truthOf(cell: Cell): string {
  return path.join(folder, `${all.indexOf(cell)}.planes`);
}
