/** What a measured pass means for the job: whether it has any content, and notes for the user. Pure. */
import type { MeasuredPass, PassMeasure } from '../../../schemas/index.js';
import { grouped, plain } from '../draw/depth-notes.js';

/** A pass of a job, as it was measured. */
export interface Measured {
  readonly pass: string;
  readonly input: string;
  readonly source: string;
  readonly measure: PassMeasure;
  /** It has a weight in the job, so the model follows it. */
  readonly isUsed: boolean;
}

/** A pass with at least this share of one value has no content (docs/decisions/flat-controls.md). */
const FLAT = 0.999;
/** Lines are thin: an edge pass of a small object far away is black but for some hundred pixels. */
const FLAT_EDGE = 0.9999;
/** Codes that a flat picture may move by when another codec has been at it. */
const CODEC_NOISE = 2;

export function findingsOf(all: readonly Measured[]): MeasuredPass[] {
  const moving = all.filter(({ measure }) => !isStill(measure)).map(({ pass }) => pass);
  return all.map(({ isUsed, measure, ...place }) => {
    const finding = isUsed ? findingOf({ ...place, measure }) : null;
    const notes = [...measure.notes, ...stillNotes(measure, moving), ...blankNotes(measure)];
    return { ...place, ...measure, notes: finding === null ? notes : measure.notes, finding };
  });
}

/** Why a pass has no content, as a clause without full stop; null = it has content. */
function findingOf({ pass, source, measure }: Omit<Measured, 'isUsed' | 'input'>): string | null {
  const what = flatness(pass, measure);
  return what === null ? null : `${pass}: ${what}${describeReading(source, measure)}`;
}

function flatness(pass: string, measure: PassMeasure): string | null {
  const { frames, min, max, share, blank } = measure;
  const all = frames === 1 ? 'its one frame' : `all ${grouped(frames)} frames`;
  const value = describeValue(measure.commonest);
  if (share === 1) return `every pixel of ${all} is ${value}`;
  if (max.every((most, channel) => most - (min[channel] ?? 0) <= CODEC_NOISE)) {
    return `the pixels of ${all} differ from ${value} by no more than ${CODEC_NOISE} of 255`;
  }
  if (blank === frames) return `each of its ${grouped(frames)} frames is one flat colour`;
  if (share >= (pass === 'edge' ? FLAT_EDGE : FLAT)) return `${percent(share)} % of the pixels of ${all} are ${value}`;
  return null;
}

/** Rounded down: 99.996 % is not all. */
function percent(share: number): string {
  return String(Math.floor(share * 10_000) / 100);
}

function describeValue(codes: readonly number[]): string {
  const [first = 0] = codes;
  return codes.every((code) => code === first) ? String(first) : `the colour (${codes.join(', ')})`;
}

function describeReading(source: string, { read }: PassMeasure): string {
  if (read === null) return ` (${source})`;
  return `; ${source} was read as ${plain(read.least)} to ${plain(read.most)}`;
}

/** A still scene is not a fault, so a pass without motion is noted only when another pass of the clip moves. */
function stillNotes(measure: PassMeasure, moving: readonly string[]): string[] {
  if (!isStill(measure) || moving.length === 0) return [];
  return [`All ${grouped(measure.frames)} frames are equal, while ${moving.join(' and ')} changes.`];
}

function isStill({ frames, repeated }: PassMeasure): boolean {
  return frames > 1 && repeated === frames - 1;
}

function blankNotes({ blank, frames }: PassMeasure): string[] {
  if (blank === 0) return [];
  return [`${grouped(blank)} of ${grouped(frames)} frames ${blank === 1 ? 'is' : 'are'} one flat colour.`];
}
